import * as fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { type Account, type AccountTap, type Charge, NEW_ACCOUNT } from '../../../src/core/fare/account.ts';
import { rate } from '../../../src/core/fare/rate.ts';
import type { Ride } from '../../../src/core/fare/ride.ts';
import type { RiderState } from '../../../src/core/fare/rider.ts';
import { closeDays, settle } from '../../../src/core/fare/settle.ts';
import { riderAmount } from '../../../src/core/record.ts';
import type { Tariff } from '../../../src/core/tariff/tariff.ts';
import { type ServiceDate, serviceDateAt } from '../../../src/core/time.ts';
import { raised } from './dearer.ts';
import { railway, railwayFiles } from './rail.ts';
import { local, TYUMEN } from './rider.ts';
import { anyMade, netOf, TYUMEN_WORLD, tapsOf, WORLDS } from './worlds.ts';

function settledIn(
  tariff: Tariff,
  batches: readonly (readonly AccountTap[])[],
): { account: Account; charges: Charge[] } {
  let account = NEW_ACCOUNT;
  const charges: Charge[] = [];
  for (const batch of batches) {
    const step = settle([tariff], account, batch);
    account = step.account;
    charges.push(...step.charges);
  }
  return { account, charges };
}

for (const [name, world] of WORLDS) {
  test(`any arrival order, batching and duplication come to the same by journey: ${name}`, () => {
    fc.assert(
      fc.property(anyMade, fc.infiniteStream(fc.nat(1000)), (made, luck) => {
        const taps = tapsOf(world, made);
        const once = settledIn(world.tariff, [taps]);
        const draw = () => luck.next().value ?? 0;
        const shuffled = [...taps, ...taps.filter(() => draw() % 3 === 0)]
          .map(tap => ({ tap, at: draw() }))
          .sort((a, b) => a.at - b.at)
          .map(({ tap }) => tap);
        const batches = shuffled.map(tap => [tap]);
        const late = settledIn(world.tariff, batches);
        assert.equal(netOf(late.charges), netOf(once.charges));
        assert.equal(late.account.state, once.account.state);
      }),
      { numRuns: 150 },
    );
  });

  test(`edge and settlement agree where they saw the same taps: ${name}`, () => {
    fc.assert(
      fc.property(anyMade, made => {
        const taps = tapsOf(world, made);
        let state: RiderState | undefined;
        const atEdge = taps.map(({ ride }) => {
          const rated = rate(world.tariff, state, ride);
          state = rated.state;
          return rated.reason;
        });
        const { account } = settledIn(world.tariff, [taps]);
        // A device's sequence and its clock agree here, and moments of two devices that are the same are in total order.
        const inOrder = taps.every((tap, index) => account.taps[index] === tap);
        if (inOrder)
          assert.equal(
            account.outcomes.map(({ reason }) => reason),
            atEdge,
          );
      }),
      { numRuns: 150 },
    );
  });

  test(`closed day by day or settled at once, every journey comes to the same: ${name}`, () => {
    fc.assert(
      fc.property(anyMade, made => {
        const taps = tapsOf(world, made);
        const dates = [20260302, 20260303, 20260304, 20260305, 20260306] as ServiceDate[];
        let account = NEW_ACCOUNT;
        const charges: Charge[] = [];
        for (const date of dates) {
          const settled = settle(
            [world.tariff],
            account,
            taps.filter(({ ride }) => ride.serviceDate === date),
          );
          const closed = closeDays([world.tariff], settled.account, date);
          account = closed.account;
          charges.push(...settled.charges, ...closed.charges);
        }
        const once = settledIn(world.tariff, [taps]);
        const ended = closeDays([world.tariff], once.account, 20260306 as ServiceDate);
        assert.equal(netOf(charges), netOf([...once.charges, ...ended.charges]));
        assert.equal(account.taps, []);
      }),
      { numRuns: 150 },
    );
  });
}

const [early, late] = tapsOf(TYUMEN_WORLD, [
  { minute: 0, device: 0, place: 1 },
  { minute: 30, device: 1, place: 2 },
]);

test('a ride that arrives after the one that continued it makes that one free, by an adjustment', () => {
  const { charges } = settledIn(
    TYUMEN,
    [[late], [early]].map(batch => batch.filter(tap => tap !== undefined)),
  );
  assert.equal(
    charges.map(({ ref, revision, lines }) => [ref, revision, lines.map(({ amountMinor }) => amountMinor)]),
    [
      ['d1/e/1', 1, [3700]],
      ['d0/e/1', 1, [3700]],
      ['d1/e/1', 2, [-3700]],
      ['d1/e/1', 2, [0]],
    ],
  );
});

test('a ride of a day that is closed is booked to the day that is open', () => {
  const taps = [early].filter(tap => tap !== undefined);
  const closed = closeDays([TYUMEN], NEW_ACCOUNT, 20260304 as ServiceDate).account;
  const [charge] = settle([TYUMEN], closed, taps).charges;
  assert.equal([charge?.serviceDate, charge?.bookedOn], [20260302, 20260305]);
});

