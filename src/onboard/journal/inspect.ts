/** A journal looked at from outside, by whoever does not run the vehicle: nothing is written, nothing is waited for. */
import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Crypto } from '../../core/crypto.ts';
import { TuraError } from '../../core/error.ts';
import type { EpochMs } from '../../core/time.ts';
import { type Database, diskFault, openDatabase } from '../../disk/sqlite.ts';
import { Malformed } from '../../wire/malformed.ts';
import { journalsAside } from './aside.ts';
import { JOURNAL_VERSION } from './file-journal.ts';
import type { Sealed } from './journal.ts';
import { lastSetTimeMs } from './last-set.ts';
import { isDamage, tailOf, whereBroken } from './verify.ts';

export type JournalSeen =
  /** No vehicle has run here yet. */
  | { readonly kind: 'none' }
  /** A validator runs, and nobody else reads its journal. */
  | { readonly kind: 'in-use' }
  | { readonly kind: 'damaged'; readonly what: string }
  | { readonly kind: 'whole'; readonly facts: JournalFacts };

export interface JournalFacts {
  /** As far as they are still kept. */
  readonly records: number;
  readonly waiting: number;
  /** When the oldest that waits was tapped. */
  readonly oldestMs: EpochMs | undefined;
  /** When a clock that had been set was last read for a record. */
  readonly lastSetMs: EpochMs | undefined;
  /** Records that wait in journals set aside. */
  readonly waitingAside: number;
}

/** Throws `TuraError` disk-read-only where there is no right to read it, bad-input for one of another version. */
export function inspectJournal(file: string, crypto: Crypto): JournalSeen {
  if (!existsSync(file)) return { kind: 'none' };
  try {
    const asides = journalsAside(dirname(file)).map(aside => reading(aside, waitingIn));
    const waitingAside = asides.reduce((sum, { waiting }) => sum + waiting, 0);
    return reading(file, database => look(database, crypto, waitingAside));
  } catch (error) {
    if (error instanceof TuraError && error.code === 'state-in-use') return { kind: 'in-use' };
    if (error instanceof Malformed)
      return { kind: 'damaged', what: `its newest record is none: ${error.message}` };
    if (error instanceof Error && isDamage(error)) return { kind: 'damaged', what: error.message };
    throw error;
  }
}

function reading<Value>(file: string, read: (database: Database) => Value): Value {
  // `exclusive`: whoever owns it is not waited for.
  const database = openDatabase(file, {
    what: 'journal',
    mode: 'read',
    exclusive: true,
    version: JOURNAL_VERSION,
  });
  try {
    return read(database);
  } catch (error) {
    throw diskFault(error, file, 'journal');
  } finally {
    database.close();
  }
}

function look(database: Database, crypto: Crypto, waitingAside: number): JournalSeen {
  const check = database.pragma('quick_check(1)', { simple: true });
  if (check !== 'ok')
    return { kind: 'damaged', what: `its file is damaged: ${String(check).split('\n').at(-1)}` };
  const [records = 0, newest = 0] =
    database.prepare<[], [number, number | null]>('SELECT count(*), max(sequence) FROM record').raw().get() ??
    [];
  const broken = whereBroken(tailOf(database, newest ?? 0), crypto);
  if (broken !== undefined) return { kind: 'damaged', what: broken };
  const range = database.prepare<[number, number], Sealed>(
    'SELECT sequence, bytes FROM record WHERE sequence BETWEEN ? AND ? ORDER BY sequence',
  );
  const lastSetMs = lastSetTimeMs(newest ?? 0, (first, last) => range.all(first, last));
  return { kind: 'whole', facts: { records, ...waitingIn(database), lastSetMs, waitingAside } };
}

function waitingIn(database: Database): Pick<JournalFacts, 'waiting' | 'oldestMs'> {
  const first = database
    .prepare<[], { waiting: number; oldestMs: EpochMs }>(
      `SELECT count(*) OVER () AS waiting, atMs AS oldestMs FROM record
       WHERE sequence > coalesce((SELECT value FROM meta WHERE name = 'acknowledged'), 0)
       AND sequence NOT IN (SELECT sequence FROM settled) ORDER BY sequence LIMIT 1`,
    )
    .get();
  return first ?? { waiting: 0, oldestMs: undefined };
}
