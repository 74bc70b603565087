/**
 * A time zone's offsets, worked out once when a tariff is compiled: the Temporal polyfill manages tens of thousands of
 * conversions a second, a tap must not wait for one.
 */
import { Temporal } from 'temporal-polyfill';
import { BEYOND_DAYS, DAY_MS, dayOfDate, epoch, FIRST_DAY, type Zone } from '../time.ts';

/** Before and after, the nearest known offset holds: nothing is priced there. */
const FROM_MS = dayOfDate(FIRST_DAY) * DAY_MS;
const TO_MS = dayOfDate(BEYOND_DAYS) * DAY_MS;

/** Each name is worked out once: a bench compiles a tariff many times over. */
const compiled = new Map<string, Zone>();

/** Undefined when there is no such IANA zone. */
export function compileZone(name: string): Zone | undefined {
  const known = compiled.get(name) ?? transitionsOf(name);
  if (known !== undefined) compiled.set(name, known);
  return known;
}

function transitionsOf(name: string): Zone | undefined {
  let at: Temporal.ZonedDateTime;
  try {
    at = Temporal.Instant.fromEpochMilliseconds(FROM_MS).toZonedDateTimeISO(name);
  } catch {
    return undefined;
  }
  const untilMs: number[] = [];
  const offsetsMs = [at.offsetNanoseconds / 1e6];
  for (;;) {
    const next = at.getTimeZoneTransition('next');
    if (next === null || next.epochMilliseconds >= TO_MS) return { name, untilMs, offsetsMs };
    untilMs.push(epoch(next.epochMilliseconds));
    offsetsMs.push(next.offsetNanoseconds / 1e6);
    at = next;
  }
}
