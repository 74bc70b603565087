/** The ledger in one SQLite file. */
import { TuraError } from '../../../core/error.ts';
import { diskFault, openDatabase } from '../../../disk/sqlite.ts';
import { keepingIn } from './keeping.ts';
import type { Ledger } from './ledger.ts';
import { reportsIn } from './reports.ts';
import { LEDGER_SCHEMA, LEDGER_VERSION } from './schema.ts';

const LEDGER = { what: 'ledger', schema: LEDGER_SCHEMA, version: LEDGER_VERSION } as const;

/** What a ledger holds, for whoever only reads it: the collector goes on meanwhile. Throws as `openDatabase`. */
export function readLedger(file: string): Pick<Ledger, 'records' | 'totals' | 'close'> {
  const database = openDatabase(file, { ...LEDGER, mode: 'read', madeBy: 'what tura collect writes' });
  const reports = reportsIn(database);
  return {
    records: async query => reports.records(query),
    totals: async () => reports.totals(),
    async close() {
      database.close();
    },
  };
}

/**
 * Opens the ledger in `file`, making it and its folder when they are not there.
 * Throws `TuraError` bad-input (no ledger, or of another version), disk-read-only, state-in-use or disk-fault.
 */
export function openLedger(file: string): Ledger {
  const database = openDatabase(file, { ...LEDGER, mode: 'write' });
  const keep = database.transaction(keepingIn(database)).immediate;
  const reports = reportsIn(database);
  let broken: TuraError | undefined;

  /** A disk that failed once may have lost what it still shows: nothing more is taken until a new open verifies it. */
  function named(error: unknown): unknown {
    const fault = diskFault(error, file, 'ledger');
    if (fault instanceof TuraError && fault.code === 'disk-fault') broken = fault;
    return fault;
  }

  async function guarded<Value>(work: () => Value): Promise<Value> {
    if (broken !== undefined) throw broken;
    try {
      return work();
    } catch (error) {
      throw named(error);
    }
  }

  return {
    keep: (batch, receivedAtMs) => guarded(() => keep(batch, receivedAtMs)),
    records: query => guarded(() => reports.records(query)),
    totals: () => guarded(() => reports.totals()),
    gaps: limit => guarded(() => reports.gaps(limit)),
    quarantine: page => guarded(() => reports.quarantine(page)),
    conflicts: page => guarded(() => reports.conflicts(page)),
    fault: () => broken,
    async close() {
      database.close();
    },
  };
}
