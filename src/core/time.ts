/**
 * Time is a value in core (law 2): epoch milliseconds, local time by transitions compiled beforehand, and the
 * service date by the tariff's own day boundary.
 */
import { assert } from './error.ts';
import { whole } from './whole.ts';

declare const epochMs: unique symbol;
/** Milliseconds since 1970-01-01T00:00Z, whole. */
export type EpochMs = number & { readonly [epochMs]: true };

declare const serviceDate: unique symbol;
/** The operating date as the integer yyyymmdd: 20260302. */
export type ServiceDate = number & { readonly [serviceDate]: true };

export const DAY_S = 86_400;
export const DAY_MS = DAY_S * 1000;

export function epoch(ms: number): EpochMs {
  // The sentence is made only where it is told: every tap comes here.
  if (!Number.isSafeInteger(ms)) assert(false, `a moment is whole milliseconds, not ${ms}`);
  return ms as EpochMs;
}

const INSTANT = /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})$/;

/** `2026-03-02T07:30:00+05:00`. Undefined without an offset: a local time alone names no moment. */
export function parseInstant(text: string): EpochMs | undefined {
  const day = INSTANT.exec(text)?.[1];
  // Date.parse takes 30 February for 2 March.
  if (day === undefined || parseDate(day) === undefined) return undefined;
  const ms = Date.parse(text);
  return Number.isNaN(ms) ? undefined : epoch(ms);
}

