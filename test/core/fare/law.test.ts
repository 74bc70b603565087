import * as fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Rated } from '../../../src/core/fare/rated.ts';
import { decisionOf } from '../../../src/core/reason.ts';
import { type EpochMs, epoch } from '../../../src/core/time.ts';
import { BANK, type Card, GENERAL, local, PENSIONER, PUPIL, Rider, STUDENT, TYUMEN } from './rider.ts';

/** A day's doings of one card: waits between a second and hours, boundaries likely, few trips so that they come again. */
const wait = fc.oneof(
  fc.constantFrom(0, 1, 599, 600, 601, 3599, 3600, 3601),
  fc.integer({ min: 2, max: 7200 }),
);
const doings = fc.array(fc.record({ waitS: wait, trip: fc.constantFrom('A', 'B', 'C', 'D') }), {
  maxLength: 14,
});
const card = fc.constantFrom<Card>(GENERAL, BANK, PUPIL, STUDENT, PENSIONER);
const quotaUsed = fc.option(
  fc.record({ month: fc.constant(202603), used: fc.integer({ min: 38, max: 60 }) }),
  {
    nil: undefined,
  },
);

interface Done {
  readonly atMs: EpochMs;
  readonly trip: string;
  readonly rated: Rated;
}

function live(
  of: Card,
  steps: readonly { waitS: number; trip: string }[],
  used?: { month: number; used: number },
): Done[] {
  const rider = new Rider(of);
  let atMs = local('2026-03-12 06:00:00');
  return steps.map(({ waitS, trip }) => {
    atMs = epoch(atMs + waitS * 1000);
    return { atMs, trip, rated: rider.tap(trip, atMs, used === undefined ? {} : { quotaUsed: used }) };
  });
}

const isAccepted = ({ rated }: Done) => decisionOf(rated.reason) === 'accepted';
const isFree = ({ rated }: Done) => rated.reason === 'free-transfer';

function law(name: string, holds: (done: Done[], of: Card, used?: { used: number }) => void): void {
  test(name, () => {
    fc.assert(
      fc.property(card, doings, quotaUsed, (of, steps, used) => holds(live(of, steps, used), of, used)),
      { numRuns: 500 },
    );
  });
}

law('a charge has lines exactly when the ride is accepted, of known prices', done => {
  const prices = new Set([0, 840, 2100, 3360, 3700, 4200]);
  for (const { rated } of done) {
    assert.is(rated.lines.length > 0, decisionOf(rated.reason) === 'accepted');
    for (const line of rated.lines) assert.ok(prices.has(line.amountMinor), `${line.amountMinor}`);
  }
});

law('the funders of a concession always add up to its reference price', done => {
  for (const one of done.filter(each => isAccepted(each) && !isFree(each))) {
    for (const { referenceMinor } of one.rated.lines) {
      if (referenceMinor === undefined) continue;
      assert.is(
        referenceMinor,
        one.rated.lines.reduce((sum, line) => sum + line.amountMinor, 0),
      );
    }
  }
});

law(
  'a free transfer follows a paid ride on another trip within the hour, one each, by the general transport card',
  (done, of) => {
    const followed = new Set<string>();
    for (const one of done.filter(isFree)) {
      const from = Number(one.rated.journeyRef?.replace('tap-', '')) - 1;
      const paid = done[from];
      assert.is(of.mediumClass, 'transport-card');
      assert.ok(paid !== undefined && isAccepted(paid) && !isFree(paid));
      assert.is.not(paid?.trip, one.trip);
      assert.ok(one.atMs - (paid?.atMs ?? 0) <= 3_600_000);
      assert.not(followed.has(`${from}`), 'once');
      followed.add(`${from}`);
    }
  },
);

law('no trip carries more riders on a card than its category allows', (done, of) => {
  const most = TYUMEN.categories[of.category]?.ridersPerTrip ?? 0;
  for (const { rated } of done) assert.ok(rated.riderIndex >= 1 && rated.riderIndex <= most);
});

law('a quota is used one ride at a time and never beyond its end', done => {
  let left = Number.POSITIVE_INFINITY;
  for (const { rated } of done.filter(isAccepted)) {
    const { quotaBefore, quotaAfter } = rated;
    if (quotaBefore === undefined || quotaAfter === undefined) continue;
    assert.is(quotaAfter, Math.max(0, quotaBefore - 1));
    assert.ok(quotaBefore <= left);
    left = quotaAfter;
  }
});

law('a refusal changes nothing: without it the rest of the day costs the same', (done, of, used) => {
  const kept = done.filter(isAccepted);
  const rider = new Rider(of);
  for (const { atMs, trip, rated } of kept) {
    const again = rider.tap(
      trip,
      atMs,
      used === undefined ? {} : { quotaUsed: { month: 202603, used: used.used } },
    );
    assert.equal(
      [again.reason, again.lines, again.riderIndex],
      [rated.reason, rated.lines, rated.riderIndex],
    );
  }
});

test.run();
