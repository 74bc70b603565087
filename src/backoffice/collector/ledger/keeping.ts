/**
 * One batch on its way into the tables, inside its transaction. Spans and sums are gathered over the batch and written
 * once at its end, since they are the same few rows for all of it.
 */
import { bytesOfHex } from '../../../core/hex.ts';
import { riderAmount } from '../../../core/record.ts';
import type { TapIdentity } from '../../../core/tap.ts';
import type { EpochMs } from '../../../core/time.ts';
import type { Database } from '../../../disk/sqlite.ts';
import type { RecordResult } from '../../../wire/answer.ts';
import type { WireRecord } from '../../../wire/record/record.ts';
import type { Judged, Sound, Unsound } from '../judge.ts';
import type { Kept } from './ledger.ts';
import { spansIn } from './spans.ts';

/** Keeps one batch; must be called inside a transaction. */
export type Keeping = (batch: readonly Judged[], receivedAtMs: EpochMs) => Kept;

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

export function keepingIn(database: Database): Keeping {
  const sql = statementsIn(database);
  const spans = spansIn(database);

  function streamOf({ deviceId, epoch }: TapIdentity, streams: Map<string, Stream>): Stream {
    const key = `${epoch}${deviceId}`;
    const known = streams.get(key);
    if (known !== undefined) return known;
    const id =
      sql.findStream.get(deviceId, epoch) ?? Number(sql.addStream.run(deviceId, epoch).lastInsertRowid);
    const stream = { id, deviceId, epoch, arrived: [], sums: new Map(), highest: spans.highest(id) };
    streams.set(key, stream);
    return stream;
  }

  function keepSound(sound: Sound, stream: Stream, receivedAtMs: EpochMs): RecordResult {
    const { record, bytes, hash } = sound;
    const { sequence } = record;
    const prevHash = record.prevHash === undefined ? null : bytesOfHex(record.prevHash);
    const added = sql.addRecord.run(stream.id, sequence, hash, prevHash, receivedAtMs, bytes).changes;
    if (added === 0) return keepAgain(sound, stream, receivedAtMs);
    checkLinks(stream, sequence, hash, prevHash);
    addUp(stream.sums, record);
    stream.arrived.push(sequence);
    stream.highest = Math.max(stream.highest, sequence);
    stream.newest = { sequence, hash };
    return { result: 'new' };
  }

  function keepAgain({ record, bytes, hash }: Sound, stream: Stream, receivedAtMs: EpochMs): RecordResult {
    const held = sql.heldHash.get(stream.id, record.sequence);
    if (held !== undefined && same(held, hash)) return { result: 'same' };
    sql.addConflict.run(stream.id, record.sequence, hash, receivedAtMs, bytes);
    return { result: 'conflict', why: 'this identity is held with another hash' };
  }

  function keepUnsound(
    { claims, hash, why, bytes }: Unsound,
    stream: Stream | undefined,
    at: EpochMs,
  ): RecordResult {
    const sequence = claims?.sequence;
    sql.addQuarantine.run(hash, stream?.id ?? null, sequence ?? null, why, at, bytes);
    // Sequences count from 1: a claim of 0 stands nowhere in the sequence.
    if (sequence !== undefined && sequence > 0) stream?.arrived.push(sequence);
    return { result: 'quarantined', why };
  }

  /** Compares the new record with its neighbours on both sides: the later one may have come first. */
  function checkLinks(stream: Stream, sequence: number, hash: Uint8Array, prevHash: Uint8Array | null): void {
    if (prevHash !== null) {
      const { newest } = stream;
      const before =
        newest?.sequence === sequence - 1 ? newest.hash : sql.heldHash.get(stream.id, sequence - 1);
      if (before !== undefined && !same(before, prevHash)) sql.addBrokenLink.run(stream.id, sequence);
    }
    if (sequence >= stream.highest) return;
    const named = sql.heldPrevHash.get(stream.id, sequence + 1) ?? null;
    if (named !== null && !same(named, hash)) sql.addBrokenLink.run(stream.id, sequence + 1);
  }

  return (batch, receivedAtMs) => {
    const streams = new Map<string, Stream>();
    const results = batch.map(judged => {
      if (judged.kind === 'sound') return keepSound(judged, streamOf(judged.record, streams), receivedAtMs);
      const stream = judged.claims === undefined ? undefined : streamOf(judged.claims, streams);
      return keepUnsound(judged, stream, receivedAtMs);
    });
    const acknowledged = Array.from(streams.values(), stream => {
      spans.hold(stream.id, stream.arrived);
      for (const [currency, sums] of stream.sums) {
        sql.addSums.run(stream.id, currency, sums.records, sums.accepted, sums.declined, sums.riderMinor);
      }
      return { deviceId: stream.deviceId, epoch: stream.epoch, through: spans.through(stream.id) };
    });
    return { results, acknowledged };
  };
}

function addUp(sums: Map<string, Sums>, record: WireRecord): void {
  const currency = record.currency ?? '';
  const sum = sums.get(currency) ?? { records: 0, accepted: 0, declined: 0, riderMinor: 0 };
  sum.records += 1;
  if (record.decision === 'accepted') sum.accepted += 1;
  if (record.decision === 'declined') sum.declined += 1;
  sum.riderMinor += riderAmount(record.lines);
  sums.set(currency, sum);
}

function same(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}

function statementsIn(database: Database) {
  return {
    findStream: database
      .prepare<[string, string], number>('SELECT id FROM stream WHERE device_id = ? AND epoch = ?')
      .pluck(),
    addStream: database.prepare<[string, string]>('INSERT INTO stream (device_id, epoch) VALUES (?, ?)'),
    addRecord: database.prepare<[number, number, Uint8Array, Uint8Array | null, number, Uint8Array]>(
      `INSERT INTO record (stream, sequence, hash, prev_hash, received_at_ms, bytes) VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT (stream, sequence) DO NOTHING`,
    ),
    heldHash: database
      .prepare<[number, number], Uint8Array>('SELECT hash FROM record WHERE stream = ? AND sequence = ?')
      .pluck(),
    heldPrevHash: database
      .prepare<[number, number], Uint8Array | null>(
        'SELECT prev_hash FROM record WHERE stream = ? AND sequence = ?',
      )
      .pluck(),
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
    addSums: database.prepare<[number, string, number, number, number, number]>(
      `INSERT INTO tally VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (stream, currency) DO UPDATE SET
         records = records + excluded.records,
         accepted = accepted + excluded.accepted,
         declined = declined + excluded.declined,
         rider_minor = rider_minor + excluded.rider_minor`,
    ),
  };
}
