/**
 * Most cards stand in no list, and asking the disk for what is not there costs a rider as much as finding it. A screen
 * answers 'surely not' from memory (a Bloom filter); whatever it lets through is asked of the exact list, so that it
 * never decides by itself. It is filled in the pauses after opening, and until it is full it lets everything through.
 */

/** Of a token's key: the token stands behind its kind and key id, and is an HMAC: its bytes are hashes already. */
const TOKEN_AT = 5;
const PROBES = 4;
/** With four probes, one in 400 that are not listed is let through. */
const BITS_PER_ENTRY = 16;
const AT_ONCE = 500;

export interface Screen {
  /** False: surely not listed. `key` is that of a token. */
  mayHold(key: Uint8Array): boolean;
  add(key: Uint8Array): void;
  /** Before its source closes. */
  close(): void;
}

/** The keys of tokens beyond `after` in their order, at most `limit`. */
export type Keys = (after: Uint8Array, limit: number) => readonly Uint8Array[];

export function screen(keys: Keys, entries: number): Screen {
  const bits = new Bits(entries * BITS_PER_ENTRY);
  let filled = false;
  let pause: NodeJS.Immediate | undefined;

  function fill(after: Uint8Array): void {
    const found = readable(keys, after);
    for (const key of found ?? []) bits.add(key);
    const last = found?.at(-1);
    if (last === undefined) filled = found !== undefined;
    else pause = setImmediate(fill, last).unref();
  }

  pause = setImmediate(fill, new Uint8Array()).unref();
  return {
    mayHold: key => !filled || bits.mayHold(key),
    add: key => bits.add(key),
    close: () => clearImmediate(pause),
  };
}

/** A list that cannot be read is no fault of whoever screens it: the exact look-up says so to whom it concerns. */
function readable(keys: Keys, after: Uint8Array): readonly Uint8Array[] | undefined {
  try {
    return keys(after, AT_ONCE);
  } catch {
    return undefined;
  }
}

class Bits {
  readonly #words: Uint32Array;
  readonly #mask: number;

  constructor(atLeast: number) {
    const size = 2 ** Math.ceil(Math.log2(Math.max(atLeast, 1024)));
    this.#words = new Uint32Array(size >>> 5);
    this.#mask = size - 1;
  }

  add(key: Uint8Array): void {
    for (let probe = 0; probe < PROBES; probe++) {
      const bit = this.#bitOf(key, probe);
      this.#words[bit >>> 5] = (this.#words[bit >>> 5] ?? 0) | (1 << (bit & 31));
    }
  }

  mayHold(key: Uint8Array): boolean {
    for (let probe = 0; probe < PROBES; probe++) {
      const bit = this.#bitOf(key, probe);
      if (((this.#words[bit >>> 5] ?? 0) & (1 << (bit & 31))) === 0) return false;
    }
    return true;
  }

  #bitOf(key: Uint8Array, probe: number): number {
    const at = TOKEN_AT + probe * 4;
    const word =
      ((key[at] ?? 0) << 24) | ((key[at + 1] ?? 0) << 16) | ((key[at + 2] ?? 0) << 8) | (key[at + 3] ?? 0);
    return word & this.#mask;
  }
}
