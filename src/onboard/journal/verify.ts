/**
 * Whether a journal's file still holds what was committed. After a fault of the disk the page cache may lie: what a
 * sync failed to write reads back all the same and is gone with the power. So nothing is only read: the log's pages are
 * written into the table file anew and synced, and a commit of its own must succeed, before anything is compared.
 */
import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Crypto } from '../../core/crypto.ts';
import { TuraError } from '../../core/error.ts';
import { hexOfBytes } from '../../core/hex.ts';
import { type Database, diskFault, openDatabase } from '../../disk/sqlite.ts';
import { readRecord } from '../../wire/record/record.ts';
import type { Sealed } from './journal.ts';

/** The newest record that was said to be written. */
export interface Committed {
  readonly epoch: string;
  /** 0 in a journal without records. */
  readonly sequence: number;
  readonly bytes: Uint8Array | undefined;
}

/** Records whose chain is looked at: a fault spoils what was written last. */
const TAIL = 64;

/**
 * Undefined when everything is there and the disk takes a commit; otherwise what was lost, in words. Throws `TuraError`
 * disk-full, disk-read-only, disk-fault or state-in-use as long as the disk fails: then nothing is known.
 */
export function verifyJournal(file: string, committed: Committed, crypto: Crypto): string | undefined {
  if (!existsSync(file)) {
    if (existsSync(dirname(file))) return 'its file is gone';
    // A card that was taken out comes back as it was: that is no lost journal.
    throw new TuraError('disk-fault', `journal ${file}: its folder is gone`, { where: file });
  }
  let database: Database | undefined;
  try {
    database = openDatabase(file, { what: 'journal', mode: 'write', exclusive: true });
    database.pragma('wal_checkpoint(TRUNCATE)');
    const lost = whatIsLost(database, committed, crypto);
    if (lost === undefined) commitAnew(database, committed);
    return lost;
  } catch (error) {
    if (isDamage(error)) return 'its file is damaged';
    throw diskFault(error, file, 'journal');
  } finally {
    database?.close();
  }
}

function whatIsLost(database: Database, committed: Committed, crypto: Crypto): string | undefined {
  const epoch = database.prepare("SELECT value FROM meta WHERE name = 'epoch'").pluck().get();
  if (epoch !== committed.epoch) return 'another journal stands in its place';
  if (committed.bytes === undefined) return undefined;
  const tail = tailOf(database, committed.sequence);
  const hash = (bytes: Uint8Array) => hexOfBytes(crypto.sha256(bytes));
  const [newest] = tail;
  if (newest?.sequence !== committed.sequence) return `record ${committed.sequence} is gone`;
  if (hash(newest.bytes) !== hash(committed.bytes)) return `record ${committed.sequence} is another`;
  return whereBroken(tail, crypto);
}

/** The newest records up to `sequence`, the newest first. */
export function tailOf(database: Database, sequence: number): readonly Sealed[] {
  return database
    .prepare<[number, number], Sealed>(
      'SELECT sequence, bytes FROM record WHERE sequence <= ? ORDER BY sequence DESC LIMIT ?',
    )
    .all(sequence, TAIL);
}

/** Undefined where each record of a tail holds the hash of the one before it. */
export function whereBroken(tail: readonly Sealed[], crypto: Crypto): string | undefined {
  const hash = (bytes: Uint8Array) => hexOfBytes(crypto.sha256(bytes));
  const broken = tail.find((record, index) => {
    const before = tail[index + 1];
    return before !== undefined && !follows(record, before, hash);
  });
  return broken === undefined ? undefined : `the record before ${broken.sequence} is another, or gone`;
}

/** From the newest back: what is read here was found to be what was written, by the hash in the record after it. */
function follows(record: Sealed, before: Sealed, hash: (bytes: Uint8Array) => string): boolean {
  return record.sequence === before.sequence + 1 && readRecord(record.bytes).prevHash === hash(before.bytes);
}

/**
 * What failed was never said to be written, and its rider was told to tap again: it must not come back out of the log
 * as a second charge.
 */
function commitAnew(database: Database, { sequence }: Committed): void {
  database.transaction(() => {
    database.prepare('DELETE FROM record WHERE sequence > ?').run(sequence);
    database
      .prepare(
        `INSERT INTO meta(name, value) VALUES ('verified', ?) ON CONFLICT(name) DO UPDATE SET value = excluded.value`,
      )
      .run(sequence);
  })();
}

/** What no waiting mends. An empty file has none of the tables: to SQLite that is an error like any other. */
export function isDamage(error: unknown): boolean {
  const cause = error instanceof TuraError ? error.cause : error;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  return /^SQLITE_(CORRUPT|NOTADB|ERROR)/.test(code);
}
