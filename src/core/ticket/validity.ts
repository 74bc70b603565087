/** Whether a genuine ticket is good here and now. Pure, and the same at the reader and at the desk. */
import { type Action, type Clock, correctedTime, type Place } from '../tap.ts';
import type { EpochMs } from '../time.ts';
import type { PresentedTicket } from './ticket.ts';

export type TicketRefusal = 'ticket-early' | 'ticket-expired' | 'ticket-elsewhere' | 'ticket-not-live';

export interface Presentation {
  /** As read, never corrected. */
  readonly atMs: EpochMs;
  readonly clock: Clock;
  readonly place: Pick<Place, 'zoneIds'>;
  readonly action: Action;
}

/**
 * Undefined: it is good. A clock that was never set knows no moments and an unknown stop no zones: what the tariff does
 * with such a tap, it does with a ticket's.
 */
export function ticketRefusal(
  { validFrom, validTo, zones, holder, provenAt }: PresentedTicket,
  { atMs, clock, place, action }: Presentation,
): TicketRefusal | undefined {
  if (holder !== undefined && provenAt === undefined) return 'ticket-not-live';
  if (clock.state !== 'unset') {
    const nowMs = correctedTime(atMs, clock);
    // Who boarded in time may leave.
    if (action !== 'exit' && nowMs < validFrom) return 'ticket-early';
    if (action !== 'exit' && nowMs >= validTo) return 'ticket-expired';
    const apartMs = Math.abs(nowMs - (provenAt ?? nowMs));
    if (holder !== undefined && apartMs > holder.goodForS * 1000 + clock.uncertaintyMs)
      return 'ticket-not-live';
  }
  const { zoneIds } = place;
  if (zones === undefined || zoneIds === undefined || zoneIds.some(zone => zones.includes(zone)))
    return undefined;
  return 'ticket-elsewhere';
}
