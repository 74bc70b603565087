/** The day that a ride is charged on, and GTFS times, which run on beyond it. */
import * as fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { epoch, secondsInto, serviceDateAt, type Zone } from '../../../src/core/time.ts';
import { at, day, LONDON, TYUMEN, zoned } from './zones.ts';

const HALF_PAST_FOUR = 4.5 * 3600;

/** A charging day that begins at 04:30, one second either side of it, on plain days and on those of 23 and 25 hours. */
const SERVICE_DATES: [zone: Zone, dayStartS: number, moment: string, date: string][] = [
  [LONDON, HALF_PAST_FOUR, '2026-01-15T04:29:59+00:00', '2026-01-14'],
  [LONDON, HALF_PAST_FOUR, '2026-01-15T04:30:00+00:00', '2026-01-15'],
  [LONDON, HALF_PAST_FOUR, '2026-07-15T04:29:59+01:00', '2026-07-14'],
  [LONDON, HALF_PAST_FOUR, '2026-07-15T04:30:00+01:00', '2026-07-15'],
  // 29 March 2026, 01:00 becomes 02:00
  [LONDON, HALF_PAST_FOUR, '2026-03-29T04:29:59+01:00', '2026-03-28'],
  [LONDON, HALF_PAST_FOUR, '2026-03-29T04:30:00+01:00', '2026-03-29'],
  [LONDON, HALF_PAST_FOUR, '2026-03-30T04:29:59+01:00', '2026-03-29'],
  // 25 October 2026, 02:00 becomes 01:00
  [LONDON, HALF_PAST_FOUR, '2026-10-25T04:29:59+00:00', '2026-10-24'],
  [LONDON, HALF_PAST_FOUR, '2026-10-25T04:30:00+00:00', '2026-10-25'],
  // A day that begins in the hour that is skipped begins when the clocks have gone forward.
  [LONDON, 1.5 * 3600, '2026-03-29T00:59:59+00:00', '2026-03-28'],
  [LONDON, 1.5 * 3600, '2026-03-29T02:00:00+01:00', '2026-03-29'],
  // One that begins in the hour that comes twice begins once, the first time.
  [LONDON, 1.5 * 3600, '2026-10-25T01:29:59+01:00', '2026-10-24'],
  [LONDON, 1.5 * 3600, '2026-10-25T01:30:00+01:00', '2026-10-25'],
  [LONDON, 1.5 * 3600, '2026-10-25T01:00:00+00:00', '2026-10-25'],
  [LONDON, 1.5 * 3600, '2026-10-25T01:30:00+00:00', '2026-10-25'],
  [TYUMEN, 3 * 3600, '2026-03-01T02:59:59+05:00', '2026-02-28'],
  [TYUMEN, 3 * 3600, '2026-03-01T03:00:00+05:00', '2026-03-01'],
  [TYUMEN, 3 * 3600, '2024-03-01T02:59:59+05:00', '2024-02-29'],
  [TYUMEN, 0, '2025-12-31T23:59:59+05:00', '2025-12-31'],
  [TYUMEN, 0, '2026-01-01T00:00:00+05:00', '2026-01-01'],
];

for (const [zone, dayStartS, moment, date] of SERVICE_DATES) {
  test(`${moment} is of ${date} where the day begins ${dayStartS / 3600} h after midnight`, () => {
    assert.is(serviceDateAt(zone, dayStartS, at(moment)), day(date));
  });
}

test('a service day never comes back once the next has begun', () => {
  const dayStart = fc.integer({ min: 0, max: 47 }).map(halves => halves * 1800);
  fc.assert(
    fc.property(zoned, dayStart, fc.integer({ min: 0, max: 9000 }), ({ zone, moment }, startS, laterS) => {
      const later = epoch(moment + laterS * 1000);
      assert.ok(serviceDateAt(zone, startS, moment) <= serviceDateAt(zone, startS, later));
    }),
    { numRuns: 2000 },
  );
});

/** GTFS: times count from noon minus twelve hours, so a trip at 08:00 keeps its time on the days that clocks change. */
const INTO_THE_DAY: [moment: string, date: string, gtfs: string][] = [
  ['2026-01-15T00:00:00+00:00', '2026-01-15', '00:00:00'],
  ['2026-01-15T12:00:00+00:00', '2026-01-15', '12:00:00'],
  ['2026-01-16T01:30:00+00:00', '2026-01-15', '25:30:00'],
  ['2026-01-14T23:59:59+00:00', '2026-01-15', '-00:00:01'],
  // 23 hours: the timetable's zero is an hour before midnight.
  ['2026-03-28T23:00:00+00:00', '2026-03-29', '00:00:00'],
  ['2026-03-29T00:00:00+00:00', '2026-03-29', '01:00:00'],
  ['2026-03-29T00:59:59+00:00', '2026-03-29', '01:59:59'],
  ['2026-03-29T02:00:00+01:00', '2026-03-29', '02:00:00'],
  ['2026-03-29T08:00:00+01:00', '2026-03-29', '08:00:00'],
  ['2026-03-30T00:30:00+01:00', '2026-03-29', '24:30:00'],
  // The day before is plain, and runs on beyond the change.
  ['2026-03-29T02:30:00+01:00', '2026-03-28', '25:30:00'],
  // 25 hours: its zero is an hour after midnight.
  ['2026-10-25T00:00:00+01:00', '2026-10-25', '-01:00:00'],
  ['2026-10-25T01:30:00+01:00', '2026-10-25', '00:30:00'],
  ['2026-10-25T01:30:00+00:00', '2026-10-25', '01:30:00'],
  ['2026-10-25T08:00:00+00:00', '2026-10-25', '08:00:00'],
  ['2026-10-26T00:30:00+00:00', '2026-10-25', '24:30:00'],
];

for (const [moment, date, gtfs] of INTO_THE_DAY) {
  test(`${moment} is ${gtfs} of the service day ${date}`, () => {
    const [hours = 0, minutes = 0, seconds = 0] = gtfs.replace('-', '').split(':').map(Number);
    const magnitude = hours * 3600 + minutes * 60 + seconds;
    const expected = gtfs.startsWith('-') ? -magnitude : magnitude;
    assert.is(secondsInto(LONDON, day(date), at(moment)), expected);
  });
}

test('GTFS time is the time since noon minus twelve hours in every zone', () => {
  fc.assert(
    fc.property(zoned, fc.integer({ min: -1, max: 1 }), ({ zone, moment }, apart) => {
      const local = Temporal.Instant.fromEpochMilliseconds(moment).toZonedDateTimeISO(zone.name);
      const date = local.toPlainDate().add({ days: apart });
      const noon = date.toZonedDateTime({ timeZone: zone.name, plainTime: '12:00' }).epochMilliseconds;
      const expected = Math.floor((moment - noon) / 1000) + 43_200;
      assert.is(secondsInto(zone, day(date.toString()), moment), expected);
    }),
    { numRuns: 400 },
  );
});

test.run();
