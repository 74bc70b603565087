/**
 * One batch on its way into the tables, inside its transaction. Spans and sums are gathered over the batch and written
 * once at its end, since they are the same few rows for all of it.
 */
import { bytesOfHex } from '../../../core/hex.ts';
import { takenFromRider } from '../../../core/record.ts';
import type { TapIdentity } from '../../../core/tap.ts';
import type { EpochMs } from '../../../core/time.ts';
import type { Database } from '../../../disk/sqlite.ts';
import type { RecordResult } from '../../../wire/answer.ts';
import type { WireRecord } from '../../../wire/record/record.ts';
import type { Judged, Sound, Unsound } from '../judge.ts';
import type { Kept } from './ledger.ts';
import { type Spans, spansIn } from './spans.ts';

/** A device's epoch as far as this batch touches it. */
interface Stream {
  readonly id: number;
  readonly deviceId: string;
  readonly epoch: string;
  /** Sequences of this batch, to be marked as arrived. */
  readonly arrived: number[];
  readonly sums: Map<string, Sums>;
  /** The highest sequence that arrived so far. */
  highest: number;
  /** The newest record of this batch, so that its successor need not look it up. */
  newest?: { readonly sequence: number; readonly hash: Uint8Array };
}

interface Sums {
  records: number;
  accepted: number;
  declined: number;
  riderMinor: number;
}

type Statements = ReturnType<typeof statementsIn>;

/** What keeps one batch; it must be called inside a transaction. */
export function keepingIn(database: Database): (batch: readonly Judged[], receivedAtMs: EpochMs) => Kept {
  const statements = statementsIn(database);
  const spans = spansIn(database);
  return (batch, receivedAtMs) => new Keeping(statements, spans, receivedAtMs).keep(batch);
}

class Keeping {
  readonly #sql: Statements;
  readonly #spans: Spans;
  readonly #receivedAtMs: EpochMs;
  readonly #streams = new Map<string, Stream>();

  constructor(statements: Statements, spans: Spans, receivedAtMs: EpochMs) {
    this.#sql = statements;
    this.#spans = spans;
    this.#receivedAtMs = receivedAtMs;
  }

  keep(batch: readonly Judged[]): Kept {
    const results = batch.map(judged =>
      judged.kind === 'sound' ? this.#keepSound(judged) : this.#keepUnsound(judged),
    );
    return { results, acknowledged: Array.from(this.#streams.values(), stream => this.#close(stream)) };
  }

  #streamOf({ deviceId, epoch }: TapIdentity): Stream {
    const key = `${epoch}${deviceId}`;
    const known = this.#streams.get(key);
    if (known !== undefined) return known;
    const { findStream, addStream } = this.#sql;
    const id = findStream.get(deviceId, epoch) ?? Number(addStream.run(deviceId, epoch).lastInsertRowid);
    const highest = this.#spans.highest(id);
    const stream = { id, deviceId, epoch, arrived: [], sums: new Map(), highest };
    this.#streams.set(key, stream);
    return stream;
  }

  #keepSound(sound: Sound): RecordResult {
    const { record, bytes, hash } = sound;
    const stream = this.#streamOf(record);
    const { sequence } = record;
    const prevHash = record.prevHash === undefined ? null : bytesOfHex(record.prevHash);
    const row = [stream.id, sequence, hash, prevHash, this.#receivedAtMs, bytes] as const;
    if (this.#sql.addRecord.run(...row).changes === 0) return this.#keepAgain(sound, stream);
    this.#checkLinks(stream, sequence, hash, prevHash);
    addUp(stream.sums, record);
    stream.arrived.push(sequence);
    stream.highest = Math.max(stream.highest, sequence);
    stream.newest = { sequence, hash };
    return { result: 'new' };
  }

  #keepAgain({ record, bytes, hash }: Sound, stream: Stream): RecordResult {
    const held = this.#sql.heldHash.get(stream.id, record.sequence);
    if (held !== undefined && same(held, hash)) return { result: 'same' };
    this.#sql.addConflict.run(stream.id, record.sequence, hash, this.#receivedAtMs, bytes);
    return { result: 'conflict', why: 'this identity is held with another hash' };
  }

  #keepUnsound({ claims, hash, why, bytes }: Unsound): RecordResult {
    const stream = claims === undefined ? undefined : this.#streamOf(claims);
    const sequence = claims?.sequence;
    this.#sql.addQuarantine.run(hash, stream?.id ?? null, sequence ?? null, why, this.#receivedAtMs, bytes);
    // Sequences count from 1: a claim of 0 stands nowhere in the sequence.
    if (sequence !== undefined && sequence > 0) stream?.arrived.push(sequence);
    return { result: 'quarantined', why };
  }

