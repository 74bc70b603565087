/** A stop-list entry in bytes, and the key under which it stands in a list. */
import {
  type BinRange,
  isBinRange,
  isSubjectName,
  type NamedSubject,
  type Scope,
  STOP_EFFECTS,
  STOP_REASONS,
  type StopEntry,
  SUBJECT_KINDS,
  SUBJECT_SHAPES,
  type Subject,
  type SubjectShape,
  type TokenSubject,
} from '../../core/list/stop-entry.ts';
import { branded, type Codec, count, encode, hex, integer, listOf, oneOf, text } from '../codec.ts';
import { Malformed } from '../malformed.ts';
import { optional, required, struct, type Unknown } from '../struct.ts';
import { binRangeKey, nameKey, tokenKeyBytes } from './key.ts';

/** All shapes in one table of numbers; which fields belong to a kind is its shape's. */
type AnySubject = { readonly kind: Subject['kind'] } & Partial<
  Omit<TokenSubject, 'kind'> & Omit<BinRange, 'kind'> & Omit<NamedSubject, 'kind'>
>;

const anySubject = struct<AnySubject>({
  kind: required(1, oneOf(SUBJECT_KINDS)),
  keyId: optional(2, count),
  value: optional(3, hex(16)),
  from: optional(4, text),
  to: optional(5, text),
  name: optional(6, text),
});

const FIELDS_OF_SHAPE = {
  token: ['keyId', 'value'],
  'bin-range': ['from', 'to'],
  name: ['name'],
} as const satisfies Record<SubjectShape, readonly (keyof AnySubject)[]>;

const subject: Codec<Subject> = {
  write: (writer, value) => anySubject.write(writer, shaped(value)),
  read: reader => shaped(anySubject.read(reader)),
  check: (value, at) => shaped(anySubject.check(value, at)),
};

function shaped(value: AnySubject & Unknown): Subject {
  const shape = SUBJECT_SHAPES[value.kind];
  const fields: readonly string[] = FIELDS_OF_SHAPE[shape];
  const present = Object.keys(value).filter(name => name !== 'kind' && name !== 'unknown');
  if (present.length !== fields.length || present.some(name => !fields.includes(name))) {
    throw new Malformed(`a subject of kind ${value.kind} with ${present.join(', ') || 'nothing'}`);
  }
  if (value.from !== undefined && value.to !== undefined && !isBinRange(value.from, value.to)) {
    throw new Malformed(`the BIN range ${value.from} to ${value.to}`);
  }
  if (value.name !== undefined && !isSubjectName(value.name)) throw new Malformed(`the name '${value.name}'`);
  // The fields of its shape are all there and no other is, which is what the union says.
  return value as Subject;
}

const words = listOf(text, 32);

const scope = struct<Scope>({
  application: optional(1, text),
  carriers: optional(2, words),
  modes: optional(3, words),
});

const fields = struct<StopEntry>({
  subject: required(1, subject),
  effect: required(2, oneOf(STOP_EFFECTS)),
  reason: required(3, oneOf(STOP_REASONS)),
  treatAs: optional(4, text),
  scope: optional(5, scope),
  validFrom: optional(6, branded(integer)),
  validTo: optional(7, branded(integer)),
  riderText: optional(8, text),
});

export const stopEntry: Codec<StopEntry & Unknown> = {
  write: (writer, value) => fields.write(writer, checked(value)),
  read: reader => checked(fields.read(reader)),
  check: (value, at) => checked(fields.check(value, at)),
};

function checked(entry: StopEntry & Unknown): StopEntry & Unknown {
  if ((entry.effect === 'treat-as') !== (entry.treatAs !== undefined)) {
    throw new Malformed(`the effect ${entry.effect} with treatAs ${entry.treatAs}`);
  }
  return entry;
}

const BLOCKS = 0;
const ALLOWS = 1;

/** The subject, the side (block or allow) and the scope: an entry is known by these, and a list holds each once. */
export function stopEntryKey(entry: StopEntry): Uint8Array {
  const whom = subjectKey(entry.subject);
  const where = entry.scope === undefined ? NOWHERE : encode(scope, entry.scope);
  const key = new Uint8Array(whom.length + 1 + where.length);
  key.set(whom);
  key[whom.length] = entry.effect === 'allow' ? ALLOWS : BLOCKS;
  key.set(where, whom.length + 1);
  return key;
}

const NOWHERE = new Uint8Array(0);

/** What the keys of all entries for one subject begin with, and no other key does. */
export function subjectKey(value: Subject): Uint8Array {
  switch (value.kind) {
    case 'binRange':
      return binRangeKey(value);
    case 'category':
    case 'product':
    case 'issuerKey':
    case 'device':
      return nameKey(value);
    default:
      return tokenKeyBytes(value);
  }
}
