/** What a ledger says of itself. Sums stand ready in `tally`; nothing here reads the records. */
import { hexOfBytes } from '../../../core/hex.ts';
import type { EpochMs } from '../../../core/time.ts';
import type { Database } from '../../../disk/sqlite.ts';
import type {
  ConflictEntry,
  DeviceTotals,
  Gap,
  HeldRecord,
  Ledger,
  LedgerTotals,
  QuarantineEntry,
  RecordQuery,
  Tally,
} from './ledger.ts';

type Reports = {
  readonly [Name in 'records' | 'totals' | 'gaps' | 'quarantine' | 'conflicts']: (
    ...given: Parameters<Ledger[Name]>
  ) => Awaited<ReturnType<Ledger[Name]>>;
};

export function reportsIn(database: Database): Reports {
  return {
    records: recordsIn(database),
    totals: totalsIn(database),
    gaps: gapsIn(database),
    quarantine: quarantineIn(database),
    conflicts: conflictsIn(database),
  };
}

function recordsIn(database: Database): Reports['records'] {
  const stream = database
    .prepare<[string, string], number>('SELECT id FROM stream WHERE device_id = ? AND epoch = ?')
    .pluck();
  const records = database.prepare<[number, number, number], HeldRecord>(
    'SELECT sequence, bytes FROM record WHERE stream = ? AND sequence >= ? ORDER BY sequence LIMIT ?',
  );
  return ({ deviceId, epoch, from, limit }: RecordQuery) => {
    const id = stream.get(deviceId, epoch);
    return id === undefined ? undefined : records.all(id, from, limit);
  };
}

type StreamRow = Omit<DeviceTotals, keyof Tally> & { readonly id: number; readonly missing: number };
type SumRow = Omit<Tally, 'riderMinor'> & {
  readonly stream: number;
  readonly currency: string;
  readonly riderMinor: number;
};

function totalsIn(database: Database): Reports['totals'] {
  const streams = database.prepare<[], StreamRow>(`
    SELECT id, device_id AS deviceId, epoch,
      coalesce((SELECT last FROM span WHERE stream = id AND first = 1), 0) AS through,
      coalesce((SELECT max(last) FROM span WHERE stream = id), 0) AS highest,
      coalesce((SELECT max(last) - sum(last - first + 1) FROM span WHERE stream = id), 0) AS missing,
      (SELECT count(*) FROM quarantine WHERE stream = stream.id) AS quarantined,
      (SELECT count(*) FROM conflict WHERE stream = stream.id) AS conflicts,
      (SELECT count(*) FROM broken_link WHERE stream = stream.id) AS brokenLinks
    FROM stream ORDER BY device_id, id`);
  const sums = database.prepare<[], SumRow>(
    'SELECT stream, currency, records, accepted, declined, rider_minor AS riderMinor FROM tally',
  );
  const quarantined = database.prepare<[], number>('SELECT count(*) FROM quarantine').pluck();

  return () => {
    const rows = sums.all();
    const byStream = new Map<number, SumRow[]>();
    for (const row of rows) byStream.set(row.stream, [...(byStream.get(row.stream) ?? []), row]);
    const found = streams.all();
    return {
      ...tallyOf(rows),
      // Pieces that claim no identity belong to no device.
      quarantined: quarantined.get() ?? 0,
      conflicts: sum(found, row => row.conflicts),
      brokenLinks: sum(found, row => row.brokenLinks),
      missing: sum(found, row => row.missing),
      devices: found.map(({ id, missing: _, ...row }) => ({ ...row, ...tallyOf(byStream.get(id) ?? []) })),
    } satisfies LedgerTotals;
  };
}

function tallyOf(rows: readonly SumRow[]): Tally {
  const riderMinor: Record<string, number> = {};
  for (const { currency, riderMinor: amount } of rows) {
    if (currency !== '') riderMinor[currency] = (riderMinor[currency] ?? 0) + amount;
  }
  return {
    records: sum(rows, row => row.records),
    accepted: sum(rows, row => row.accepted),
    declined: sum(rows, row => row.declined),
    riderMinor,
  };
}

function sum<Row>(rows: readonly Row[], of: (row: Row) => number): number {
  return rows.reduce((total, row) => total + of(row), 0);
}

function gapsIn(database: Database): Reports['gaps'] {
  const gaps = database.prepare<[number], Gap>(`
    SELECT device_id AS deviceId, epoch, after + 1 AS first, before - 1 AS last
    FROM (SELECT stream, first AS before, lag(last, 1, 0) OVER (PARTITION BY stream ORDER BY first) AS after FROM span)
    JOIN stream ON stream.id = stream
    WHERE after + 1 < before
    ORDER BY device_id, stream.id, first LIMIT ?`);
  return limit => gaps.all(limit);
}

interface QuarantineRow {
  readonly id: number;
  readonly why: string;
  readonly receivedAtMs: EpochMs;
  readonly bytes: Uint8Array;
  readonly deviceId: string | null;
  readonly epoch: string | null;
  readonly sequence: number | null;
}

function quarantineIn(database: Database): Reports['quarantine'] {
  const entries = database.prepare<[number, number], QuarantineRow>(`
    SELECT quarantine.id, why, received_at_ms AS receivedAtMs, bytes, device_id AS deviceId, epoch, sequence
    FROM quarantine LEFT JOIN stream ON stream.id = quarantine.stream
    WHERE quarantine.id > ? ORDER BY quarantine.id LIMIT ?`);
  return ({ after, limit }) => entries.all(after, limit).map(quarantineEntry);
}

function quarantineEntry({ deviceId, epoch, sequence, ...entry }: QuarantineRow): QuarantineEntry {
  if (deviceId === null || epoch === null || sequence === null) return entry;
  return { ...entry, claims: { deviceId, epoch, sequence } };
}

interface ConflictRow {
  readonly id: number;
  readonly receivedAtMs: EpochMs;
  readonly bytes: Uint8Array;
  readonly deviceId: string;
  readonly epoch: string;
  readonly sequence: number;
  readonly hash: Uint8Array;
  readonly heldHash: Uint8Array;
}

function conflictsIn(database: Database): Reports['conflicts'] {
  const entries = database.prepare<[number, number], ConflictRow>(`
    SELECT conflict.id, conflict.received_at_ms AS receivedAtMs, conflict.bytes, device_id AS deviceId, epoch,
      conflict.sequence, conflict.hash, record.hash AS heldHash
    FROM conflict JOIN stream ON stream.id = conflict.stream JOIN record USING (stream, sequence)
    WHERE conflict.id > ? ORDER BY conflict.id LIMIT ?`);
  return ({ after, limit }) => entries.all(after, limit).map(conflictEntry);
}

function conflictEntry({ id, receivedAtMs, bytes, hash, heldHash, ...identity }: ConflictRow): ConflictEntry {
  return { id, receivedAtMs, bytes, identity, hash: hexOfBytes(hash), heldHash: hexOfBytes(heldHash) };
}