const LOCAL = /^(\d{4}-\d{2}-\d{2})[ T]([01]?\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?$/;

/**
 * `2026-03-02 07:31` by the wall clock of `zone`; of an hour that comes twice, its first coming. Undefined for what is no
 * such text, and for a time that the clocks leave out when they are put forward.
 */
export function parseLocal(zone: Zone, text: string): EpochMs | undefined {
  const match = LOCAL.exec(text);
  const date = parseDate(match?.[1] ?? '');
  if (match === null || date === undefined) return undefined;
  const seconds = Number(match[2]) * 3600 + Number(match[3]) * 60 + Number(match[4] ?? 0);
  const wallMs = dayOfDate(date) * DAY_MS + seconds * 1000;
  // The larger offset is the earlier moment.
  const offsets = [wallMs - DAY_MS, wallMs + DAY_MS].map(ms => offsetAt(zone, epoch(ms)));
  const moments = offsets.sort((a, b) => b - a).map(offset => epoch(wallMs - offset));
  return moments.find(moment => moment + offsetAt(zone, moment) === wallMs);
}

const UNIT_MS: Readonly<Record<string, number>> = { s: 1000, min: 60_000, h: 3_600_000 };

/** `60 min`, `2 s`, `1 h` -> milliseconds. */
export function parseDuration(text: string): number | undefined {
  const match = /^(\d{1,6}) ?(s|min|h)$/.exec(text);
  const unit = UNIT_MS[match?.[2] ?? ''];
  return match === null || unit === undefined ? undefined : Number(match[1]) * unit;
}

/** `04:30` or `04:30:00` -> seconds after local midnight; GTFS times run beyond 24:00. */
export function parseTimeOfDay(text: string): number | undefined {
  const match = /^(\d{1,3}):([0-5]\d)(?::([0-5]\d))?$/.exec(text);
  return match === null ? undefined : Number(match[1]) * 3600 + Number(match[2]) * 60 + Number(match[3] ?? 0);
}

/** `07:30:00`, of seconds after midnight; a service day's run on: `25:30:00`. */
export function formatTimeOfDay(seconds: number): string {
  const parts = [seconds / 3600, (seconds / 60) % 60, seconds % 60];
  return parts.map(part => String(Math.floor(part)).padStart(2, '0')).join(':');
}

/** Calendars and clocks are told from this day on, and before the other. What is without is said to be so. */
export const FIRST_DAY = 19700101 as ServiceDate;
export const BEYOND_DAYS = 21000101 as ServiceDate;

/** A time zone's offsets, compiled: `offsetsMs[i]` holds before `untilMs[i]`, the last one for ever after. */
export interface Zone {
  readonly name: string;
  readonly untilMs: readonly number[];
  readonly offsetsMs: readonly number[];
}

/** Its clocks are never changed. */
export const UTC: Zone = { name: 'UTC', untilMs: [], offsetsMs: [0] };

/** Offset from UTC in `zone` at `at`, in milliseconds: local = UTC + offset. */
export function offsetAt(zone: Zone, at: EpochMs): number {
  return zone.offsetsMs[spanAt(zone, at)] ?? 0;
}

function spanAt(zone: Zone, at: EpochMs): number {
  let low = 0;
  let high = zone.untilMs.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (at < (zone.untilMs[middle] ?? Number.POSITIVE_INFINITY)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/**
 * The date that `at` belongs to when the day begins `dayStartS` seconds after local midnight. A day that has begun goes
 * on when the clocks are put back: the hour that comes twice counts as its first coming until it is over.
 */
export function serviceDateAt(zone: Zone, dayStartS: number, at: EpochMs): ServiceDate {
  const span = spanAt(zone, at);
  const wallMs = at + (zone.offsetsMs[span] ?? 0);
  const since = zone.untilMs[span - 1];
  const reachedMs = since === undefined ? wallMs : since - 1 + (zone.offsetsMs[span - 1] ?? 0);
  return dateOfDay(Math.floor((Math.max(wallMs, reachedMs) - dayStartS * 1000) / DAY_MS));
}

/** The zero of a service date's times: noon less twelve hours, which on a day when clocks change is not midnight. */
export function zeroOfDay(zone: Zone, date: ServiceDate): EpochMs {
  const noonLocal = dayOfDate(date) * DAY_MS + DAY_MS / 2;
  const guess = epoch(noonLocal - offsetAt(zone, epoch(noonLocal)));
  return epoch(noonLocal - offsetAt(zone, guess) - DAY_MS / 2);
}

/**
 * GTFS time of `at` on service date `date`: seconds since noon minus twelve hours, so that 25:30 is half past one the
 * next night and a day on which clocks change keeps its timetable (GTFS reference, "Time").
 */
export function secondsInto(zone: Zone, date: ServiceDate, at: EpochMs): number {
  return Math.floor((at - zeroOfDay(zone, date)) / 1000);
}

/** yyyymm of a service date: the month a quota belongs to. */
export function monthOf(date: ServiceDate): number {
  return whole(Math.floor(date / 100));
}

/** 0 is Sunday. */
export function weekdayOf(date: ServiceDate): number {
  return (((dayOfDate(date) + 4) % 7) + 7) % 7;
}

/** The service date `days` after `date`. */
export function addDays(date: ServiceDate, days: number): ServiceDate {
  return dateOfDay(dayOfDate(date) + days);
}

/** `2026-03-02` or `20260302` -> 20260302. Undefined when there is no such day. */
export function parseDate(text: string): ServiceDate | undefined {
  const match = /^(\d{4})(-?)(\d{2})\2(\d{2})$/.exec(text);
  if (match === null) return undefined;
  const date = (Number(match[1]) * 10_000 + Number(match[3]) * 100 + Number(match[4])) as ServiceDate;
  return dateOfDay(dayOfDate(date)) === date ? date : undefined;
}

export function formatDate(date: ServiceDate): string {
  const text = String(date).padStart(8, '0');
  return `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}`;
}

/** `2026-03-02T07:30:05+05:00`, the wall clock of `zone`. */
export function formatLocal(zone: Zone, at: EpochMs): string {
  const offset = offsetAt(zone, at);
  const sign = offset < 0 ? '-' : '+';
  const minutes = Math.abs(offset) / 60_000;
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0');
  return `${new Date(at + offset).toISOString().slice(0, 19)}${sign}${two(minutes / 60)}:${two(minutes % 60)}`;
}

// Days since 1970-01-01 and back, in the proleptic Gregorian calendar: March-based years put the leap day last.

/** Days since 1970-01-01. */
export function dayOfDate(date: ServiceDate): number {
  const month = Math.floor(date / 100) % 100;
  const year = Math.floor(date / 10_000) - (month <= 2 ? 1 : 0);
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + (date % 100) - 1;
  return whole(
    year * 365 + Math.floor(year / 4) - Math.floor(year / 100) + Math.floor(year / 400) + dayOfYear - 719_468,
  );
}

export function dateOfDay(day: number): ServiceDate {
  const shifted = day + 719_468;
  const era = Math.floor(shifted / 146_097);
  const inEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (inEra - Math.floor(inEra / 1460) + Math.floor(inEra / 36_524) - Math.floor(inEra / 146_096)) / 365,
  );
  const dayOfYear = inEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const dayOfMonth = dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1;
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return whole(year * 10_000 + month * 100 + dayOfMonth) as ServiceDate;
}
