import * as fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { compileZone } from '../../src/core/tariff/zone.ts';
import {
  addDays,
  type EpochMs,
  epoch,
  formatDate,
  formatLocal,
  formatTimeOfDay,
  monthOf,
  offsetAt,
  parseDate,
  parseDuration,
  parseInstant,
  parseLocal,
  parseTimeOfDay,
  type ServiceDate,
  secondsInto,
  serviceDateAt,
  weekdayOf,
  type Zone,
} from '../../src/core/time.ts';

const at = (text: string): EpochMs => epoch(Temporal.Instant.from(text).epochMilliseconds);
const day = (text: string) => Number(text.replaceAll('-', '')) as ServiceDate;
const HALF_PAST_FOUR = 4.5 * 3600;

function zoneOf(name: string): Zone {
  const zone = compileZone(name);
  if (zone === undefined) throw new Error(`no zone ${name}`);
  return zone;
}

const LONDON = zoneOf('Europe/London');
const TYUMEN = zoneOf('Asia/Yekaterinburg');
/** Offsets of whole, half and quarter hours, both hemispheres, a change at midnight, one without a change, a reversed DST. */
const ZONES = [
  'UTC',
  'Asia/Yekaterinburg',
  'Europe/London',
  'Europe/Dublin',
  'America/New_York',
  'America/St_Johns',
  'America/Santiago',
  'America/Havana',
  'Asia/Beirut',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'Pacific/Chatham',
  'Africa/Casablanca',
].map(zoneOf);

const anyZone = fc.constantFrom(...ZONES);
const anyMoment = fc
  .integer({ min: Date.UTC(1970, 0, 2) / 1000, max: Date.UTC(2099, 11, 30) / 1000 })
  .map(seconds => epoch(seconds * 1000));
/** A moment within some hours of a change of the clocks, where there is one. */
const nearChange = fc
  .record({ zone: anyZone, pick: fc.nat(), apartS: fc.integer({ min: -9000, max: 9000 }) })
  .map(({ zone, pick, apartS }) => {
    const change = zone.untilMs[pick % Math.max(1, zone.untilMs.length)] ?? Date.UTC(2026, 2, 29);
    return { zone, moment: epoch(change + apartS * 1000) };
  });
const zoned = fc.oneof(fc.record({ zone: anyZone, moment: anyMoment }), nearChange);

const INSTANTS: [text: string, moment: string | undefined][] = [
  ['2026-03-02T07:30:00+05:00', '2026-03-02T02:30:00Z'],
  ['2026-03-02T07:30+05:00', '2026-03-02T02:30:00Z'],
  ['2026-03-02T02:30:00.250Z', '2026-03-02T02:30:00.25Z'],
  ['2026-03-01T23:30:00-03:30', '2026-03-02T03:00:00Z'],
  ['2024-02-29T00:00:00Z', '2024-02-29T00:00:00Z'],
  ['2026-03-02T07:30:00', undefined],
  ['2026-03-02', undefined],
  ['2026-03-02 07:30:00Z', undefined],
  ['2026-03-02T7:30:00Z', undefined],
  ['2026-13-02T07:30:00Z', undefined],
  ['2026-03-02T25:30:00Z', undefined],
  ['2026-03-02T07:60:00Z', undefined],
  ['2026-03-02T07:30:60Z', undefined],
  ['2026-03-02T07:30:00+25:00', undefined],
  ['2026-03-02T07:30:00+05:60', undefined],
  // No such day: it is not quietly the first of March.
  ['2026-02-29T00:00:00Z', undefined],
  ['2026-02-30T00:00:00Z', undefined],
  ['2026-04-31T00:00:00Z', undefined],
  ['2026-00-10T00:00:00Z', undefined],
  ['2026-01-00T00:00:00Z', undefined],
  ['2026-03-02T24:00:00Z', undefined],
];

for (const [text, moment] of INSTANTS) {
  test(`'${text}' ${moment === undefined ? 'names no moment' : `is ${moment}`}`, () => {
    assert.is(parseInstant(text), moment === undefined ? undefined : at(moment));
  });
}

