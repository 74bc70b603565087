/**
 * Records, lines and list entries are tables of numbered codecs, so bytes, NDJSON and validation can never disagree.
 * A field that is not known is kept and written back (RECORDS.md, canonical form).
 */
import { bytesOfHex, hexOfBytes } from '../core/hex.ts';
import { type CborReader, isOneItem } from './cbor-reader.ts';
import type { CborWriter } from './cbor-writer.ts';
import { type Codec, show } from './codec.ts';
import { Malformed } from './malformed.ts';

export interface Field<T> {
  /** The map key on the wire: unique in its struct, never reused. */
  readonly number: number;
  readonly codec: Codec<T>;
  readonly required: boolean;
}

export function required<T>(number: number, codec: Codec<T>): Field<T> {
  return { number, codec, required: true };
}

export function optional<T>(number: number, codec: Codec<T>): Field<T> {
  return { number, codec, required: false };
}

/** Every field of `T` has its number; a field without one does not compile. */
export type Fields<T> = { readonly [Name in keyof T]-?: Field<NonNullable<T[Name]>> };

/** Fields of a later schema, kept as they came: number -> CBOR item in hex. */
export interface Unknown {
  readonly unknown?: Readonly<Record<string, string>>;
}

const MAX_FIELDS = 128;
const MAX_FIELD_NUMBER = 0xffff_ffff;
const MAX_UNKNOWN_BYTES = 4096;

interface NamedField {
  readonly name: string;
  readonly number: number;
  readonly codec: Codec<unknown>;
  readonly required: boolean;
}

/** A map with ascending integer keys. Absent fields are not written; unknown ones are kept and written back. */
export function struct<T extends object>(fields: Fields<T>): Codec<T & Unknown> {
  const named = Object.entries(fields)
    .map(([name, field]) => ({ name, ...(field as Field<unknown>) }))
    .sort((a, b) => a.number - b.number);
  const byNumber = new Map(named.map(field => [field.number, field]));
  const byName = new Map(named.map(field => [field.name, field]));

  return {
    write: (writer, value) => writeStruct(writer, named, value as Record<string, unknown>),
    read: reader => readStruct(reader, named, byNumber) as T & Unknown,
    check: (value, at) => checkStruct(value, at, named, byName) as T & Unknown,
  };
}

type UnknownField = readonly [number: number, item: string];

const NONE: readonly UnknownField[] = [];

function writeStruct(writer: CborWriter, named: readonly NamedField[], value: Record<string, unknown>): void {
  const unknown = value.unknown === undefined ? NONE : unknownFields(value.unknown);
  const start = writer.beginMap(named.length);
  let size = unknown.length;
  let next = 0;
  let at = '';
  try {
    for (let index = 0; index < named.length; index++) {
      const field = named[index];
      const fieldValue = field === undefined ? undefined : value[field.name];
      if (field === undefined || fieldValue === undefined) continue;
      if (next < unknown.length) next = writeUnknownBelow(writer, unknown, next, field.number);
      at = field.name;
      size++;
      writer.integer(field.number);
      field.codec.write(writer, fieldValue);
    }
  } catch (error) {
    // A value that no reader would take is refused by the field's name.
    throw error instanceof Malformed ? new Malformed(error.message, at) : error;
  }
  writeUnknownBelow(writer, unknown, next, Number.POSITIVE_INFINITY);
  if (size > MAX_FIELDS) throw new Malformed(`more than ${MAX_FIELDS} fields`);
  writer.endMap(start, named.length, size);
}

/** Those from `next` on whose turn is before `number`; says which is next then. */
function writeUnknownBelow(
  writer: CborWriter,
  unknown: readonly UnknownField[],
  next: number,
  number: number,
): number {
  let at = next;
  for (let entry = unknown[at]; entry !== undefined && entry[0] < number; entry = unknown[++at]) {
    writer.integer(entry[0]);
    writer.raw(bytesOfHex(entry[1]));
  }
  return at;
}

/** In the order of their numbers, as they stand among the others. */
function unknownFields(unknown: unknown): readonly UnknownField[] {
  const fields = Object.entries(unknown as Record<string, string>);
  return fields.map(([key, item]) => [Number(key), item] as const).sort(([a], [b]) => a - b);
}

function readStruct(
  reader: CborReader,
  named: readonly NamedField[],
  byNumber: ReadonlyMap<number, NamedField>,
): Record<string, unknown> {
  const value: Record<string, unknown> = {};
  const unknown: Record<string, string> = {};
  let last = -1;
  for (let left = reader.map(MAX_FIELDS); left > 0; left--) {
    const number = reader.integer();
    if (number <= last || number > MAX_FIELD_NUMBER)
      throw new Malformed(`field ${number} after field ${last}`, `byte ${reader.offset}`);
    last = number;
    const field = byNumber.get(number);
    if (field === undefined) unknown[String(number)] = hexOfBytes(withinLimit(reader.raw(), number));
    else value[field.name] = field.codec.read(reader);
  }
  demand(value, named, 'record');
  if (Object.keys(unknown).length > 0) value.unknown = unknown;
  return value;
}

function withinLimit(item: Uint8Array, number: number): Uint8Array {
  if (item.length > MAX_UNKNOWN_BYTES) {
    throw new Malformed(
      `unknown field ${number} of ${item.length} bytes where at most ${MAX_UNKNOWN_BYTES} may stand`,
    );
  }
  return item;
}

function checkStruct(
  value: unknown,
  at: string,
  named: readonly NamedField[],
  byName: ReadonlyMap<string, NamedField>,
): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Malformed(`${show(value)} is not an object`, at);
  }
  const checked: Record<string, unknown> = {};
  for (const [name, entry] of Object.entries(value)) {
    const field = byName.get(name);
    if (field !== undefined) checked[name] = field.codec.check(entry, `${at}.${name}`);
    else if (name === 'unknown') checked.unknown = checkUnknown(entry, named, `${at}.unknown`);
    else throw new Malformed('no field of this name', `${at}.${name}`);
  }
  demand(checked, named, at);
  return checked;
}

function checkUnknown(value: unknown, named: readonly NamedField[], at: string): Record<string, string> {
  if (typeof value !== 'object' || value === null) throw new Malformed(`${show(value)} is not an object`, at);
  const checked: Record<string, string> = {};
  for (const [key, item] of Object.entries(value)) {
    const numbered = /^(0|[1-9]\d{0,9})$/.test(key) && Number(key) <= MAX_FIELD_NUMBER;
    const known = named.some(field => field.number === Number(key));
    if (!numbered || known || !isUnknownItem(item)) {
      throw new Malformed('not a field number with one CBOR item in hex', `${at}.${key}`);
    }
    checked[key] = item;
  }
  return checked;
}

function demand(value: Record<string, unknown>, named: readonly NamedField[], at: string): void {
  for (const field of named) {
    if (field.required && value[field.name] === undefined)
      throw new Malformed('missing', `${at}.${field.name}`);
  }
}

function isUnknownItem(item: unknown): item is string {
  if (typeof item !== 'string' || item.length > MAX_UNKNOWN_BYTES * 2) return false;
  return /^([0-9a-f]{2})+$/.test(item) && isOneItem(bytesOfHex(item));
}
