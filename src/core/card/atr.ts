/**
 * What a contactless reader's ATR says of the card. PC/SC part 3 (3.1.3.2.3) makes the ATR up: a storage card carries
 * its application identifier in the historical bytes, a card with applications carries its own ATS there.
 */
import type { CardForm } from './face.ts';

/** `80` compact TLV, `4F` application identifier of 12 bytes, then the RID of the PC/SC workgroup. */
const STORAGE_CARD: readonly number[] = [0x80, 0x4f, 0x0c, 0xa0, 0x00, 0x00, 0x03, 0x06];

/**
 * Never refuses: readers are known for wrong check bytes, and a rider must not stand outside for the reader's sake.
 * What does not name itself a storage card is asked as a card with applications.
 */
export function formOfAtr(atr: Uint8Array): CardForm {
  const start = historicalStart(atr);
  return STORAGE_CARD.every((byte, index) => atr[start + index] === byte) ? 'storage' : 'iso14443-4';
}

/** ISO 7816-3, 8.2: the high nibble of T0 and of each TD announces which of TA, TB, TC, TD follow. */
function historicalStart(atr: Uint8Array): number {
  let announcer = 1;
  for (;;) {
    const follow = (atr[announcer] ?? 0) >>> 4;
    const next = announcer + bitsSet(follow);
    if ((follow & 0b1000) === 0) return next + 1;
    announcer = next;
  }
}

function bitsSet(nibble: number): number {
  return (nibble & 1) + ((nibble >>> 1) & 1) + ((nibble >>> 2) & 1) + (nibble >>> 3);
}
