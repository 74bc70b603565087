/**
 * How a list stands in its SQLite file: one table of entries under their keys, and the envelope that made it so. A
 * file holds one list; its realm, issuer and id are those of the first bundle for ever.
 */
import type { ListKind } from '../../core/list/envelope.ts';
import { type Database, openDatabase } from '../../disk/sqlite.ts';
import { CborReader } from '../../wire/cbor-reader.ts';
import { listEnvelope, type WireEnvelope } from '../../wire/list/envelope.ts';

const SCHEMA = `
  CREATE TABLE entry (key BLOB PRIMARY KEY, body BLOB NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE list (one INTEGER PRIMARY KEY CHECK (one = 1), envelope BLOB NOT NULL, entries INTEGER NOT NULL) STRICT;
`;
const VERSION = 1;

const NAMES = {
  'stop-list': 'stop list',
  entitlements: 'card list',
  actions: 'action list',
} as const satisfies Record<ListKind, string>;

export function openTable(file: string, kind: ListKind, mode: 'read' | 'write'): Database {
  return openDatabase(file, { what: NAMES[kind], mode, schema: SCHEMA, version: VERSION });
}

/** The list as it stands: the newest envelope, and how many entries there are now. */
export interface Standing {
  readonly envelope: WireEnvelope;
  readonly entries: number;
}

export function standingOf(database: Database): Standing | undefined {
  const row = database.prepare<[], { envelope: Uint8Array; entries: number }>('SELECT * FROM list').get();
  if (row === undefined) return undefined;
  return { envelope: listEnvelope.read(new CborReader(row.envelope)), entries: row.entries };
}
