/**
 * A bundle read in pieces of any size, with memory for one piece: a validator applies a list that is larger than what
 * it could hold. Every entry is checked as it comes; that all of them were the issuer's is known only at the end.
 */
import { createHash } from 'node:crypto';
import { TuraError } from '../../core/error.ts';
import { CborReader } from '../cbor-reader.ts';
import { Malformed } from '../malformed.ts';
import { type Item, MAX_ITEM_BYTES, readItem } from './bundle.ts';
import { listEnvelope, type WireEnvelope } from './envelope.ts';
import { compareKeys } from './key.ts';

/** `name` is how problems call it: a file, an address. */
export interface BundleSource {
  readonly name: string;
  readonly pieces: Iterable<Uint8Array> | AsyncIterable<Uint8Array>;
}

/** `item` lives only during the call. */
export type TakeItem = (item: Item) => void;

/**
 * Reads and checks all of it; what `take` was given counts only when this settles. `open` is called with the envelope
 * before any item. Throws `TuraError` bad-input for a bundle that is cut, damaged, out of order or not what its
 * envelope says, and whatever the source, `open` or `take` throw.
 */
export async function readBundle(
  { name, pieces }: BundleSource,
  open: (envelope: WireEnvelope) => TakeItem,
): Promise<WireEnvelope> {
  const reader = new BundleReader(name, open);
  for await (const piece of pieces) reader.push(piece);
  return reader.end();
}

/** Reads and checks all of a bundle and keeps nothing of it but its envelope. Throws as `readBundle`. */
export function verifyBundle(source: BundleSource): Promise<WireEnvelope> {
  return readBundle(source, () => () => undefined);
}

const NOTHING = new Uint8Array(0);

class BundleReader {
  readonly #name: string;
  readonly #open: (envelope: WireEnvelope) => TakeItem;
  readonly #hash = createHash('sha256');
  #take: TakeItem = () => undefined;
  #envelope: WireEnvelope | undefined;
  #rest: Uint8Array = NOTHING;
  /** Bytes of the bundle before `#rest`. */
  #passed = 0;
  #entries = 0;
  #lastKey: Uint8Array = NOTHING;

  constructor(name: string, open: (envelope: WireEnvelope) => TakeItem) {
    this.#name = name;
    this.#open = open;
  }

  push(piece: Uint8Array): void {
    // Only where the longest item would fit is an item that does not end an error, and not just a cut piece.
    this.#read(joined(this.#rest, piece), MAX_ITEM_BYTES);
  }

  end(): WireEnvelope {
    this.#read(this.#rest, 1);
    const envelope = this.#envelope;
    if (envelope === undefined) throw this.#wrong('is empty', 'an envelope and its entries');
    if (this.#entries < envelope.count) {
      throw this.#wrong(`ends after ${this.#entries} of ${envelope.count} entries`, 'the whole bundle');
    }
    const rootHash = this.#hash.digest('hex');
    if (rootHash !== envelope.rootHash) {
      throw this.#wrong(
        `its entries have the hash ${rootHash}`,
        `${envelope.rootHash}, as the envelope says`,
      );
    }
    return envelope;
  }

  /** Reads items as long as `room` bytes are left. */
  #read(bytes: Uint8Array, room: number): void {
    let at = 0;
    if (this.#envelope === undefined && bytes.length >= room) at = this.#readEnvelope(bytes);
    const start = at;
    while (at + room <= bytes.length) at += this.#readEntry(bytes.subarray(at), this.#passed + at);
    this.#hash.update(bytes.subarray(start, at));
    this.#passed += at;
    this.#rest = bytes.subarray(at);
  }

  #readEnvelope(bytes: Uint8Array): number {
    const reader = new CborReader(bytes);
    this.#envelope = this.#named('the envelope', () => listEnvelope.read(reader));
    this.#take = this.#open(this.#envelope);
    return reader.offset;
  }

  #readEntry(bytes: Uint8Array, passed: number): number {
    const envelope = this.#envelope;
    if (envelope === undefined) return 0;
    if (this.#entries === envelope.count) {
      throw this.#wrong(`goes on at byte ${passed} after its ${envelope.count} entries`, 'its end there');
    }
    const reader = new CborReader(bytes);
    const item = this.#named(`entry ${this.#entries + 1}, which begins at byte ${passed}`, () => {
      const read = readItem(envelope.kind, envelope.baseVersion !== undefined, reader, bytes);
      if (this.#entries > 0 && compareKeys(this.#lastKey, read.key) >= 0) {
        throw new Malformed('stands twice or out of order');
      }
      return read;
    });
    this.#lastKey = item.key;
    this.#entries += 1;
    this.#take(item);
    return reader.offset;
  }

  #named<T>(what: string, read: () => T): T {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof Malformed)) throw error;
      throw this.#wrong(`${what}: ${error.message}`, 'a list bundle, whole and as it was built');
    }
  }

  #wrong(what: string, expected: string): TuraError {
    return new TuraError('bad-input', `${this.#name}: ${what}`, { where: this.#name, expected });
  }
}

function joined(rest: Uint8Array, piece: Uint8Array): Uint8Array {
  if (rest.length === 0) return piece;
  const bytes = new Uint8Array(rest.length + piece.length);
  bytes.set(rest);
  bytes.set(piece, rest.length);
  return bytes;
}
