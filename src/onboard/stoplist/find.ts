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

/** Undefined is by far the most frequent answer. */
export type Find = (asked: Asked) => readonly StopEntry[] | undefined;

const NAMED = [
  'category',
  'product',
  'issuerKey',
  'device',
] as const satisfies readonly NamedSubject['kind'][];

/** Compiled for one version of the list: a kind of subject that the list does not hold costs nothing at a tap. */
export function finder(database: Database | undefined): Find {
  if (database === undefined) return () => undefined;
  const { first, all } = statements(database);
  const listed = new Set(SUBJECT_KINDS.filter(kind => first(...kindBounds(kind))));
  const named = NAMED.filter(kind => listed.has(kind));
  const ranges = all(...kindBounds('binRange'));
  const from = new Uint8Array(TOKEN_KEY_BYTES);
  const before = beyond(from);

  return asked => {
    let found: StopEntry[] | undefined;
    for (const token of asked.tokens) {
      if (!listed.has(token.kind)) continue;
      writeTokenKey(from, token);
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
  };
}

function isRange(subject: StopEntry['subject']): subject is BinRange {
  return subject.kind === 'binRange';
}

interface Statements {
  readonly first: (from: Uint8Array, before: Uint8Array) => boolean;
  readonly all: (from: Uint8Array, before: Uint8Array) => StopEntry[];
}

function statements(database: Database): Statements {
  const between = database
    .prepare<[Uint8Array, Uint8Array], Uint8Array>('SELECT body FROM entry WHERE key >= ? AND key < ?')
    .pluck();
  return {
    first: (from, before) => between.get(from, before) !== undefined,
    all: (from, before) => between.all(from, before).map(body => stopEntry.read(new CborReader(body))),
  };
}
