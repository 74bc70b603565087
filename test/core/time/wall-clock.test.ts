/** What the clocks of a zone show, and which moment they mean. */
import * as fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { compileZone } from '../../../src/core/tariff/zone.ts';
import { type EpochMs, formatLocal, offsetAt, parseInstant, parseLocal } from '../../../src/core/time.ts';
import { LONDON, ZONES, zoned } from './zones.ts';

const LOCAL: [text: string, moment: string | undefined][] = [
  ['2026-03-29 00:59:59', '2026-03-29T00:59:59Z'],
  // At 01:00 the clocks of London go to 02:00.
  ['2026-03-29 01:00', undefined],
  ['2026-03-29 01:59:59', undefined],
  ['2026-03-29 02:00', '2026-03-29T01:00:00Z'],
  // From 01:00 to 02:00 comes twice: its first coming.
  ['2026-10-25 01:30', '2026-10-25T00:30:00Z'],
  ['2026-10-25 02:00', '2026-10-25T02:00:00Z'],
  ['2026-02-30 12:00', undefined],
  ['2026-03-29', undefined],
];

for (const [text, moment] of LOCAL) {
  test(`'${text}' in London is ${moment ?? 'no moment'}`, () => {
    assert.is(parseLocal(LONDON, text), moment === undefined ? undefined : parseInstant(moment));
  });
}

test('the wall clock of a zone is what everybody there reads, near every change of the clocks too', () => {
  const format = new Map(ZONES.map(({ name }) => [name, wallClockOf(name)]));
  fc.assert(
    fc.property(zoned, ({ zone, moment }) => {
      const oracle = Temporal.Instant.fromEpochMilliseconds(moment).toZonedDateTimeISO(zone.name);
      assert.is(offsetAt(zone, moment), oracle.offsetNanoseconds / 1e6);
      const local = oracle.toString({ timeZoneName: 'never', smallestUnit: 'second' });
      assert.is(formatLocal(zone, moment), local);
      assert.is(local.slice(0, 19), format.get(zone.name)?.(moment), 'and the other oracle agrees');
    }),
    { numRuns: 400 },
  );
});

/** The wall clock by the engine's own tables, which temporal-polyfill does not share code with. */
function wallClockOf(timeZone: string): (moment: EpochMs) => string {
  const format = new Intl.DateTimeFormat('sv-SE', {
    timeZone,
    dateStyle: 'short',
    timeStyle: 'medium',
  });
  return moment => format.format(moment).replace(' ', 'T');
}

test('no such zone is no zone', () => {
  for (const name of ['Europe/Tyumen', '', 'GMT+5', 'Yekaterinburg']) {
    assert.is(compileZone(name), undefined, name);
  }
});

test.run();
