/** A state on a card: every state that fits comes back as it was, in one writing alone. */
import * as fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { decodeState, encodeState } from '../../../../src/core/card/transit/encoding.ts';
import { MAX_STATE_BYTES } from '../../../../src/core/card/transit/layout.ts';
import { namesHere, namesOf, shortNumberOf } from '../../../../src/core/card/transit/names.ts';
import { type CardState, cardRef } from '../../../../src/core/card/transit/state.ts';
import { NEW_RIDER, type RiderState } from '../../../../src/core/fare/rider.ts';
import { bytesOfHex } from '../../../../src/core/hex.ts';
import { minor } from '../../../../src/core/money.ts';
import { dateOfDay, type EpochMs, epoch, type ServiceDate } from '../../../../src/core/time.ts';
import { local, TYUMEN } from '../../fare/rider.ts';
import { bytesOf, plain } from './cards.ts';

const NAMES = namesHere(namesOf([TYUMEN]), ['25-07-30@2026-03-02', '25', 'centre', 'city']);
const COUNTER = 1000;

/** Objects as everybody's are. */
const record = <T>(fields: { [K in keyof T]: fc.Arbitrary<T[K]> }) =>
  fc.record<T>(fields, { noNullPrototype: true });

const day = fc.integer({ min: 18_300, max: 40_000 }).map(dateOfDay);
const moment = fc
  .integer({ min: 0, max: 0xffff_ffff })
  .map(seconds => epoch(Date.UTC(2020, 0) + seconds * 1000) as EpochMs);
const ref = fc.integer({ min: 0, max: COUNTER }).map(cardRef);
const money = fc.integer({ min: -1_000_000, max: 1_000_000 }).map(minor);
const small = fc.nat(300);
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const network = fc.constantFrom('city', '#0dd5');
const rule = fc.constantFrom(...TYUMEN.transfers.map(({ id }) => id));
const category = fc.constantFrom(...TYUMEN.categoryNames);
const few = <T>(arbitrary: fc.Arbitrary<T>) => fc.array(arbitrary, { maxLength: 2 });

const rider: fc.Arbitrary<RiderState> = record({
  version: fc.constant(NEW_RIDER.version),
  lastRide: maybe(
    record({
      ref,
      trip: fc.constantFrom('25-07-30@2026-03-02', '#00c0ffee'),
      atMs: moment,
      riders: small,
    }),
  ),
  windows: few(
    record({
      rule,
      ref,
      day,
      openedAtMs: moment,
      routeId: maybe(fc.constant('25')),
      networkId: maybe(network),
      riders: small,
      used: small,
      dearestMinor: money,
    }),
  ),
  quota: maybe(record({ month: fc.constantFrom(202001, 202603, 203112), used: small })),
  journey: maybe(
    record({
      ref,
      enteredAtMs: moment,
      day,
      tariffHash: fc.constant(TYUMEN.hash),
      networkId: maybe(network),
      stopId: maybe(fc.constant('centre')),
      mediumClass: fc.constant('transport-card'),
      category,
      depositMinor: money,
      priced: fc.constant(undefined),
      left: maybe(record({ atMs: moment, stopId: maybe(fc.constant('centre')) })),
    }),
  ),
  caps: few(record({ cap: fc.constant('#00aa'), from: day, counted: fc.nat(100_000) })),
  passes: few(record({ pass: fc.constant('#0abc'), from: day, to: day, rides: small })),
  bestValue: fc.constant([]),
  purseMinor: maybe(money),
  purseAsOfMs: fc.constant(undefined),
  credit: fc.constant(undefined),
  sums: fc.constant([]),
  points: few(record({ programme: fc.constant('#00bb'), points: fc.nat(100_000) })),
  completions: fc.constant(undefined),
  habits: fc.constant([]),
});

const state: fc.Arbitrary<CardState> = record({
  counter: fc.constant(COUNTER),
  actionCounter: fc.nat(100_000),
  isBlocked: fc.boolean(),
  category,
  expiry: maybe(day),
  categoryExpiry: maybe(day),
  loyalty: maybe(
    fc.record(
      { isBlocked: fc.boolean(), redeems: fc.boolean(), expiry: day },
      { noNullPrototype: true, requiredKeys: ['isBlocked', 'redeems'] },
    ),
  ),
  passes: few(
    fc.record(
      { pass: fc.constant('#0abc'), from: day, to: day },
      { noNullPrototype: true, requiredKeys: ['pass'] },
    ),
  ),
  rider,
});

