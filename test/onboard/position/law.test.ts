/** Whatever a vehicle hears, in whatever order: something is said of its place that may be believed. */
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { followedPosition } from '../../../src/onboard/position/followed.ts';
import type { Observation } from '../../../src/onboard/position/observation.ts';
import { runsOf } from '../../../src/onboard/position/track/runs.ts';
import { inTyumen, openTyumen } from './tyumen.ts';
import { Walk } from './walk.ts';

const MORNING = inTyumen('2026-03-02T08:00:00');

const anything = fc.oneof(
  fc.record({
    kind: fc.constant('fix' as const),
    lat: fc.double({ min: -90, max: 90, noNaN: true }),
    lon: fc.double({ min: -180, max: 180, noNaN: true }),
  }),
  fc.record({
    kind: fc.constant('fix' as const),
    lat: fc.double({ min: 57.1, max: 57.2, noNaN: true }),
    lon: fc.double({ min: 65.5, max: 65.6, noNaN: true }),
    speedMps: fc.double({ min: 0, max: 100, noNaN: true }),
    courseDeg: fc.double({ min: 0, max: 360, noNaN: true }),
  }),
  fc.constant({ kind: 'no-fix' as const }),
  fc.record({ kind: fc.constant('line' as const), line: fc.constantFrom('25', '025', 'T1', '', '9') }),
  fc.record({ kind: fc.constant('course' as const), course: fc.nat(99) }),
  fc.record({
    kind: fc.constant('destination' as const),
    destination: fc.oneof(fc.nat(999), fc.constantFrom('Автовокзал', 'Улица', '')),
  }),
  fc.record({ kind: fc.constant('stop' as const), stop: fc.constantFrom('1141', '1300', '0', '') }),
  fc.record({ kind: fc.constant('next-stop' as const), text: fc.constantFrom('КПД', 'Улица', '') }),
  fc.record({ kind: fc.constant('doors' as const), doorId: fc.constantFrom('1', '2'), open: fc.boolean() }),
  fc.record({ kind: fc.constant('driver' as const), tripId: fc.constantFrom('25-we0-0800', 'none') }),
  fc.record({ kind: fc.constant('driver' as const), stopId: fc.constantFrom('kpd', 'none') }),
);

test('whatever is heard in whatever order, the answer is a place, and a certain one has a stop', async () => {
  const tyumen = await openTyumen();
  const runs = runsOf(tyumen.stops, tyumen.zone);
  const heard = fc.array(fc.tuple(fc.integer({ min: -5_000, max: 400_000 }), anything), { maxLength: 30 });
  const law = fc.property(heard, all => {
    const bus = new Walk(followedPosition(tyumen.stops, runs), tyumen.stops, MORNING);
    for (const [laterMs, told] of all) {
      bus.waits(laterMs / 1000).position.observe({ ...told, atMs: bus.atMs } as Observation);
      const { quality, stopId } = bus.place;
      assert.ok(quality !== 'certain' || stopId !== undefined);
    }
  });
  fc.assert(law, { numRuns: 12 });
  tyumen.close();
});

test.run();
