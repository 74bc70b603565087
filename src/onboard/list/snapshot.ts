/**
 * A list as a vehicle reads it: one version from opening until it asks for a newer one, so that the version stamped on
 * a record is the one that was looked into.
 */
import { existsSync } from 'node:fs';
import { TuraError } from '../../core/error.ts';
import { type Freshness, freshnessAt, type ListKind } from '../../core/list/envelope.ts';
import type { EpochMs } from '../../core/time.ts';
import type { Database } from '../../disk/sqlite.ts';
import type { WireEnvelope } from '../../wire/list/envelope.ts';
import { openTable, type Standing, standingOf } from './table.ts';

/** What every list on board says of itself. */
export interface AppliedList {
  /** Absent where no list was ever applied: then nothing is known and the freshness is `missing`. */
  readonly version: number | undefined;
  readonly envelope: WireEnvelope | undefined;
  readonly count: number;
  /** `atMs` is the corrected time. */
  freshness(atMs: EpochMs): Freshness;
  /** Goes over to what was applied since; true when that is another version. */
  refresh(): boolean;
  close(): void;
}

export interface ListSnapshot extends AppliedList {
  /** Absent where no list was ever applied. */
  readonly database: Database | undefined;
}

/** A file that is not there yet is an empty list that says `missing`. Throws `TuraError` for one that is no list. */
export function openSnapshot(file: string, kind: ListKind): ListSnapshot {
  let database: Database | undefined;
  let standing: Standing | undefined;

  function begin(): void {
    if (database === undefined && existsSync(file)) database = openTable(file, kind, 'read');
    // In WAL mode a transaction that has read sees that version until it ends, whatever is applied meanwhile.
    database?.exec('BEGIN');
    standing = database === undefined ? undefined : standingOf(database);
    if (standing !== undefined && standing.envelope.kind !== kind) {
      close();
      const { listId, kind: found } = standing.envelope;
      throw new TuraError('bad-input', `${file} holds ${listId}, a list of kind ${found}`, {
        where: file,
        expected: kind,
      });
    }
  }

  function close(): void {
    database?.close();
    database = undefined;
  }

  begin();
  return {
    get database() {
      return database;
    },
    get envelope() {
      return standing?.envelope;
    },
    get version() {
      return standing?.envelope.version;
    },
    get count() {
      return standing?.entries ?? 0;
    },
    freshness: atMs => freshnessAt(standing?.envelope, atMs),
    refresh() {
      const before = standing?.envelope.version;
      database?.exec('COMMIT');
      begin();
      return standing?.envelope.version !== before;
    },
    close,
  };
}
