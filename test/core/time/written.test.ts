/** Moments, durations, times of day and dates as they are written. */
import * as fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import {
  addDays,
  formatDate,
  formatTimeOfDay,
  monthOf,
  parseDate,
  parseDuration,
  parseInstant,
  parseTimeOfDay,
  weekdayOf,
} from '../../../src/core/time.ts';
import { at, day } from './zones.ts';

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

test.run();
