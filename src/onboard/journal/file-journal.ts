/** The journal in one SQLite file: see `journal.ts` for what it promises. */
import type { Crypto } from '../../core/crypto.ts';
import { assert } from '../../core/error.ts';
import type { RiderState } from '../../core/fare/rider.ts';
import { bytesOfHex, hexOfBytes } from '../../core/hex.ts';
import { type JournalRecord, RECORD_SCHEMA, type RecordBody } from '../../core/record.ts';
import { type Realm, TOKEN_KINDS, type Token } from '../../core/tap.ts';
import { DAY_MS, type EpochMs } from '../../core/time.ts';
import { type Database, diskFault, openDatabase } from '../../disk/sqlite.ts';
import { readRecord, recordBytes } from '../../wire/record/record.ts';
import type { Journal, JournalTotals, RiderUpdate, Sealed } from './journal.ts';
import { JournalTally } from './tally.ts';

export interface JournalOptions {
  readonly deviceId: string;
  readonly realm: Realm;
  readonly firmware: string;
  readonly crypto: Crypto;
  /** Draws the epoch of a new journal and the name of this start: 8 bytes each. */
  readonly random: (length: number) => Uint8Array;
  /** How long acknowledged records are kept, so that a range can be sent again. Default 14 days. */
  readonly keepDays?: number;
}

const VERSION = 1;

/**
 * `settled` holds acknowledged sequences beyond the cumulative mark: the outbox is what is above the mark and not in it,
 * so that a record costs one row to write and none to queue.
 */
const SCHEMA = `
  CREATE TABLE meta(name TEXT PRIMARY KEY, value NOT NULL) WITHOUT ROWID;
  CREATE TABLE record(sequence INTEGER PRIMARY KEY, atMs INTEGER NOT NULL, bytes BLOB NOT NULL);
  CREATE TABLE settled(sequence INTEGER PRIMARY KEY);
  CREATE TABLE rider(token BLOB PRIMARY KEY, state TEXT NOT NULL) WITHOUT ROWID;
`;

const WHAT = 'journal';

export function openJournal(file: string, options: JournalOptions): Journal {
  const database = openDatabase(file, {
    what: WHAT,
    mode: 'write',
    exclusive: true,
    schema: SCHEMA,
    version: VERSION,
  });
  try {
    return new FileJournal(database, file, options);
  } catch (error) {
    database.close();
    throw diskFault(error, file, WHAT);
  }
}

class FileJournal implements Journal {
  readonly #database: Database;
  readonly #file: string;
  readonly #crypto: Crypto;
  readonly #envelope: Omit<JournalRecord, keyof RecordBody | 'sequence' | 'prevHash'>;
  readonly #statements: ReturnType<typeof prepare>;
  #sequence: number;
  #acknowledged: number;
  #prevHash: string | undefined;

  constructor(database: Database, file: string, options: JournalOptions) {
    this.#database = database;
    this.#file = file;
    this.#crypto = options.crypto;
    this.#statements = prepare(database);
    const { deviceId, realm, firmware, random } = options;
    const epoch = this.#once('epoch', () => hexOfBytes(random(8)));
    const owner = this.#once('deviceId', () => deviceId);
    assert(owner === deviceId, `${file} is the journal of ${owner}, not of ${deviceId}`);
    this.#envelope = {
      schema: RECORD_SCHEMA,
      realm,
      deviceId,
      epoch,
      firmware,
      bootId: hexOfBytes(random(8)),
    };
    this.#acknowledged = Number(this.#meta('acknowledged') ?? 0);
    const last = this.#statements.last.get();
    this.#sequence = last?.sequence ?? this.#acknowledged;
    this.#prevHash = last === undefined ? undefined : this.#hash(last.bytes);
    this.#forget(options.keepDays ?? 14);
  }

  next() {
    const { deviceId, epoch } = this.#envelope;
    return { deviceId, epoch, sequence: this.#sequence + 1 };
  }

  append(body: RecordBody, rider?: RiderUpdate): JournalRecord {
    const sequence = this.#sequence + 1;
    const sealed = { ...this.#envelope, ...body, sequence };
    const record: JournalRecord =
      this.#prevHash === undefined ? sealed : { ...sealed, prevHash: this.#prevHash };
    const bytes = recordBytes(record);
    this.#commit(sequence, record.eventTimeMs, bytes, rider);
    this.#sequence = sequence;
    this.#prevHash = this.#hash(bytes);
    return record;
  }

  #commit(sequence: number, atMs: EpochMs, bytes: Uint8Array, rider: RiderUpdate | undefined): void {
    const { begin, insert, remember, commit, rollback } = this.#statements;
    try {
      if (rider === undefined) {
        insert.run(sequence, atMs, bytes);
        return;
      }
      begin.run();
      insert.run(sequence, atMs, bytes);
      remember.run(tokenBytes(rider.token), JSON.stringify(rider.state));
      commit.run();
    } catch (error) {
      if (this.#database.inTransaction) rollback.run();
      throw diskFault(error, this.#file, WHAT);
    }
  }

  rider(token: Token): RiderState | undefined {
    const state = this.#statements.rider.get(tokenBytes(token));
    return state === undefined ? undefined : (JSON.parse(state) as RiderState);
  }

  lastEventTimeMs(): EpochMs | undefined {
    return this.#statements.last.get()?.atMs;
  }

  outbox(limit: number): readonly Sealed[] {
    return this.#statements.outbox.all(this.#acknowledged, limit);
  }

  outboxSize(): number {
    return this.#sequence - this.#acknowledged - Number(this.#statements.settledCount.get());
  }

  acknowledge(sequences: readonly number[]): void {
    const { settle, isSettled, unsettle, setMeta } = this.#statements;
    this.#guarded(() => {
      for (const sequence of sequences) {
        if (sequence > this.#acknowledged && sequence <= this.#sequence) settle.run(sequence);
      }
      let mark = this.#acknowledged;
      while (isSettled.get(mark + 1) !== undefined) mark++;
      unsettle.run(mark);
      setMeta.run('acknowledged', mark);
      return mark;
    });
  }

  /** In one transaction; the mark moves only when it is on disk. */
  #guarded(work: () => number): void {
    try {
      this.#acknowledged = this.#database.transaction(work)();
    } catch (error) {
      throw diskFault(error, this.#file, WHAT);
    }
  }

  range(first: number, last: number): readonly Sealed[] {
    return this.#statements.range.all(first, last);
  }

  totals(): JournalTotals {
    const tally = new JournalTally(this.#meta('forgotten'));
    for (const { bytes } of this.#statements.range.iterate(1, this.#sequence)) tally.add(readRecord(bytes));
    return tally.totals();
  }

  close(): void {
    this.#database.close();
  }

  /** Acknowledged records that are old enough go; their totals stay, so that both sides can still be compared. */
  #forget(keepDays: number): void {
    const newest = this.lastEventTimeMs();
    if (newest === undefined) return;
    const old = this.#statements.old.all(this.#acknowledged, newest - keepDays * DAY_MS);
    if (old.length === 0) return;
    this.#database.transaction(() => {
      const tally = new JournalTally(this.#meta('forgotten'));
      for (const { bytes } of old) tally.add(readRecord(bytes));
      this.#statements.setMeta.run('forgotten', JSON.stringify(tally.totals()));
      this.#statements.forget.run(old.at(-1)?.sequence ?? 0);
    })();
  }

  #meta(name: string): string | number | undefined {
    return this.#statements.meta.get(name);
  }

  /** A value that is drawn when the journal is new and stands for ever. */
  #once(name: string, draw: () => string): string {
    const found = this.#meta(name);
    if (found !== undefined) return String(found);
    const drawn = draw();
    this.#statements.setMeta.run(name, drawn);
    return drawn;
  }

  #hash(bytes: Uint8Array): string {
    return hexOfBytes(this.#crypto.sha256(bytes));
  }
}

