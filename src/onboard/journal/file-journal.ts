/** The journal in one SQLite file: see `journal.ts` for what it promises. */
import type { Crypto } from '../../core/crypto.ts';
import { TuraError } from '../../core/error.ts';
import type { RiderState } from '../../core/fare/rider.ts';
import { hexOfBytes } from '../../core/hex.ts';
import { type JournalRecord, RECORD_SCHEMA, type RecordBody } from '../../core/record.ts';
import type { Realm, Token } from '../../core/tap.ts';
import { DAY_MS, type EpochMs } from '../../core/time.ts';
import type { RiderUpdate } from '../../core/validator/event.ts';
import { type Database, diskFault, openDatabase } from '../../disk/sqlite.ts';
import { readableRecord, recordBytes } from '../../wire/record/record.ts';
import type { Journal, JournalTotals, Sealed } from './journal.ts';
import { RIDER_SCHEMA, Riders, riderRow } from './riders.ts';
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

export const JOURNAL_VERSION = 1;

/**
 * A tap costs one row: the record, and beside it the state its rider is in from then on. States are moved to `rider`
 * many at a time; until then they are in memory, and after a kill they are read back from the rows beyond the mark.
 * `settled` holds acknowledged sequences beyond the cumulative mark: the outbox is what is above that and not in it.
 */
const SCHEMA = `
  CREATE TABLE meta(name TEXT PRIMARY KEY, value NOT NULL) WITHOUT ROWID;
  CREATE TABLE record(sequence INTEGER PRIMARY KEY, atMs INTEGER NOT NULL, bytes BLOB NOT NULL, token BLOB, state TEXT);
  CREATE TABLE settled(sequence INTEGER PRIMARY KEY);
  ${RIDER_SCHEMA}
`;

const WHAT = 'journal';

export function openJournal(file: string, options: JournalOptions): Journal {
  const database = openDatabase(file, {
    what: WHAT,
    mode: 'write',
    exclusive: true,
    schema: SCHEMA,
    version: JOURNAL_VERSION,
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
  readonly #riders: Riders;
  #sequence: number;
  #acknowledged: number;
  #prevHash: string | undefined;
  /** What went wrong between two taps. */
  #fault: unknown;
  /** The newest record, whose hash nobody has needed yet. */
  #unchained: Uint8Array | undefined;

  constructor(database: Database, file: string, options: JournalOptions) {
    this.#database = database;
    this.#file = file;
    this.#crypto = options.crypto;
    this.#statements = prepare(database);
    this.#riders = new Riders(database);
    const { deviceId, realm, firmware, random } = options;
    const epoch = this.#once('epoch', () => hexOfBytes(random(8)));
    const owner = this.#once('deviceId', () => deviceId);
    if (owner !== deviceId) {
      const what = `journal ${file}: it belongs to device ${owner}`;
      throw new TuraError('bad-input', what, { where: file, expected: `the journal of ${deviceId}` });
    }
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
    if (this.#fault !== undefined) throw this.#fault;
    const sequence = this.#sequence + 1;
    const record = this.#seal(body, sequence);
    const bytes = recordBytes(record);
    const row = rider === undefined ? undefined : riderRow(rider);
    this.#guarded(() => {
      this.#statements.insert.run(
        sequence,
        record.eventTimeMs,
        bytes,
        row?.token ?? null,
        row?.state ?? null,
      );
    });
    this.#sequence = sequence;
    this.#unchained = bytes;
    if (rider !== undefined && row !== undefined) this.#riders.remember(rider, row);
    // A rider waits for the commit, not for its hash, nor for the states of others: that is for the pause between two.
    setImmediate(() => this.#tidy());
    return record;
  }

  /** The body last: a clone of its forty fields that grows by nine takes ten times as long, at every tap. */
  #seal(body: RecordBody, sequence: number): JournalRecord {
    this.#chain();
    return { sequence, prevHash: this.#prevHash, ...this.#envelope, ...body };
  }

  #tidy(): void {
    this.#chain();
    if (!this.#database.open) return;
    try {
      this.#riders.settle(this.#sequence);
    } catch (error) {
      // Nobody stands here to be told: whoever taps next is, and nothing is taken before.
      this.#fault = diskFault(error, this.#file, WHAT);
    }
  }

  #chain(): void {
    if (this.#unchained === undefined) return;
    this.#prevHash = this.#hash(this.#unchained);
    this.#unchained = undefined;
  }

  rider(token: Token): RiderState | undefined {
    return this.#riders.get(token);
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
    const release = this.#database.transaction(() => {
      for (const sequence of sequences) {
        if (sequence > this.#acknowledged && sequence <= this.#sequence) settle.run(sequence);
      }
      let mark = this.#acknowledged;
      while (isSettled.get(mark + 1) !== undefined) mark++;
      unsettle.run(mark);
      setMeta.run('acknowledged', mark);
      return mark;
    });
    // The mark moves only when it is on disk.
    this.#acknowledged = this.#guarded(release);
  }

  #guarded<Value>(work: () => Value): Value {
    try {
      return work();
    } catch (error) {
      throw diskFault(error, this.#file, WHAT);
    }
  }

  range(first: number, last: number): readonly Sealed[] {
    return this.#statements.range.all(first, last);
  }

  totals(): JournalTotals {
    const tally = new JournalTally(this.#meta('forgotten'));
    addAll(tally, this.#statements.range.iterate(1, this.#sequence));
    return tally.totals();
  }

  close(): void {
    this.#riders.close();
    this.#database.close();
  }

  /** Acknowledged records that are old enough go; their totals stay, so that both sides can still be compared. */
  #forget(keepDays: number): void {
    const newest = this.lastEventTimeMs();
    if (newest === undefined) return;
    const before = newest - keepDays * DAY_MS;
    const old = this.#statements.old.all(this.#acknowledged, before, before);
    if (old.length === 0) return;
    this.#database.transaction(() => {
      const tally = new JournalTally(this.#meta('forgotten'));
      addAll(tally, old);
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
    insert: database.prepare<[number, number, Uint8Array, Uint8Array | null, string | null]>(
      'INSERT INTO record(sequence, atMs, bytes, token, state) VALUES (?, ?, ?, ?, ?)',
    ),
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
    old: database.prepare<[number, number, number], Sealed>(
      `SELECT sequence, bytes FROM record WHERE sequence <= ? AND atMs < ?
       AND sequence < (SELECT min(sequence) FROM record WHERE atMs >= ?) ORDER BY sequence`,
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

function addAll(tally: JournalTally, records: Iterable<Sealed>): void {
  for (const { bytes } of records) {
    const record = readableRecord(bytes);
    if (record !== undefined) tally.add(record);
  }
}