test('a state that fits is read as it was written, and one that does not is refused by its length', () => {
  fc.assert(
    fc.property(state, before => {
      const encoded = encodeState(before);
      if (encoded.kind === 'too-much') {
        assert.match(encoded.what, /^a state of \d+ bytes, where 72 have room$/);
        return;
      }
      assert.ok(encoded.bytes.length <= MAX_STATE_BYTES);
      assert.equal(decodeState(encoded.bytes, NAMES), before);
    }),
    { numRuns: 300 },
  );
});

test('any bytes are a state in that one writing, or none', () => {
  const mutated = fc.tuple(state, fc.nat(MAX_STATE_BYTES - 1), fc.nat(255)).map(([from, at, byte]) => {
    const encoded = encodeState(from);
    const bytes = encoded.kind === 'bytes' ? encoded.bytes : bytesOf(plain());
    bytes[at % bytes.length] = byte;
    return bytes;
  });
  fc.assert(
    fc.property(fc.oneof(mutated, fc.uint8Array({ maxLength: 90 })), bytes => {
      const read = decodeState(bytes, NAMES);
      if (read !== undefined) assert.equal(encodeState(read), { kind: 'bytes', bytes });
    }),
    { numRuns: 500 },
  );
});

test('a month that no day can be written of is no month of a card', () => {
  const far = '010003e801ae000080800149230026002600267f35d12f1900000000008f1100';
  assert.is(decodeState(bytesOfHex(far), NAMES), undefined);
});

test('a rider of Tyumen in the middle of a month leaves a third of the room', () => {
  const atMs = local('2026-03-02 07:30:00');
  const lastRide = { ref: cardRef(999), trip: '25-07-30@2026-03-02', atMs, riders: 1 };
  const [transfer] = TYUMEN.transfers;
  const window = {
    rule: transfer?.id ?? '',
    ref: cardRef(999),
    day: 20260302 as ServiceDate,
    openedAtMs: atMs,
    routeId: '25',
    networkId: 'city',
    riders: 1,
    used: 0,
    dearestMinor: minor(3700),
  };
  const rider = {
    ...NEW_RIDER,
    lastRide,
    windows: [window],
    quota: { month: 202603, used: 30 },
    purseMinor: minor(50_000),
  };
  const bytes = bytesOf(plain({ counter: COUNTER, rider, categoryExpiry: 20260630 as ServiceDate }));
  assert.is(bytes.length, 47);
});

const TOO_MUCH: readonly (readonly [what: string, more: Partial<CardState>])[] = [
  [
    'a ride of another medium',
    { rider: { ...NEW_RIDER, lastRide: { ref: 'bus/1/1', trip: '', atMs: epoch(0), riders: 1 } } },
  ],
  [
    'a moment of another age',
    { rider: { ...NEW_RIDER, lastRide: { ref: cardRef(1), trip: '', atMs: epoch(1000), riders: 1 } } },
  ],
  ['a day of another age', { expiry: 19991231 as ServiceDate }],
  ['days of a best value', { rider: { ...NEW_RIDER, bestValue: [{ rule: 'week', days: [] }] } }],
  ['rides on credit', { rider: { ...NEW_RIDER, credit: { day: 20260302 as ServiceDate, owedMinor: 1 } } }],
  ['8 passes to come', { passes: Array.from({ length: 8 }, () => ({ pass: 'month' })) }],
  ['a card that is written to its end', { counter: 0x1_00_00_00 }],
];

for (const [what, more] of TOO_MUCH) {
  test(`refused by name: ${what}`, () => assert.equal(encodeState(plain(more)), { kind: 'too-much', what }));
}

test('two names that give one number are refused by both names', () => {
  const byNumber = new Map<number, string>();
  let twins: readonly [string, string] | undefined;
  for (let index = 0; twins === undefined; index++) {
    const name = `cap-${index}`;
    const other = byNumber.get(shortNumberOf(name));
    if (other !== undefined) twins = [other, name];
    byNumber.set(shortNumberOf(name), name);
  }
  const clashing = { ...TYUMEN, categoryNames: twins };
  assert.throws(() => namesOf([clashing]), `'${twins[0]}' and '${twins[1]}' are the same to a card`);
});

test.run();
