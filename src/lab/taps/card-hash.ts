/** A number of a card by which its taps are sorted: the same in every process, however its cell is written. */
import { FNV_OF_NOTHING, fnv1a, withUnit } from '../../core/fnv.ts';

/** Below 2^32. */
export function cardHash(card: string): number {
  return mixed(fnv1a(card));
}

const [SPACE, DELETE] = [0x20, 0x7f];

/** Of the cell that stands there in UTF-8, with or without spaces around it. */
export function cardHashIn(bytes: Buffer, from: number, to: number): number {
  let hash = FNV_OF_NOTHING;
  for (let at = from; at < to; at++) {
    const byte = bytes[at] ?? 0;
    // Unicode knows more spaces than one, and more letters: they are for who reads texts.
    if (byte <= SPACE || byte >= DELETE) return cardHash(bytes.toString('utf8', from, to).trim());
    hash = withUnit(hash, byte);
  }
  return mixed(hash);
}

/** At its end: without that its lowest bit is the parity of the card's, the same for whole series. */
function mixed(hash: number): number {
  let mix = hash;
  mix = Math.imul(mix ^ (mix >>> 16), 0x85eb_ca6b);
  mix = Math.imul(mix ^ (mix >>> 13), 0xc2b2_ae35);
  return (mix ^ (mix >>> 16)) >>> 0;
}
