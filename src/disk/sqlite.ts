/**
 * SQLite files, opened so that a commit means on disk, and their faults by name. Used by everything that keeps
 * something: the journal and the lists on board, the ledger in the back office.
 */
import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { assert, type FaultCode, TuraError } from '../core/error.ts';

export type { Database } from 'better-sqlite3';

export interface OpenOptions {
  /** What the file is, for whoever meets its fault: 'journal', 'stop list'. */
  readonly what: string;
  /** `write` creates the file and its folder; `read` needs it to be there. */
  readonly mode: 'write' | 'read';
  /** Where one comes from, told to whoever names a file that is not there. */
  readonly madeBy?: string;
  /** One process owns the file; a second one is told so instead of waiting. */
  readonly exclusive?: boolean;
  /** Run once when the file is new, in one transaction with the version. */
  readonly schema?: string;
  /** `user_version` of the file; another one is refused by number. */
  readonly version?: number;
}

const BUSY_MS = 2000;
const READ_CACHE_KB = 16_384;

export function openDatabase(file: string, options: OpenOptions): Database.Database {
  let database: Database.Database | undefined;
  refuseMemory(file, options.what);
  try {
    if (options.mode === 'write') mkdirSync(dirname(file), { recursive: true });
    refuseNoFile(file, options);
    const readonly = options.mode === 'read';
    database = new Database(file, {
      readonly,
      fileMustExist: readonly,
      timeout: options.exclusive ? 0 : BUSY_MS,
    });
    if (!readonly) makeDurable(database, options.exclusive === true);
    else makeQuick(database);
    adopt(database, file, options);
    return database;
  } catch (error) {
    database?.close();
    throw diskFault(error, file, options.what);
  }
}

/** SQLite has one error for all of these. */
function refuseNoFile(file: string, { what, mode, madeBy }: OpenOptions): void {
  const stat = statSync(file, { throwIfNoEntry: false });
  const missing = stat === undefined && mode === 'read';
  if (!missing && !stat?.isDirectory()) return;
  const found = missing ? 'no such file' : 'a folder stands where a file belongs';
  throw new TuraError('bad-input', `${what} ${file}: ${found}`, {
    where: file,
    ...(missing && madeBy !== undefined ? { expected: madeBy } : {}),
  });
}

/** SQLite takes some names for a database in memory: what is kept there is lost, and nobody would have been told. */
function refuseMemory(file: string, what: string): void {
  if (file.trim() !== '' && !/^(:memory:|file:)/i.test(file)) return;
  throw new TuraError('bad-usage', `${what}: '${file}' is no file`, { expected: 'the name of a file' });
}

/**
 * better-sqlite3 is built with a WAL default of NORMAL: `synchronous` reads FULL on a new file and NORMAL after the
 * first write and on every reopen. So it is set on every open, after the journal mode, and read back.
 */
function makeDurable(database: Database.Database, exclusive: boolean): void {
  if (exclusive) database.pragma('locking_mode = EXCLUSIVE');
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  assert(
    database.pragma('synchronous', { simple: true }) === 2,
    'a durable file is open with synchronous=FULL',
  );
}

/**
 * A million entries lie below some megabytes of inner pages, which every look-up walks: they are kept in memory, so that
 * one page is read. Not by mmap: there an error of the disk would end the process.
 */
function makeQuick(database: Database.Database): void {
  database.pragma('query_only = ON');
  database.pragma(`cache_size = -${READ_CACHE_KB}`);
}

function adopt(
  database: Database.Database,
  file: string,
  { what, mode, schema, version }: OpenOptions,
): void {
  const found = database.pragma('user_version', { simple: true });
  if (version === undefined) return;
  if (found === version) {
    if (schema !== undefined) refuseOther(database, file, what, schema);
    return;
  }
  const empty = database.prepare('SELECT count(*) FROM sqlite_schema').pluck().get() === 0;
  if (mode === 'read' || !empty || schema === undefined) {
    throw new TuraError('bad-input', `${file} is no ${what} of this version`, {
      where: file,
      expected: `version ${version}, found ${String(found)}`,
    });
  }
  database.transaction(() => {
    database.exec(schema);
    database.pragma(`user_version = ${version}`);
  })();
}

/** Files of all kinds count their versions from 1: whose tables stand there tells them apart. */
function refuseOther(database: Database.Database, file: string, what: string, schema: string): void {
  const table = /CREATE TABLE (\w+)/.exec(schema)?.[1];
  const stands = database.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?").get(table);
  if (stands !== undefined) return;
  throw new TuraError('bad-input', `${file} is no ${what}`, { where: file, expected: `a ${what}` });
}

const FAULTS: Readonly<Record<string, { readonly code: FaultCode; readonly what: string }>> = {
  SQLITE_FULL: { code: 'disk-full', what: 'the disk is full' },
  ENOSPC: { code: 'disk-full', what: 'the disk is full' },
  SQLITE_READONLY: { code: 'disk-read-only', what: 'the file or its folder is read-only' },
  SQLITE_CANTOPEN: { code: 'disk-read-only', what: 'the file cannot be opened' },
  EACCES: { code: 'disk-read-only', what: 'no right to write here' },
  EPERM: { code: 'disk-read-only', what: 'no right to write here' },
  EROFS: { code: 'disk-read-only', what: 'the file system is read-only' },
  SQLITE_BUSY: { code: 'state-in-use', what: 'another process has it open' },
  SQLITE_LOCKED: { code: 'state-in-use', what: 'another process has it open' },
  SQLITE_NOTADB: { code: 'bad-input', what: 'this is no SQLite file' },
  SQLITE_CORRUPT: { code: 'disk-fault', what: 'the file is damaged' },
  SQLITE_IOERR_LOCK: { code: 'disk-read-only', what: 'the file cannot be locked for writing' },
  SQLITE_IOERR: { code: 'disk-fault', what: 'the disk answered with an error' },
  ENOENT: { code: 'bad-input', what: 'no such file' },
  ENOTDIR: { code: 'bad-input', what: 'a file stands where a folder belongs' },
  EISDIR: { code: 'bad-input', what: 'a folder stands where a file belongs' },
  ENAMETOOLONG: { code: 'bad-input', what: 'the name is too long' },
  EEXIST: { code: 'bad-input', what: 'a file stands where a folder belongs' },
};

/** What a SQLite or file-system error means; anything else is passed on as it is. */
export function diskFault(error: unknown, file: string, what: string): unknown {
  if (error instanceof TuraError || !(error instanceof Error) || !('code' in error)) return error;
  const code = String(error.code);
  // Extended codes refine their first two words: SQLITE_IOERR_FSYNC is an SQLITE_IOERR.
  const fault = FAULTS[code] ?? FAULTS[code.split('_').slice(0, 2).join('_')];
  if (fault === undefined) return error;
  return new TuraError(fault.code, `${what} ${file}: ${fault.what}`, { where: file, cause: error });
}
