/** The entries that name what is asked, whether they hold or not; the verdict is core's. */
import {
  type BinRange,
  type NamedSubject,
  type StopEntry,
  SUBJECT_KINDS,
} from '../../core/list/stop-entry.ts';
import { type Asked, inBinRange } from '../../core/list/verdict.ts';
import type { Database } from '../../disk/sqlite.ts';
import { CborReader } from '../../wire/cbor-reader.ts';
import { beyond, kindBounds, nameKey, TOKEN_KEY_BYTES, writeTokenKey } from '../../wire/list/key.ts';
import { stopEntry } from '../../wire/list/stop-entry.ts';
import { type Keys, screen } from '../list/screen.ts';

export interface Find {
  /** Undefined is by far the most frequent answer. */
  entriesOn(asked: Asked): readonly StopEntry[] | undefined;
  /** Before the list goes over to another version, or closes. */
  close(): void;
}

const EMPTY: Find = { entriesOn: () => undefined, close: () => undefined };

const NAMED = [
  'category',
  'product',
  'issuerKey',
  'device',
] as const satisfies readonly NamedSubject['kind'][];

/** Compiled for one version of the list: a kind of subject that the list does not hold costs nothing at a tap. */
export function finder(database: Database | undefined, entries: number): Find {
  if (database === undefined) return EMPTY;
  const { first, all, keys } = statements(database);
  const listed = new Set(SUBJECT_KINDS.filter(kind => first(...kindBounds(kind))));
  const named = NAMED.filter(kind => listed.has(kind));
  const ranges = all(...kindBounds('binRange'));
  const from = new Uint8Array(TOKEN_KEY_BYTES);
  const before = beyond(from);
  const screened = screen(keys, entries);

  function entriesOn(asked: Asked): readonly StopEntry[] | undefined {
    let found: StopEntry[] | undefined;
    for (const token of asked.tokens) {
      if (!listed.has(token.kind)) continue;
      writeTokenKey(from, token);
      if (!screened.mayHold(from)) continue;
      before.set(from);
      if (first(from, before)) found = (found ?? []).concat(all(from, before));
    }
    for (const kind of named) {
      const name = asked[kind];
      if (name === undefined) continue;
      const key = nameKey({ kind, name });
      if (first(key, beyond(key))) found = (found ?? []).concat(all(key, beyond(key)));
    }
    const { bin } = asked;
    if (bin === undefined || ranges.length === 0) return found;
    return (found ?? []).concat(ranges.filter(({ subject }) => isRange(subject) && inBinRange(bin, subject)));
  }
  return { entriesOn, close: screened.close };
}

function isRange(subject: StopEntry['subject']): subject is BinRange {
  return subject.kind === 'binRange';
}

interface Statements {
  readonly first: (from: Uint8Array, before: Uint8Array) => boolean;
  readonly all: (from: Uint8Array, before: Uint8Array) => StopEntry[];
  readonly keys: Keys;
}

function statements(database: Database): Statements {
  const between = database
    .prepare<[Uint8Array, Uint8Array], Uint8Array>('SELECT body FROM entry WHERE key >= ? AND key < ?')
    .pluck();
  const beyondKey = database
    .prepare<[Uint8Array, number], Uint8Array>('SELECT key FROM entry WHERE key > ? ORDER BY key LIMIT ?')
    .pluck();
  return {
    keys: (after, limit) => beyondKey.all(after, limit),
    first: (from, before) => between.get(from, before) !== undefined,
    all: (from, before) => between.all(from, before).map(body => stopEntry.read(new CborReader(body))),
  };
}
