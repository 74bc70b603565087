/**
 * The numbers of the journal record's fields (RECORDS.md 1). A number is for ever: fields are added at the end of
 * their group's range, never renumbered, never reused.
 */
import { CARD_OPS, type DoneAction, MAX_AT_ONCE } from '../../core/list/card-action.ts';
import { GRACES, REASONS } from '../../core/reason.ts';
import {
  type ChargeLine,
  type JournalRecord,
  MODES,
  RECORD_KINDS,
  SHIFT_CHANGES,
} from '../../core/record.ts';
import {
  ACTIONS,
  ASSURANCES,
  CARD_OUTCOMES,
  CATEGORY_SOURCES,
  CLOCK_STATES,
  FINALITIES,
  FUNDERS,
  HOMES,
  PLACE_QUALITIES,
  PLACE_SOURCES,
  REALMS,
  type TapIdentity,
  TOKEN_KINDS,
  type Token,
} from '../../core/tap.ts';
import { branded, count, hex, hexUpTo, integer, listOf, oneOf, scaled, text } from '../codec.ts';
import { optional, required, struct } from '../struct.ts';

export const token = struct<Token>({
  kind: required(1, oneOf(TOKEN_KINDS)),
  keyId: required(2, count),
  value: required(3, hex(16)),
});

const line = struct<ChargeLine>({
  productId: required(1, count),
  amountMinor: required(2, branded(integer)),
  funder: required(3, oneOf(FUNDERS)),
  referenceMinor: optional(4, branded(integer)),
  ruleIds: required(5, listOf(text, 16)),
});

const doneAction = struct<DoneAction>({
  actionId: required(1, text),
  nth: required(2, count),
  op: required(3, oneOf(CARD_OPS)),
  amountMinor: optional(4, branded(integer)),
});

/** Of a degree: a centimetre. */
const TEN_MILLIONTHS = 10_000_000;

/** More than a card of today holds. */
const MAX_CARD_STATE_BYTES = 128;

const identity = {
  deviceId: required(4, text),
  epoch: required(5, hex(8)),
  sequence: required(6, count),
};

/** Whose record it claims to be, read from one that is not understood: every other field is stepped over. */
export const claimedIdentity = struct<TapIdentity>(identity);

export const journalRecord = struct<JournalRecord>({
  // envelope 1-19
  schema: required(1, count),
  kind: required(2, oneOf(RECORD_KINDS)),
  realm: required(3, oneOf(REALMS)),
  ...identity,
  prevHash: optional(7, hex(32)),
  firmware: required(8, text),
  bootId: required(9, hex(8)),
  // time 20-29
  eventTimeMs: required(20, branded(integer)),
  monotonicMs: required(21, count),
  clockState: required(22, oneOf(CLOCK_STATES)),
  offsetMs: required(23, integer),
  uncertaintyMs: required(24, count),
  serviceDate: optional(25, branded(count)),
  // where 30-49
  carrierId: optional(30, text),
  vehicleId: optional(31, text),
  doorId: optional(32, text),
  readerId: optional(33, text),
  routeId: optional(34, text),
  line: optional(35, text),
  tripId: optional(36, text),
  direction: optional(37, count),
  stopId: optional(38, text),
  zoneIds: optional(39, listOf(text, 32)),
  stopSequence: optional(40, count),
  lat: optional(41, scaled(TEN_MILLIONTHS, 90)),
  lon: optional(42, scaled(TEN_MILLIONTHS, 180)),
  source: optional(43, oneOf(PLACE_SOURCES)),
  quality: optional(44, oneOf(PLACE_QUALITIES)),
  destinationId: optional(45, text),
  // who 50-59
  token: optional(50, token),
  furtherTokens: optional(51, listOf(token, 8)),
  mediumClass: optional(52, text),
  scheme: optional(53, text),
  assurance: optional(54, oneOf(ASSURANCES)),
  category: optional(55, text),
  categorySource: optional(56, oneOf(CATEGORY_SOURCES)),
  cardCounterBefore: optional(57, count),
  cardCounterAfter: optional(58, count),
  cardStateAfter: optional(59, hexUpTo(MAX_CARD_STATE_BYTES)),
  // what 60-79
  action: optional(60, oneOf(ACTIONS)),
  riderIndex: optional(61, count),
  riders: optional(62, count),
  journeyRef: optional(63, text),
  passbackOf: optional(64, text),
  decision: optional(65, oneOf(['accepted', 'declined'])),
  reason: optional(66, oneOf(REASONS)),
  graced: optional(67, listOf(oneOf(GRACES), 8)),
  home: optional(68, oneOf(HOMES)),
  finality: optional(69, oneOf(FINALITIES)),
  outcome: optional(70, oneOf(CARD_OUTCOMES)),
  intentRef: optional(71, text),
  cardActions: optional(72, listOf(doneAction, MAX_AT_ONCE)),
  // money 80-89
  currency: optional(80, text),
  lines: optional(81, listOf(line, 16)),
  purseBeforeMinor: optional(82, branded(integer)),
  purseAfterMinor: optional(83, branded(integer)),
  quotaBefore: optional(84, count),
  quotaAfter: optional(85, count),
  // inputs 90-99
  tariffHash: optional(90, hex(32)),
  stopListVersion: optional(91, count),
  entitlementVersion: optional(92, count),
  actionVersion: optional(93, count),
  feedVersion: optional(94, text),
  settingsHash: optional(95, hex(32)),
  stateHash: optional(96, hex(32)),
  // duty 100-109
  shiftId: optional(100, text),
  driverId: optional(101, text),
  waybill: optional(102, text),
  paymentEnvelopeRef: optional(103, text),
  mode: optional(104, oneOf(MODES)),
  partsDown: optional(105, listOf(text, 32)),
  shift: optional(106, oneOf(SHIFT_CHANGES)),
  voidOf: optional(107, text),
});
