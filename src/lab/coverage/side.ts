/** The two or three sides of a limit: what must be tried to know that it stands where it should. */
import { formatAmount, type MinorUnits } from '../../core/money.ts';
import { addDays, DAY_S, formatDate, formatTimeOfDay, type ServiceDate } from '../../core/time.ts';

export interface Side {
  /** `59:59`, `ride 55`, `the day after 2026-05-31`. */
  readonly name: string;
  /** Is a ride that was so far from the limit on this side of it? */
  readonly holds: (value: number) => boolean;
}

function exactly(name: string, limit: number): Side {
  return { name, holds: value => value === limit };
}

/** The last moment before, the limit itself, the first moment after it. */
export function timeSides(limitMs: number, stepMs: number): readonly Side[] {
  return [-stepMs, 0, stepMs].map(apart => exactly(clockText(limitMs + apart), limitMs + apart));
}

/** The last that is in, and the first that is out. */
export function countSides(what: string, limit: number): readonly Side[] {
  return [limit, limit + 1].map(count => exactly(`${what} ${count}`, count));
}

/** Prices jump: exactly at an amount few days come to rest. */
export function amountSides(limitMinor: number, currency: string): readonly Side[] {
  const amount = formatAmount(limitMinor as MinorUnits, currency);
  return [
    { name: `within ${amount}`, holds: value => value <= limitMinor },
    { name: `beyond ${amount}`, holds: value => value > limitMinor },
  ];
}

/** What may not fall below. */
export function floorSides(limitMinor: number, currency: string): readonly Side[] {
  const amount = formatAmount(limitMinor as MinorUnits, currency);
  return [
    { name: `down to ${amount}`, holds: value => value >= limitMinor },
    { name: `below ${amount}`, holds: value => value < limitMinor },
  ];
}

/** Of days counted from the last one of a period. */
export const PERIOD_SIDES: readonly Side[] = [exactly('its last day', 0), exactly('the day after it', 1)];

export function firstDaySides(day: ServiceDate): readonly Side[] {
  return [exactly(`the day before ${formatDate(day)}`, addDays(day, -1)), exactly(formatDate(day), day)];
}

export function lastDaySides(day: ServiceDate): readonly Side[] {
  return [exactly(formatDate(day), day), exactly(`the day after ${formatDate(day)}`, addDays(day, 1))];
}

/** Days of every year, as mmdd. */
export function seasonSides(end: 'from' | 'to', day: number): readonly Side[] {
  const text = `${String(Math.floor(day / 100)).padStart(2, '0')}-${String(day % 100).padStart(2, '0')}`;
  const isIt = (value: number) => value % 10_000 === day;
  const neighbour = (value: number) => addDays(value as ServiceDate, end === 'from' ? 1 : -1);
  return [
    { name: `on ${text}`, holds: isIt },
    {
      name: `the day ${end === 'from' ? 'before' : 'after'} ${text}`,
      holds: value => isIt(neighbour(value)),
    },
  ];
}

/** Before an exact moment of the day, and at it, in seconds. */
export function momentSides(second: number, stepS: number): readonly Side[] {
  const moments = [second - stepS, second].map(at => (at + DAY_S) % DAY_S);
  return moments.map(at => exactly(formatTimeOfDay(at), at));
}

/** `59:59`, `1:30:00`: how long. */
function clockText(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  const two = (value: number) => String(value).padStart(2, '0');
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}
