/** Rides that their driver took back: never ridden, in whatever order taps and voids arrive. */
import * as fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { type Account, type AccountTap, type Charge, NEW_ACCOUNT } from '../../../src/core/fare/account.ts';
import { recordedVoid } from '../../../src/core/fare/recorded.ts';
import { closeDays, settle } from '../../../src/core/fare/settle.ts';
import type { ServiceDate } from '../../../src/core/time.ts';
import { aRecord } from '../../wire/records.ts';
import { anyMade, netOf, TYUMEN_WORLD, tapsOf, WORLDS, type World } from './worlds.ts';

/** What arrives at once. */
interface Batch {
  readonly taps?: readonly AccountTap[];
  readonly voids?: readonly string[];
}

function settledIn({ tariff }: World, batches: readonly Batch[]): { account: Account; charges: Charge[] } {
  let account = NEW_ACCOUNT;
  const charges: Charge[] = [];
  for (const { taps = [], voids = [] } of batches) {
    const step = settle([tariff], account, taps, voids);
    account = step.account;
    charges.push(...step.charges);
  }
  return { account, charges };
}

for (const [name, world] of WORLDS) {
  test(`settled as if it had never been ridden, in any order, batching and duplication: ${name}`, () => {
    let voided = 0;
    fc.assert(
      fc.property(anyMade, fc.infiniteStream(fc.nat(1000)), (made, luck) => {
        const draw = () => luck.next().value ?? 0;
        const taps = tapsOf(world, made);
        const gone = taps.filter(() => draw() % 3 === 0);
        voided += gone.length;
        const ridden = settledIn(world, [{ taps: taps.filter(tap => !gone.includes(tap)) }]);
        const voids = gone.map(({ ride }): Batch => ({ voids: [ride.ref] }));
        const arriving = [...taps.map((tap): Batch => ({ taps: [tap] })), ...voids, ...voids]
          .map(batch => ({ batch, at: draw() }))
          .sort((a, b) => a.at - b.at)
          .map(({ batch }) => batch);
        const late = settledIn(world, arriving);
        assert.equal(netOf(late.charges), netOf(ridden.charges));
        assert.equal(late.account.state, ridden.account.state);
        assert.equal(late.account.outcomes.filter(({ reason }) => reason === 'voided').length, gone.length);
      }),
      { numRuns: 150 },
    );
    assert.ok(voided > 200, `${voided} rides taken back`);
  });

  test(`closed day by day, a ride taken back on its day is never charged: ${name}`, () => {
    fc.assert(
      fc.property(anyMade, fc.infiniteStream(fc.nat(1000)), (made, luck) => {
        const taps = tapsOf(world, made);
        const gone = taps.filter(() => (luck.next().value ?? 0) % 3 === 0);
        const byDay = (part: readonly AccountTap[]) => {
          let account = NEW_ACCOUNT;
          const charges: Charge[] = [];
          for (const date of [20260302, 20260303, 20260304, 20260305, 20260306] as ServiceDate[]) {
            const today = part.filter(({ ride }) => ride.serviceDate === date);
            const voids = today.filter(tap => gone.includes(tap)).map(({ ride }) => ride.ref);
            const settled = settle([world.tariff], account, today, voids);
            const closed = closeDays([world.tariff], settled.account, date);
            account = closed.account;
            charges.push(...settled.charges, ...closed.charges);
          }
          return { net: netOf(charges), voided: account.voided, state: account.state };
        };
        const all = byDay(taps);
        assert.equal(all, byDay(taps.filter(tap => !gone.includes(tap))));
        assert.equal(all.voided, [], 'and nothing is kept of it');
      }),
      { numRuns: 100 },
    );
  });
}

const [first, second] = tapsOf(TYUMEN_WORLD, [
  { minute: 0, device: 0, place: 1 },
  { minute: 30, device: 1, place: 2 },
]) as [AccountTap, AccountTap];

test('what was charged is given back by an adjustment, and the transfer that went on from it pays', () => {
  const { charges } = settledIn(TYUMEN_WORLD, [{ taps: [first, second] }, { voids: [first.ride.ref] }]);
  assert.equal(
    charges.map(({ ref, revision, reason, lines }) => [
      `${ref} ${revision} ${reason}`,
      ...lines.map(({ amountMinor }) => amountMinor),
    ]),
    [
      ['d0/e/1 1 fare-paid', 3700],
      ['d1/e/1 1 free-transfer', 0],
      ['d0/e/1 2 voided', -3700],
      ['d1/e/1 2 fare-paid', 0],
      ['d1/e/1 2 fare-paid', 3700],
    ],
  );
  assert.ok(charges.every(({ tariffHash }) => tariffHash === TYUMEN_WORLD.tariff.hash));
});

test('a void that nothing comes for charges nothing, and only so many are kept', () => {
  const voids = Array.from({ length: 100 }, (_, index) => `d9/e/${index}`);
  const { account, charges } = settledIn(TYUMEN_WORLD, [{ voids: [first.ride.ref] }, { voids }, { voids }]);
  assert.equal(charges, []);
  assert.is(account.voided.length, 64);
});

test('a record of a void says whose ride it was and which tap', () => {
  const token = { kind: 'uid', keyId: 1, value: '00'.repeat(16) } as const;
  const voided = aRecord({ kind: 'void', token, voidOf: 'd0/e/1' });
  assert.equal(recordedVoid(voided), { token: `uid:1:${'00'.repeat(16)}`, of: 'd0/e/1' });
  assert.is(recordedVoid(aRecord()), undefined, 'a tap takes nothing back');
});

test.run();
