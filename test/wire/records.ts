/** Records for tests: one that is plausible, and any that is possible. */
import * as fc from 'fast-check';
import { CARD_OPS } from '../../src/core/list/card-action.ts';
import { type MinorUnits, minor } from '../../src/core/money.ts';
import { GRACES, REASONS } from '../../src/core/reason.ts';
import {
  type ChargeLine,
  type JournalRecord,
  MODES,
  RECORD_KINDS,
  type RecordBody,
  SHIFT_CHANGES,
} from '../../src/core/record.ts';
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
  TOKEN_KINDS,
  type Token,
} from '../../src/core/tap.ts';
import { epoch, type ServiceDate } from '../../src/core/time.ts';

export const EPOCH = '00112233aabbccdd';

/** A rider on bus 25 who paid 42.00. */
export function aBody(changes: Partial<RecordBody> = {}): RecordBody {
  return {
    kind: 'tap',
    eventTimeMs: epoch(1_772_420_400_000),
    monotonicMs: 123_456,
    clockState: 'ntp',
    offsetMs: 0,
    uncertaintyMs: 50,
    serviceDate: 20260302 as ServiceDate,
    vehicleId: 'bus-101',
    line: '25',
    stopId: 'центральная-площадь',
    lat: 57.1529735,
    lon: 65.5343195,
    source: 'gnss',
    quality: 'certain',
    token: { kind: 'uid', keyId: 1, value: '000102030405060708090a0b0c0d0e0f' },
    action: 'entry',
    decision: 'accepted',
    reason: 'fare-paid',
    home: 'account',
    finality: 'final',
    currency: 'RUB',
    lines: [aLine(4200)],
    ...changes,
  };
}

export function aRecord(changes: Partial<JournalRecord> = {}): JournalRecord {
  return {
    schema: 1,
    realm: 'test',
    deviceId: 'tmn-bus-101',
    epoch: EPOCH,
    sequence: 1,
    firmware: '0.1.0',
    bootId: '0000000000000001',
    ...aBody(),
    ...changes,
  };
}

export function aLine(amountMinor: number, changes: Partial<ChargeLine> = {}): ChargeLine {
  return {
    productId: 1,
    amountMinor: minor(amountMinor),
    funder: 'rider',
    ruleIds: ['flat/general'],
    ...changes,
  };
}

const bytesInHex = (length: number) =>
  fc
    .uint8Array({ minLength: length, maxLength: length })
    .map(bytes => Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join(''));
const word = fc.oneof(fc.string({ maxLength: 24 }), fc.string({ unit: 'binary', maxLength: 24 }));
const count = fc.oneof(fc.nat(300), fc.maxSafeNat());
const whole = fc.oneof(fc.integer({ min: -300, max: 300 }), fc.maxSafeInteger());
const amount = whole as fc.Arbitrary<MinorUnits>;
const degrees = (most: number) =>
  fc.integer({ min: -most * 10_000_000, max: most * 10_000_000 }).map(units => units / 10_000_000);
const oneOf = <const Word>(words: readonly Word[]) => fc.constantFrom(...words);

const token: fc.Arbitrary<Token> = fc.record(
  { kind: oneOf(TOKEN_KINDS), keyId: count, value: bytesInHex(16) },
  { noNullPrototype: true },
);
const line: fc.Arbitrary<ChargeLine> = fc.record(
  {
    productId: count,
    amountMinor: amount,
    funder: oneOf(FUNDERS),
    referenceMinor: amount,
    ruleIds: fc.array(word, { maxLength: 3 }),
  },
  { requiredKeys: ['productId', 'amountMinor', 'funder', 'ruleIds'], noNullPrototype: true },
);

const doneAction = fc.record(
  { actionId: word, nth: count, op: oneOf(CARD_OPS), amountMinor: amount },
  { requiredKeys: ['actionId', 'nth', 'op'], noNullPrototype: true },
);

/** Every field that a record must have. */
const demanded = {
  schema: count,
  kind: oneOf(RECORD_KINDS),
  realm: oneOf(REALMS),
  deviceId: word,
  epoch: bytesInHex(8),
  sequence: count,
  firmware: word,
  bootId: bytesInHex(8),
  eventTimeMs: whole.map(epoch),
  monotonicMs: count,
  clockState: oneOf(CLOCK_STATES),
  offsetMs: whole,
  uncertaintyMs: count,
};

/** Any record that the type allows, within the limits of the wire. */
export const anyRecord = fc.record(
  {
    ...demanded,
    prevHash: bytesInHex(32),
    serviceDate: count as fc.Arbitrary<ServiceDate>,
    carrierId: word,
    vehicleId: word,
    doorId: word,
    readerId: word,
    routeId: word,
    line: word,
    tripId: word,
    direction: count,
    stopId: word,
    zoneIds: fc.array(word, { maxLength: 3 }),
    stopSequence: count,
    lat: degrees(90),
    lon: degrees(180),
    source: oneOf(PLACE_SOURCES),
    quality: oneOf(PLACE_QUALITIES),
    destinationId: word,
    token,
    furtherTokens: fc.array(token, { maxLength: 2 }),
    mediumClass: word,
    scheme: word,
    assurance: oneOf(ASSURANCES),
    category: word,
    categorySource: oneOf(CATEGORY_SOURCES),
    cardCounterBefore: count,
    cardCounterAfter: count,
    cardStateAfter: fc.integer({ min: 0, max: 128 }).chain(bytesInHex),
    action: oneOf(ACTIONS),
    riderIndex: count,
    riders: count,
    journeyRef: word,
    passbackOf: word,
    decision: oneOf(['accepted', 'declined']),
    reason: oneOf(REASONS),
    graced: fc.array(oneOf(GRACES), { maxLength: 3 }),
    home: oneOf(HOMES),
    finality: oneOf(FINALITIES),
    outcome: oneOf(CARD_OUTCOMES),
    intentRef: word,
    cardActions: fc.array(doneAction, { maxLength: 3 }),
    currency: word,
    lines: fc.array(line, { maxLength: 3 }),
    purseBeforeMinor: amount,
    purseAfterMinor: amount,
    quotaBefore: count,
    quotaAfter: count,
    tariffHash: bytesInHex(32),
    stopListVersion: count,
    entitlementVersion: count,
    actionVersion: count,
    feedVersion: word,
    settingsHash: bytesInHex(32),
    stateHash: bytesInHex(32),
    shiftId: word,
    driverId: word,
    waybill: word,
    paymentEnvelopeRef: word,
    mode: oneOf(MODES),
    partsDown: fc.array(word, { maxLength: 4 }),
    shift: oneOf(SHIFT_CHANGES),
    voidOf: word,
  },
  { requiredKeys: Object.keys(demanded) as (keyof typeof demanded)[], noNullPrototype: true },
) as fc.Arbitrary<JournalRecord>;
