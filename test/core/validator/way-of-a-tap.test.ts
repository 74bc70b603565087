import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { known } from '../../../src/core/known.ts';
import { city } from '../fare/city.ts';
import { TYUMEN } from '../fare/rider.ts';
import { Bench, card, entitled, presented, RANDOM, said } from './bench.ts';

test('a tap is looked up, committed and only then shown', () => {
  const bench = new Bench();
  const kinds = [bench.step(presented('front', card(1), 0)), bench.answer(), bench.answer()].map(effects =>
    effects.map(effect => effect.kind),
  );
  assert.equal(kinds, [['look-up'], ['commit'], ['show']]);
  assert.equal(bench.shown.map(said), ['front: 37.00 fare-paid #1']);
});

test('a refusal is recorded too before it is shown', () => {
  const bench = new Bench().knowing({
    verdict: {
      kind: 'listed',
      effect: 'decline',
      reason: 'lost',
      riderText: 'Bring it to the office',
      subject: { kind: 'uid', keyId: 1, value: '01' },
    },
  });
  bench.step(presented('front', card(1), 0));
  assert.equal(bench.shown, []);
  const [commit] = bench.answer();
  assert.is(commit?.kind, 'commit');
  assert.is(commit?.kind === 'commit' && commit.rider, undefined, 'and changes no rider');
  assert.equal(bench.shown, []);
  bench.answer();
  assert.equal(bench.shown.map(said), ['front: - blocked #1']);
});

test('the record says who, where, when, what and by which versions', () => {
  const bench = new Bench().knowing(entitled('pupil'));
  const event = presented('rear', card(1), 0);
  bench.run(event);
  assert.equal(known(bench.commits[0]?.body ?? {}), {
    kind: 'tap',
    eventTimeMs: event.eventTimeMs,
    monotonicMs: event.monotonicMs,
    clockState: 'ntp',
    offsetMs: 0,
    uncertaintyMs: 50,
    serviceDate: 20260302,
    carrierId: 'city-1',
    vehicleId: 'bus-101',
    doorId: 'door-2',
    readerId: 'rear',
    source: 'timetable',
    quality: 'likely',
    routeId: '25',
    line: '25',
    tripId: '25-07-30',
    stopId: 'centre',
    token: { kind: 'uid', keyId: 1, value: '00000000000000000000000000000001' },
    assurance: 'uid',
    mediumClass: 'transport-card',
    category: 'pupil',
    categorySource: 'entitlement',
    action: 'entry',
    decision: 'accepted',
    reason: 'concession',
    home: 'account',
    riderIndex: 1,
    finality: 'estimate',
    currency: 'RUB',
    lines: [
      {
        productId: 2,
        amountMinor: 840,
        funder: 'rider',
        referenceMinor: 4200,
        ruleIds: ['leg:ride::single', 'concession:pupil'],
      },
      {
        productId: 2,
        amountMinor: 3360,
        funder: 'region',
        referenceMinor: 4200,
        ruleIds: ['leg:ride::single', 'concession:pupil'],
      },
    ],
    quotaBefore: 44,
    quotaAfter: 43,
    tariffHash: TYUMEN.hash,
    stopListVersion: 7,
    entitlementVersion: 9,
    feedVersion: 'feed-1',
    settingsHash: 'ab',
  });
});

test('what was read is recorded as read, and the correction beside it decides', () => {
  const bench = new Bench();
  bench.step({ kind: 'clock', clock: { state: 'gnss', offsetMs: -7_200_000, uncertaintyMs: 1 } });
  const event = presented('front', card(1), 0, '2026-03-02 04:59:59');
  bench.run(event);
  const body = bench.commits[0]?.body;
  assert.is(body?.eventTimeMs, event.eventTimeMs);
  assert.is(body?.offsetMs, -7_200_000);
  assert.is(body?.serviceDate, 20260301, 'two hours before, the day before');
});

