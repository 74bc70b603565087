/**
 * A time zone's offsets, worked out once when a tariff is compiled: the Temporal polyfill manages tens of thousands of
 * conversions a second, a tap must not wait for one.
 */
import { Temporal } from 'temporal-polyfill';
import { epoch, type Zone } from '../time.ts';

/** Covers every tap the product may meet; before and after, the nearest known offset holds. */
const FROM = '2015-01-01T00:00Z';
const TO = '2050-01-01T00:00Z';

/** Undefined when there is no such IANA zone. */
export function compileZone(name: string): Zone | undefined {
  let at: Temporal.ZonedDateTime;
  try {
    at = Temporal.Instant.from(FROM).toZonedDateTimeISO(name);
  } catch {
    return undefined;
  }
  const end = Temporal.Instant.from(TO).epochMilliseconds;
  const untilMs: number[] = [];
  const offsetsMs = [at.offsetNanoseconds / 1e6];
  for (;;) {
    const next = at.getTimeZoneTransition('next');
    if (next === null || next.epochMilliseconds >= end) return { name, untilMs, offsetsMs };
    untilMs.push(epoch(next.epochMilliseconds));
    offsetsMs.push(next.offsetNanoseconds / 1e6);
    at = next;
  }
}
