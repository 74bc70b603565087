/** How a card's state is laid out: its head, what may be there, and the ages that fit. */
import { dayOfDate, type ServiceDate } from '../../time.ts';

/** Twice this, what is said around it and its codes: 245 bytes a tap (DEVICES.md 2). */
export const MAX_STATE_BYTES = 72;

export const VERSION = 1;
export const FIRST_DAY = dayOfDate(20200101 as ServiceDate);
export const FIRST_MS = FIRST_DAY * 86_400_000;
export const MAX_SECONDS = 0xffff_ffff;
export const MAX_DAY = 0xffff;
/** Three bits each: passes to come, passes in use, transfer windows, caps, programmes. */
export const MAX_OF_A_KIND = 7;

/** Bits of the second head byte and the third: what is there. */
export const PRESENT = [
  'isBlocked', 'expiry', 'categoryExpiry', 'loyalty', 'loyaltyBlocked', 'loyaltyExpiry', 'redeems', 'lastRide',
  'quota', 'purse', 'journey', 'left', 'journeyStop', 'leftStop', 'journeyNetwork', 'deposit',
] as const; // biome-ignore format: two bytes
export type Present = (typeof PRESENT)[number];

/** The counter alone, wherever a state is read that need not be understood; undefined for what is none. */
export function counterIn(bytes: Uint8Array): number | undefined {
  if (bytes[0] !== VERSION || bytes.length > MAX_STATE_BYTES) return undefined;
  return ((bytes[1] ?? 0) << 16) | ((bytes[2] ?? 0) << 8) | (bytes[3] ?? 0);
}