interface Row extends Sealed {
  readonly atMs: EpochMs;
}

function prepare(database: Database) {
  return {
    begin: database.prepare<[]>('BEGIN IMMEDIATE'),
    commit: database.prepare<[]>('COMMIT'),
    rollback: database.prepare<[]>('ROLLBACK'),
    insert: database.prepare<[number, number, Uint8Array]>(
      'INSERT INTO record(sequence, atMs, bytes) VALUES (?, ?, ?)',
    ),
    remember: database.prepare<[Uint8Array, string]>(
      'INSERT INTO rider(token, state) VALUES (?, ?) ON CONFLICT(token) DO UPDATE SET state = excluded.state',
    ),
    rider: database.prepare<[Uint8Array], string>('SELECT state FROM rider WHERE token = ?').pluck(),
    last: database.prepare<[], Row>(
      'SELECT sequence, atMs, bytes FROM record ORDER BY sequence DESC LIMIT 1',
    ),
    outbox: database.prepare<[number, number], Sealed>(
      `SELECT sequence, bytes FROM record WHERE sequence > ? AND sequence NOT IN (SELECT sequence FROM settled)
       ORDER BY sequence LIMIT ?`,
    ),
    range: database.prepare<[number, number], Sealed>(
      'SELECT sequence, bytes FROM record WHERE sequence BETWEEN ? AND ? ORDER BY sequence',
    ),
    old: database.prepare<[number, number], Sealed>(
      `SELECT sequence, bytes FROM record WHERE sequence <= ? AND atMs < ?
       AND sequence < (SELECT min(sequence) FROM record WHERE atMs >= ?2) ORDER BY sequence`,
    ),
    forget: database.prepare<[number]>('DELETE FROM record WHERE sequence <= ?'),
    settle: database.prepare<[number]>('INSERT OR IGNORE INTO settled(sequence) VALUES (?)'),
    isSettled: database.prepare<[number], number>('SELECT 1 FROM settled WHERE sequence = ?').pluck(),
    unsettle: database.prepare<[number]>('DELETE FROM settled WHERE sequence <= ?'),
    settledCount: database.prepare<[], number>('SELECT count(*) FROM settled').pluck(),
    meta: database.prepare<[string], string | number>('SELECT value FROM meta WHERE name = ?').pluck(),
    setMeta: database.prepare<[string, string | number]>(
      'INSERT INTO meta(name, value) VALUES (?, ?) ON CONFLICT(name) DO UPDATE SET value = excluded.value',
    ),
  };
}

/** Kind, key and value: what tells one token from another, in 20 bytes. */
function tokenBytes(token: Token): Uint8Array {
  const bytes = new Uint8Array(20);
  bytes[0] = TOKEN_KINDS.indexOf(token.kind);
  bytes[1] = token.keyId >>> 16;
  bytes[2] = token.keyId >>> 8;
  bytes[3] = token.keyId;
  bytes.set(bytesOfHex(token.value), 4);
  return bytes;
}
