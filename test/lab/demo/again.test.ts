/** The demo again and again on one state folder: each run goes on from the one before. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { openLedger } from '../../../src/backoffice/collector/ledger/file-ledger.ts';
import { objects, tura } from '../../cli/tura.ts';

interface Tap {
  readonly atMs: number;
  readonly vehicleId: string;
  readonly card: string;
  readonly tap: string;
  readonly decision: string;
  readonly reason: string;
  readonly graced: readonly string[];
  readonly repeated: boolean;
  readonly stopId?: string;
}

interface Totals {
  readonly vehicles: { readonly records: number };
  readonly agree: boolean;
}

const folder = mkdtempSync(join(tmpdir(), 'tura-again-'));

async function once(): Promise<{ taps: readonly Tap[]; totals: Totals }> {
  const ran = await tura('demo', '--once', '--json', '--state', folder);
  assert.is(ran.code, 0, ran.err);
  const told = objects(ran);
  return {
    taps: told.filter(object => 'decision' in object) as unknown as Tap[],
    totals: told.at(-1)?.totals as Totals,
  };
}

const RUNS = 5;
const runs: Awaited<ReturnType<typeof once>>[] = [];
test.before(async () => {
  for (let run = 0; run < RUNS; run++) runs.push(await once());
});

test('every run plays every tap, and both sides agree on all runs so far', () => {
  assert.is(runs.length, RUNS);
  runs.forEach(({ taps, totals }, index) => {
    assert.is(taps.length, 32);
    assert.ok(totals.agree);
    assert.is(totals.vehicles.records, 33 * (index + 1));
  });
});

test('epoch and sequence go on without a gap, one of each for a vehicle', () => {
  const sequences = new Map<string, number[]>();
  for (const { card, tap, repeated } of runs.flatMap(({ taps }) => taps)) {
    if (repeated) continue;
    const [deviceId = '', epoch = '', sequence] = tap.split('/');
    const key = `${deviceId} ${epoch}`;
    // A card that is written has a record of its intent before that of its outcome.
    const own = card === 'rita-resident' ? [Number(sequence) - 1, Number(sequence)] : [Number(sequence)];
    sequences.set(key, [...(sequences.get(key) ?? []), ...own]);
  }
  assert.is(sequences.size, 2);
  for (const written of sequences.values()) {
    assert.equal(
      written,
      written.map((_, index) => index + 1),
    );
  }
});

test('the clock goes on after the last tap, by day', () => {
  const starts = runs.map(({ taps }) =>
    new Date((taps[0]?.atMs ?? 0) + 5 * 3_600_000).toISOString().slice(0, 16),
  );
  assert.equal(starts, [
    '2026-03-02T07:30',
    '2026-03-02T11:30',
    '2026-03-02T15:30',
    '2026-03-02T19:30',
    '2026-03-03T07:30',
  ]);
  const moments = runs.flatMap(({ taps }) => taps.map(({ atMs }) => atMs));
  assert.equal(
    moments,
    moments.toSorted((a, b) => a - b),
  );
});

/** One ride of a quota was left before the first run: from the second on it is a general card, with its transfer. */
const OLGA: Readonly<Record<string, string>> = {
  'olga-student concession': 'quota-spent',
  'olga-student quota-spent': 'free-transfer',
};

test('nothing turns into passback, a clock error or an unknown stop: the same taps get the same answers', () => {
  const [first, ...others] = runs;
  for (const { taps } of others) {
    taps.forEach((tap, index) => {
      const before = first?.taps[index];
      const expected = OLGA[`${tap.card} ${before?.reason}`] ?? before?.reason;
      assert.is(tap.reason, expected, `${tap.card} at ${new Date(tap.atMs).toISOString()}`);
      assert.is(tap.decision, before?.decision);
      assert.equal(tap.graced, before?.graced);
      assert.is(tap.repeated, before?.repeated);
      assert.ok(tap.stopId, 'the timetable says where');
    });
  }
});

test('the collector holds each record once and misses none', async () => {
  const ledger = openLedger(join(folder, 'collector.db'));
  const { devices, quarantined, conflicts } = await ledger.totals();
  await ledger.close();
  assert.equal({ quarantined, conflicts }, { quarantined: 0, conflicts: 0 });
  for (const { records, highest, through } of devices) assert.equal([records, through], [highest, highest]);
});

test.after(() => rmSync(folder, { recursive: true }));
test.run();
