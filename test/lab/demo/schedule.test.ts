import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { compileZone } from '../../../src/core/tariff/zone.ts';
import { epoch, formatLocal, parseInstant, type Zone } from '../../../src/core/time.ts';
import { demoStart } from '../../../src/lab/demo/schedule.ts';

function zoneOf(name: string): Zone {
  const zone = compileZone(name);
  if (zone === undefined) throw new Error(`no zone ${name}`);
  return zone;
}

const TYUMEN = zoneOf('Asia/Yekaterinburg');

function startAfter(last: string | undefined): string {
  const lastMs = last === undefined ? undefined : parseInstant(`${last}+05:00`);
  return formatLocal(TYUMEN, demoStart(TYUMEN, lastMs)).slice(0, 16);
}

const STARTS: readonly [when: string, last: string | undefined, start: string][] = [
  ['the first run', undefined, '2026-03-02T07:30'],
  ['the second, after the first to its end', '2026-03-02T08:11:00', '2026-03-02T11:30'],
  ['the third', '2026-03-02T12:11:00', '2026-03-02T15:30'],
  ['the last of the day', '2026-03-02T16:11:00', '2026-03-02T19:30'],
  ['after an evening', '2026-03-02T20:11:00', '2026-03-03T07:30'],
  ['after midnight', '2026-03-03T00:40:00', '2026-03-03T07:30'],
  ['early in the morning', '2026-03-03T04:59:59', '2026-03-03T07:30'],
  ['just too late for the morning', '2026-03-03T05:00:01', '2026-03-03T08:30'],
  ['the last start by day', '2026-03-03T18:00:00', '2026-03-03T20:30'],
  ['a second later', '2026-03-03T18:00:01', '2026-03-04T07:30'],
  ['after the last of a month', '2026-03-31T20:11:00', '2026-04-01T07:30'],
];

for (const [when, last, start] of STARTS) {
  test(`a demo begins by day, two hours after everything: ${when}`, () => {
    assert.is(startAfter(last), start);
  });
}

test('wherever clocks change, a demo begins by day and never within two hours of the last tap', () => {
  const zones = ['Asia/Yekaterinburg', 'Europe/Berlin', 'America/St_Johns', 'Asia/Kathmandu'].map(zoneOf);
  const day = fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2028, 0, 1) });
  fc.assert(
    fc.property(fc.constantFrom(...zones), day, (zone, last) => {
      const start = demoStart(zone, epoch(last));
      const local = formatLocal(zone, start).slice(11, 16);
      assert.ok(local >= '07:30' && local <= '21:00', `${zone.name} ${local}`);
      assert.ok(start - last >= 2 * 3_600_000);
      assert.ok(start - last < 17 * 3_600_000, 'and no day is passed over');
    }),
    { numRuns: 2000 },
  );
});

test.run();
