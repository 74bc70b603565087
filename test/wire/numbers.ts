/**
 * The field numbers of the journal record, written down a second time on purpose: a number that changes breaks every
 * ledger there is. `asMap` says what a record is on the wire without using any of the code that writes it.
 */
import { CARD_OPS } from '../../src/core/list/card-action.ts';
import { GRACES, REASONS } from '../../src/core/reason.ts';
import { type JournalRecord, MODES, RECORD_KINDS, SHIFT_CHANGES } from '../../src/core/record.ts';
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
} from '../../src/core/tap.ts';

type Written = [number: number, form?: (value: never) => unknown];

const index = (words: readonly string[]) => (word: string) => words.indexOf(word);
const bytes = (hex: string) => Uint8Array.from(hex.match(/../g) ?? [], pair => Number.parseInt(pair, 16));
const degrees = (value: number) => Math.round(value * 1e7);
const token = (value: object) =>
  mapOf(value, { kind: [1, index(TOKEN_KINDS)], keyId: [2], value: [3, bytes] });
const line = (value: object) =>
  mapOf(value, {
    productId: [1],
    amountMinor: [2],
    funder: [3, index(FUNDERS)],
    referenceMinor: [4],
    ruleIds: [5],
  });
const doneAction = (value: object) =>
  mapOf(value, { actionId: [1], nth: [2], op: [3, index(CARD_OPS)], amountMinor: [4] });
const listOf = (form: (value: never) => unknown) => (values: never[]) => values.map(value => form(value));

// biome-ignore format: a table reads best as one block
export const FIELD_NUMBERS: Readonly<Record<keyof JournalRecord, Written>> = {
  schema: [1], kind: [2, index(RECORD_KINDS)], realm: [3, index(REALMS)], deviceId: [4], epoch: [5, bytes],
  sequence: [6], prevHash: [7, bytes], firmware: [8], bootId: [9, bytes],
  eventTimeMs: [20], monotonicMs: [21], clockState: [22, index(CLOCK_STATES)], offsetMs: [23], uncertaintyMs: [24],
  serviceDate: [25],
  carrierId: [30], vehicleId: [31], doorId: [32], readerId: [33], routeId: [34], line: [35], tripId: [36],
  direction: [37], stopId: [38], zoneIds: [39], stopSequence: [40], lat: [41, degrees], lon: [42, degrees],
  source: [43, index(PLACE_SOURCES)], quality: [44, index(PLACE_QUALITIES)], destinationId: [45],
  token: [50, token], furtherTokens: [51, listOf(token)], mediumClass: [52], scheme: [53],
  assurance: [54, index(ASSURANCES)], category: [55], categorySource: [56, index(CATEGORY_SOURCES)],
  cardCounterBefore: [57], cardCounterAfter: [58], cardStateAfter: [59, bytes],
  action: [60, index(ACTIONS)], riderIndex: [61], riders: [62], journeyRef: [63], passbackOf: [64],
  decision: [65, index(['accepted', 'declined'])], reason: [66, index(REASONS)], graced: [67, listOf(index(GRACES))],
  home: [68, index(HOMES)], finality: [69, index(FINALITIES)], outcome: [70, index(CARD_OUTCOMES)], intentRef: [71],
  cardActions: [72, listOf(doneAction)],
  currency: [80], lines: [81, listOf(line)], purseBeforeMinor: [82], purseAfterMinor: [83], quotaBefore: [84],
  quotaAfter: [85],
  tariffHash: [90, bytes], stopListVersion: [91], entitlementVersion: [92], actionVersion: [93], feedVersion: [94],
  settingsHash: [95, bytes], stateHash: [96, bytes],
  shiftId: [100], driverId: [101], waybill: [102], paymentEnvelopeRef: [103],
  mode: [104, index(MODES)], partsDown: [105], shift: [106, index(SHIFT_CHANGES)], voidOf: [107],
};

export function asMap(record: JournalRecord): Map<number, unknown> {
  return mapOf(record, FIELD_NUMBERS);
}

function mapOf(value: object, numbers: Readonly<Record<string, Written>>): Map<number, unknown> {
  const entries = Object.entries(value).map(([name, field]): [number, unknown] => {
    const written = numbers[name];
    if (written === undefined) throw new Error(`no number for ${name}`);
    const [number, form] = written;
    return [number, form === undefined ? field : form(field as never)];
  });
  return new Map(entries);
}
