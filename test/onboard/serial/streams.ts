/** Streams of bytes for parsers: cut anywhere, they must say the same. */
import * as fc from 'fast-check';

export const bytesOf = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'latin1'));

/** Gives `take` the stream in pieces that end at these places, in any order and number. */
export function inPieces(
  stream: Uint8Array,
  cuts: readonly number[],
  take: (piece: Uint8Array) => void,
): void {
  const places = [...cuts.map(cut => cut % (stream.length + 1)), 0, stream.length].sort((a, b) => a - b);
  for (let index = 1; index < places.length; index++) {
    take(stream.subarray(places[index - 1] ?? 0, places[index]));
  }
}

export const someCuts = fc.array(fc.nat({ max: 4000 }), { maxLength: 8 });

/** What is said between noise, in any order; `parts`: whole frames and fragments of them. */
export function streamsOf(parts: readonly string[]): fc.Arbitrary<Uint8Array> {
  const noise = fc.uint8Array({ maxLength: 12 });
  const part = fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...parts).map(bytesOf) },
    { weight: 1, arbitrary: noise.map(bytes => Uint8Array.from(bytes)) },
  );
  return fc.array(part, { maxLength: 12 }).map(list => Uint8Array.from(Buffer.concat(list)));
}