  /** Compares the new record with its neighbours on both sides: the later one may have come first. */
  #checkLinks(stream: Stream, sequence: number, hash: Uint8Array, prevHash: Uint8Array | null): void {
    const { heldHash, heldPrevHash, addBrokenLink } = this.#sql;
    if (prevHash !== null) {
      const { newest } = stream;
      const before = newest?.sequence === sequence - 1 ? newest.hash : heldHash.get(stream.id, sequence - 1);
      if (before !== undefined && !same(before, prevHash)) addBrokenLink.run(stream.id, sequence);
    }
    if (sequence >= stream.highest) return;
    const named = heldPrevHash.get(stream.id, sequence + 1);
    if (named !== undefined && !same(named, hash)) addBrokenLink.run(stream.id, sequence + 1);
  }

  /** Writes what the batch gathered for one stream. */
  #close({ id, deviceId, epoch, arrived, sums }: Stream): Kept['acknowledged'][number] {
    this.#spans.hold(id, arrived);
    for (const [currency, { records, accepted, declined, riderMinor }] of sums) {
      this.#sql.addSums.run(id, currency, records, accepted, declined, riderMinor);
    }
    return { deviceId, epoch, through: this.#spans.through(id) };
  }
}

function addUp(sums: Map<string, Sums>, record: WireRecord): void {
  const currency = record.currency ?? '';
  const sum = sums.get(currency) ?? { records: 0, accepted: 0, declined: 0, riderMinor: 0 };
  sum.records += 1;
  if (record.decision === 'accepted') sum.accepted += 1;
  if (record.decision === 'declined') sum.declined += 1;
  sum.riderMinor += takenFromRider(record);
  sums.set(currency, sum);
}

function same(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}

function statementsIn(database: Database) {
  return { ...ledgerStatements(database), ...apartStatements(database) };
}

function ledgerStatements(database: Database) {
  const held = (column: string) =>
    database.prepare<[number, number], Uint8Array>(
      `SELECT ${column} FROM record WHERE stream = ? AND sequence = ? AND ${column} IS NOT NULL`,
    );
  return {
    findStream: database
      .prepare<[string, string], number>('SELECT id FROM stream WHERE device_id = ? AND epoch = ?')
      .pluck(),
    addStream: database.prepare<[string, string]>('INSERT INTO stream (device_id, epoch) VALUES (?, ?)'),
    addRecord: database.prepare<
      [id: number, sequence: number, hash: Uint8Array, prev: Uint8Array | null, at: number, bytes: Uint8Array]
    >(
      `INSERT INTO record (stream, sequence, hash, prev_hash, received_at_ms, bytes) VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT (stream, sequence) DO NOTHING`,
    ),
    heldHash: held('hash').pluck(),
    heldPrevHash: held('prev_hash').pluck(),
    addSums: database.prepare<[number, string, number, number, number, number]>(
      `INSERT INTO tally VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (stream, currency) DO UPDATE SET
         records = records + excluded.records,
         accepted = accepted + excluded.accepted,
         declined = declined + excluded.declined,
         rider_minor = rider_minor + excluded.rider_minor`,
    ),
  };
}

/** What is kept apart from the ledger, each thing once however often it comes. */
function apartStatements(database: Database) {
  return {
    addConflict: database.prepare<[number, number, Uint8Array, number, Uint8Array]>(
      `INSERT INTO conflict (stream, sequence, hash, received_at_ms, bytes) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT (stream, sequence, hash) DO NOTHING`,
    ),
    addQuarantine: database.prepare<[Uint8Array, number | null, number | null, string, number, Uint8Array]>(
      `INSERT INTO quarantine (hash, stream, sequence, why, received_at_ms, bytes) VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT (hash) DO NOTHING`,
    ),
    addBrokenLink: database.prepare<[number, number]>(
      'INSERT INTO broken_link VALUES (?, ?) ON CONFLICT DO NOTHING',
    ),
  };
}
