/** When a step happens, by the tariff's clock. */
import {
  addDays,
  type EpochMs,
  formatDate,
  parseInstant,
  parseLocal,
  serviceDateAt,
  type Zone,
} from '../../core/time.ts';

/**
 * `2026-03-02 07:30`, or with its offset `2026-03-02T07:30:00+05:00`; `07:31` alone is that of the day of the step
 * before, or of the next day where it has passed. Undefined for what is none of these.
 */
export function momentOf(zone: Zone, text: string, before: EpochMs | undefined): EpochMs | undefined {
  const whole = parseInstant(text) ?? parseLocal(zone, text);
  if (whole !== undefined || before === undefined) return whole;
  const day = serviceDateAt(zone, 0, before);
  const sameDay = parseLocal(zone, `${formatDate(day)} ${text}`);
  if (sameDay === undefined || sameDay >= before) return sameDay;
  return parseLocal(zone, `${formatDate(addDays(day, 1))} ${text}`);
}