const DURATIONS: [text: string, ms: number | undefined][] = [
  ['60 min', 3_600_000],
  ['60min', 3_600_000],
  ['2 s', 2000],
  ['1 h', 3_600_000],
  ['0 s', 0],
  ['1.5 h', undefined],
  ['-2 s', undefined],
  ['60', undefined],
  ['60 minutes', undefined],
  ['60  min', undefined],
  ['1234567 s', undefined],
  ['1 d', undefined],
];

for (const [text, ms] of DURATIONS) {
  test(`'${text}' ${ms === undefined ? 'is no length of time' : `lasts ${ms} ms`}`, () => {
    assert.is(parseDuration(text), ms);
  });
}

const TIMES_OF_DAY: [text: string, seconds: number | undefined][] = [
  ['00:00', 0],
  ['04:30', 16_200],
  ['4:30', 16_200],
  ['04:30:15', 16_215],
  ['24:00', 86_400],
  ['25:30:00', 91_800],
  ['04:60', undefined],
  ['04:30:60', undefined],
  ['4', undefined],
  ['04:3', undefined],
  ['-1:00', undefined],
];

for (const [text, seconds] of TIMES_OF_DAY) {
  test(`'${text}' ${seconds === undefined ? 'is no time of day' : `is ${seconds} s after midnight`}`, () => {
    assert.is(parseTimeOfDay(text), seconds);
  });
}

test('seconds after midnight are written as a time of day, beyond a day too', () => {
  for (const [text, seconds] of [
    ['00:00:00', 0],
    ['04:30:15', 16_215],
    ['24:00:00', 86_400],
    ['25:30:00', 91_800],
  ] as const)
    assert.is(formatTimeOfDay(seconds), text);
});

const DATES: [text: string, date: number | undefined][] = [
  ['2026-03-02', 20260302],
  ['20260302', 20260302],
  ['2024-02-29', 20240229],
  ['2000-02-29', 20000229],
  ['2100-02-28', 21000228],
  ['2023-02-29', undefined],
  ['2100-02-29', undefined],
  ['1900-02-29', undefined],
  ['2026-02-30', undefined],
  ['2026-04-31', undefined],
  ['2026-13-01', undefined],
  ['2026-00-01', undefined],
  ['2026-01-00', undefined],
  ['2026-01-32', undefined],
  ['2026-99-99', undefined],
  ['2026-3-2', undefined],
  ['2026-0302', undefined],
  ['202603-02', undefined],
  ['02.03.2026', undefined],
];

for (const [text, date] of DATES) {
  test(`'${text}' ${date === undefined ? 'is no day' : `is the day ${date}`}`, () => {
    assert.is(parseDate(text), date);
  });
}

test('days are counted, named and written as the calendar has them, leap years and all', () => {
  const anyDate = fc.record({
    year: fc.integer({ min: 1600, max: 2400 }),
    month: fc.integer({ min: 1, max: 12 }),
    day: fc.integer({ min: 1, max: 31 }),
  });
  fc.assert(
    fc.property(anyDate, fc.integer({ min: -1000, max: 1000 }), (parts, days) => {
      const oracle = Temporal.PlainDate.from(parts, { overflow: 'constrain' });
      const date = parseDate(oracle.toString());
      assert.is(date, day(oracle.toString()));
      if (date === undefined) return;
      assert.is(formatDate(date), oracle.toString());
      assert.is(formatDate(addDays(date, days)), oracle.add({ days }).toString());
      assert.is(addDays(addDays(date, days), -days), date);
      assert.is(weekdayOf(date), oracle.dayOfWeek % 7);
      assert.is(monthOf(date), oracle.year * 100 + oracle.month);
    }),
  );
});

test('no other eight digits are a day', () => {
  const digits = fc.integer({ min: 0, max: 99_999_999 }).map(number => String(number).padStart(8, '0'));
  fc.assert(
    fc.property(digits, text => {
      let isDay = true;
      try {
        const parts = [text.slice(0, 4), text.slice(4, 6), text.slice(6)].map(Number);
        const [year = 0, month = 0, dayOfMonth = 0] = parts;
        Temporal.PlainDate.from({ year, month, day: dayOfMonth }, { overflow: 'reject' });
      } catch {
        isDay = false;
      }
      assert.is(parseDate(text) !== undefined, isDay, text);
    }),
  );
});

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