test('the rider’s state is committed with the tap that changed it, named after its identity', () => {
  const bench = new Bench();
  bench.run(presented('front', card(1), 0));
  const rider = bench.commits[0]?.rider;
  assert.is(rider?.token.value, '00000000000000000000000000000001');
  assert.is(rider?.state.lastRide?.ref, 'tmn-bus-101/00112233aabbccdd/1');
  assert.is(rider?.state.lastRide?.trip, '25-07-30@2026-03-02');
});

test('where no trip is known the vehicle itself stands for it', () => {
  const bench = new Bench();
  bench.step({ kind: 'placed', place: { source: 'gnss', quality: 'likely', stopId: 'centre' } });
  bench.run(presented('front', card(1), 0));
  assert.is(bench.commits[0]?.rider?.state.lastRide?.trip, 'vehicle:bus-101');
});

test('moments are cut to the tariff’s resolution before any window is looked at', () => {
  const bench = new Bench();
  bench.run(presented('front', card(1), 0.999));
  bench.step({
    kind: 'placed',
    place: { source: 'ibis', quality: 'certain', tripId: '30', stopId: 'centre' },
  });
  assert.equal(bench.run(presented('rear', card(1), 3600.999)), ['rear: 0.00 free-transfer #2']);
});

test('a random UID is declined by name, and no rider is remembered by it', () => {
  const bench = new Bench();
  for (const [index, atS] of [0, 10, 20].entries()) {
    assert.equal(bench.run(presented('front', RANDOM, atS)), [`front: - random-uid #${index + 1}`]);
    bench.run({ kind: 'removed', readerId: 'front' });
  }
  assert.is(bench.riders.size, 0);
  for (const { body, rider } of bench.commits) {
    assert.is(rider, undefined);
    assert.is(body.token, undefined);
    assert.is(body.reason, 'random-uid');
  }
});

test('a random UID never gets the answer of the card before it', () => {
  const bench = new Bench();
  bench.run(presented('front', card(1), 0));
  assert.equal(bench.run(presented('front', RANDOM, 0.5)), ['front: - random-uid #2']);
  assert.equal(bench.run(presented('rear', RANDOM, 0.6)), ['rear: - random-uid #3']);
});

test('where other computers aboard take taps too, an answer is an estimate', () => {
  for (const [isShared, finality] of [
    [false, 'final'],
    [true, 'estimate'],
  ] as const) {
    const bench = new Bench(city(''), { isShared });
    bench.run(presented('front', card(1), 0));
    assert.is(bench.commits[0]?.body.finality, finality);
  }
});

test('events are answered with a new state: the old one is as it was', () => {
  const bench = new Bench();
  const freeze = <T>(value: T): T => {
    if (typeof value === 'object' && value !== null)
      for (const part of Object.values(Object.freeze(value))) freeze(part);
    return value;
  };
  for (const [readerId, atS] of [
    ['front', 0],
    ['front', 1],
    ['rear', 3],
  ] as const) {
    freeze(bench.state);
    bench.step(presented(readerId, card(1), atS));
    freeze(bench.state);
    bench.answer();
    freeze(bench.state);
    bench.answer();
  }
  assert.is(bench.commits.length, 2);
});

test('a commit under another identity than was decided by is a broken invariant', () => {
  const bench = new Bench();
  bench.step(presented('front', card(1), 0));
  bench.answer();
  assert.throws(
    () => bench.step({ kind: 'committed', identity: { ...bench.next(), sequence: 2 } }),
    /is committed under the identity it was decided by/,
  );
});

test('answers that nobody asked for are broken invariants', () => {
  const { machine, state, next } = new Bench();
  assert.throws(
    () => machine(state, { kind: 'committed', identity: next.call(new Bench()) }),
    /only what was decided/,
  );
  const facts = { identity: new Bench().next(), verdict: { kind: 'clear' }, stopListStale: false } as const;
  assert.throws(() => machine(state, { kind: 'found', facts }), /whose turn it is/);
});

test.run();