test('an identity that stands already under another hash is a conflict, and is not rated', () => {
  const { account } = settledIn(TYUMEN, [[early].filter(tap => tap !== undefined)]);
  const other = { ...early, hash: 'another' } as AccountTap;
  const { charges, conflicts } = settle([TYUMEN], account, [other, other]);
  assert.equal([charges.length, conflicts.length], [0, 2]);
});

const onRails = (
  sequence: number,
  action: 'entry' | 'exit',
  stopId: string,
  at: string,
  { zone, dayStartS }: Tariff,
): AccountTap => {
  const [ref, atMs] = [`rail/e/${sequence}`, local(at)];
  const serviceDate = serviceDateAt(zone, dayStartS, atMs);
  const ride = { ref, atMs, serviceDate, trip: ref, mediumClass: 'card', category: 'adult' };
  return {
    stream: 'rail/e',
    sequence,
    hash: ref,
    ride: { ...ride, networkId: 'rail', stopId, action },
  };
};

const said = (charges: readonly Charge[]) =>
  charges.map(({ journeyRef, tariffHash, reason, serviceDate, bookedOn, lines }) =>
    [journeyRef, tariffHash, reason, serviceDate, bookedOn, riderAmount(lines)].join(' '),
  );

test('a journey that a later tap closes is charged under its own version, for its own day', () => {
  const [before, after] = raised(railwayFiles());
  assert.ok(after !== undefined);
  const tap = (sequence: number, action: 'entry' | 'exit', stopId: string, at: string) =>
    onRails(sequence, action, stopId, at, before);
  const taps = [
    tap(1, 'entry', 'a1', '2026-03-02 20:00:00'),
    tap(2, 'entry', 'a1', '2026-03-03 08:00:00'),
    tap(3, 'exit', 'b1', '2026-03-03 08:20:00'),
  ];
  const { charges } = settle([before, after], NEW_ACCOUNT, taps);
  assert.equal(said(charges), [
    `rail/e/1 ${before.hash} incomplete-journey 20260302 20260302 900`,
    `rail/e/2 ${after.hash} fare-paid 20260303 20260303 3000`,
  ]);
});

test('a journey that is left after the day begins anew belongs to the day it began on', () => {
  const tariff = railway();
  const taps = [
    onRails(1, 'entry', 'a1', '2026-03-03 04:10:00', tariff),
    onRails(2, 'exit', 'b1', '2026-03-03 04:40:00', tariff),
  ];
  const { charges } = settle([tariff], NEW_ACCOUNT, taps);
  assert.equal(said(charges), [`rail/e/1 ${tariff.hash} fare-paid 20260302 20260302 300`]);
});

test('a forgotten journey of a day that is closed is booked to the day that is open', () => {
  const tariff = railway();
  const entered = onRails(1, 'entry', 'a1', '2026-03-02 20:00:00', tariff);
  const closed = closeDays([tariff], NEW_ACCOUNT, 20260304 as ServiceDate).account;
  const { account, charges } = settle([tariff], closed, [entered]);
  assert.equal(charges, [], 'it may still be left');
  assert.equal(said(closeDays([tariff], account, 20260305 as ServiceDate).charges), [
    `rail/e/1 ${tariff.hash} incomplete-journey 20260302 20260305 900`,
  ]);
});

test('a day that forgets a journey of the day before books it to that day, which it closes with it', () => {
  const tariff = railway();
  const entered = onRails(1, 'entry', 'a1', '2026-03-02 20:00:00', tariff);
  const { account } = settle([tariff], NEW_ACCOUNT, [entered]);
  const first = closeDays([tariff], account, 20260302 as ServiceDate);
  const second = closeDays([tariff], first.account, 20260303 as ServiceDate);
  assert.equal(first.charges, []);
  assert.equal(said(second.charges), [`rail/e/1 ${tariff.hash} incomplete-journey 20260302 20260303 900`]);
});

const STRANGE: [name: string, ride: Partial<Ride>, reason: string][] = [
  ['of 1970', { serviceDate: 19700101 as ServiceDate }, 'no-fare'],
  ['of 2100', { serviceDate: 21000101 as ServiceDate }, 'no-fare'],
  ['by a medium that nobody knows', { mediumClass: 'seashell' }, 'no-fare'],
  ['in a category that nobody knows', { category: 'emperor' }, 'fare-paid'],
  ['at a stop and on a route that nobody knows', { stopId: 'moon', routeId: 'x' }, 'fare-paid'],
];

for (const [name, ride, reason] of STRANGE) {
  test(`a tap ${name} is ${reason}`, () => {
    const tap = { ...early, ride: { ...early?.ride, ...ride } } as AccountTap;
    const { account } = settledIn(TYUMEN, [[tap]]);
    assert.equal(
      account.outcomes.map(outcome => outcome.reason),
      [reason],
    );
  });
}

test.run();
