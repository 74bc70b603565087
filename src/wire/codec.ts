/**
 * A codec is one type of field: how it stands in CBOR and in JSON, and what is refused. `struct` makes records of them.
 */
import { bytesOfHex, hexOfBytes } from '../core/hex.ts';
import type { CborReader } from './cbor-reader.ts';
import { CborWriter } from './cbor-writer.ts';
import { Malformed } from './malformed.ts';

export interface Codec<T> {
  write(writer: CborWriter, value: T): void;
  read(reader: CborReader): T;
  /** Checks a value that came from JSON. `at` is the field's path, for the refusal. */
  check(value: unknown, at: string): T;
}

export const MAX_TEXT_BYTES = 1024;

export const integer: Codec<number> = {
  write: (writer, value) => writer.integer(value),
  read: reader => reader.integer(),
  check(value, at) {
    if (typeof value === 'number' && Number.isSafeInteger(value)) return value;
    throw new Malformed(`${show(value)} is not a whole number`, at);
  },
};

/** Zero or more: lengths, counters, versions. */
export const count: Codec<number> = {
  write: (writer, value) => writer.integer(notNegative(value)),
  read: reader => notNegative(reader.integer(), `byte ${reader.offset}`),
  check: (value, at) => notNegative(integer.check(value, at), at),
};

function notNegative(value: number, at?: string): number {
  if (value < 0) throw new Malformed(`${value} is below zero`, at);
  return value;
}

/** The brands of core (minor units, moments, dates) are integers on the wire. */
export function branded<T extends number>(codec: Codec<number>): Codec<T> {
  return codec as Codec<number> as Codec<T>;
}

export const text: Codec<string> = {
  write: (writer, value) => writer.text(value, MAX_TEXT_BYTES),
  read: reader => reader.text(MAX_TEXT_BYTES),
  // Its bytes are counted when it is written: every line that is taken in becomes bytes at once.
  check(value, at) {
    if (typeof value === 'string' && value.length <= MAX_TEXT_BYTES) return value;
    throw new Malformed(`${show(value)} is not a text of at most ${MAX_TEXT_BYTES} bytes`, at);
  },
};

/** A byte string of a fixed length, in hex outside CBOR. */
export function hex(length: number): Codec<string> {
  const form = new RegExp(`^[0-9a-f]{${length * 2}}$`);
  function check(value: unknown, at?: string): string {
    if (typeof value === 'string' && form.test(value)) return value;
    throw new Malformed(`${show(value)} is not ${length} bytes in lower-case hex`, at);
  }
  return {
    write(writer, value) {
      if (value.length !== length * 2 || !writer.hex(value)) check(value);
    },
    read(reader) {
      const bytes = reader.byteString(length);
      if (bytes.length !== length) throw new Malformed(`${bytes.length} bytes where ${length} belong`);
      return hexOfBytes(bytes);
    },
    check,
  };
}

/** A byte string of any length up to `most`, as hex. */
export function hexUpTo(most: number): Codec<string> {
  const { write, read, check } = bytes(most);
  return {
    write: (writer, value) => write(writer, check(value, 'bytes')),
    read: reader => hexOfBytes(read(reader)),
    check: (value, at) => hexOfBytes(check(value, at)),
  };
}

/** A byte string of any length up to `most`, in hex outside CBOR. */
export function bytes(most: number): Codec<Uint8Array> {
  function within(value: Uint8Array, at?: string): Uint8Array {
    if (value.length <= most) return value;
    throw new Malformed(`${value.length} bytes where at most ${most} may stand`, at);
  }
  return {
    write: (writer, value) => writer.byteString(within(value)),
    read: reader => reader.byteString(most),
    check(value, at) {
      if (typeof value === 'string' && /^([0-9a-f]{2})*$/.test(value)) return within(bytesOfHex(value), at);
      throw new Malformed(`${show(value)} is not bytes in lower-case hex`, at);
    },
  };
}

/** A word of a closed table; its index travels, so tables only grow at the end. */
export function oneOf<const Word extends string>(words: readonly Word[]): Codec<Word> {
  const indices = new Map(words.map((word, index) => [word, index]));
  return {
    write(writer, value) {
      const index = indices.get(value);
      if (index === undefined) throw new Malformed(`${show(value)} is not one of ${words.join(', ')}`);
      writer.integer(index);
    },
    read(reader) {
      const index = reader.integer();
      const word = words[index];
      if (word === undefined) throw new Malformed(`word ${index} of a table of ${words.length}`);
      return word;
    },
    check(value, at) {
      const word = words.find(candidate => candidate === value);
      if (word !== undefined) return word;
      throw new Malformed(`${show(value)} is not one of ${words.join(', ')}`, at);
    },
  };
}

/** A number from `-most` to `most` that travels as whole units of `1 / scale`: degrees as ten-millionths. */
export function scaled(scale: number, most: number): Codec<number> {
  function within(value: number, at?: string): number {
    if (Math.abs(value) <= most) return value;
    throw new Malformed(`${value} is not between -${most} and ${most}`, at);
  }
  return {
    write: (writer, value) => writer.integer(Math.round(within(value) * scale)),
    read: reader => within(reader.integer() / scale),
    check(value, at) {
      if (typeof value === 'number') return within(value, at);
      throw new Malformed(`${show(value)} is not a number`, at);
    },
  };
}

export function listOf<T>(item: Codec<T>, maxLength: number): Codec<readonly T[]> {
  return {
    write(writer, values) {
      if (values.length > maxLength)
        throw new Malformed(`a list of ${values.length} where at most ${maxLength} may stand`);
      writer.array(values.length);
      for (const value of values) item.write(writer, value);
    },
    read: reader => Array.from({ length: reader.array(maxLength) }, () => item.read(reader)),
    check(value, at) {
      if (!Array.isArray(value) || value.length > maxLength) {
        throw new Malformed(`${show(value)} is not a list of at most ${maxLength}`, at);
      }
      return value.map((entry: unknown, index) => item.check(entry, `${at}[${index}]`));
    },
  };
}

const scratch = new CborWriter();

/** The canonical bytes of one value. Throws `Malformed` for what cannot be written. */
export function encode<T>(codec: Codec<T>, value: T): Uint8Array {
  try {
    codec.write(scratch, value);
    return scratch.take();
  } catch (error) {
    scratch.clear();
    throw error;
  }
}

/** A value as an error message shows it; what is inside an object stays inside. */
export function show(value: unknown): string {
  if (typeof value === 'object' && value !== null) return Array.isArray(value) ? 'a list' : 'an object';
  const shown = JSON.stringify(value) ?? String(value);
  return shown.length > 40 ? `${shown.slice(0, 37)}...` : shown;
}
