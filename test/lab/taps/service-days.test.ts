import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { compileZone } from '../../../src/core/tariff/zone.ts';
import { epoch, serviceDateAt, type Zone } from '../../../src/core/time.ts';
import { ServiceDays } from '../../../src/lab/taps/service-days.ts';

const LONDON = compileZone('Europe/London') as Zone;

/** Near the days' turns, in whatever order: also where the clocks are changed. */
const turns = ['2026-03-29T00:00:00Z', '2026-10-24T23:00:00Z', '2026-10-26T00:00:00Z'].map(Date.parse);
const moments = fc.array(
  fc
    .tuple(fc.constantFrom(...turns), fc.integer({ min: -20_000, max: 20_000 }))
    .map(([at, s]) => at + s * 1000),
  { maxLength: 60 },
);

test('a day is the same whether a moment of it was asked for before or not', () => {
  fc.assert(
    fc.property(moments, fc.constantFrom(0, 3600, 5400, 14_400), (asked, dayStartS) => {
      const days = new ServiceDays(LONDON, dayStartS);
      for (const at of asked) assert.is(days.at(epoch(at)), serviceDateAt(LONDON, dayStartS, epoch(at)));
    }),
    { numRuns: 500 },
  );
});

test.run();
