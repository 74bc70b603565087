/** Settlement: a million taps of a hundred thousand tokens, with durable charges, and one late tap into a month. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type AccountTap, type Charge, NEW_ACCOUNT } from '../../src/core/fare/account.ts';
import { settle } from '../../src/core/fare/settle.ts';
import type { ChargeLine } from '../../src/core/record.ts';
import type { Tariffs } from '../../src/core/tariff/versions.ts';
import { epoch, serviceDateAt } from '../../src/core/time.ts';
import { openDatabase } from '../../src/disk/sqlite.ts';
import { readTariff } from '../../src/gtfs/tariff-folder.ts';
import { nodeCrypto } from '../../src/wire/node-crypto.ts';
import type { Figure } from './figure.ts';
import { median } from './statistics.ts';

const TOKENS = 100_000;
const TAPS_EACH = 10;
/** Accounts settled and written at once. */
const BATCH = 1_000;
const MONTH_OF_TAPS = 120;

export async function figures(): Promise<readonly Figure[]> {
  const { tariffs } = readTariff(
    fileURLToPath(new URL('../../fixtures/tariffs/tyumen', import.meta.url)),
    nodeCrypto,
  );
  const folder = mkdtempSync(join(tmpdir(), 'tura-settle-'));
  try {
    const { computeS, writtenS, megabytes } = settleAll(tariffs, join(folder, 'charges.db'));
    const lateMs = lateTap(tariffs);
    return [
      figure('settling 1,000,000 taps: compute', computeS, 's', 5),
      figure('settling 1,000,000 taps: with charges', writtenS, 's', 15),
      figure('settling 1,000,000 taps: memory', megabytes, 'MB', 500),
      figure('one late tap into a month', lateMs, 'ms', 1),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function figure(name: string, value: number, unit: string, goal: number): Figure {
  const peer = 'the goal itself';
  return {
    figure: name,
    value,
    unit,
    goal: `under ${goal} ${unit}`,
    peer,
    ratio: value / goal,
    met: value < goal,
  };
}

function settleAll(
  tariffs: Tariffs,
  file: string,
): { computeS: number; writtenS: number; megabytes: number } {
  const database = openDatabase(file, { what: 'charges', mode: 'write' });
  database.exec(
    'CREATE TABLE charge(ref TEXT, journey TEXT, revision INTEGER, tariff TEXT, reason TEXT, day INTEGER, booked INTEGER, lines TEXT)',
  );
  const insert = database.prepare('INSERT INTO charge VALUES (?, ?, ?, ?, ?, ?, ?, ?)');
  const write = database.transaction((charges: readonly Charge[]) => {
    for (const { ref, journeyRef, revision, tariffHash, reason, serviceDate, bookedOn, lines } of charges) {
      insert.run(ref, journeyRef, revision, tariffHash, reason, serviceDate, bookedOn, textOf(lines));
    }
  });
  let [computeMs, writeMs, mostBytes] = [0, 0, 0];
  for (let first = 0; first < TOKENS; first += BATCH) {
    const batches = Array.from({ length: BATCH }, (_, token) => tapsOf(tariffs, first + token, TAPS_EACH));
    const began = performance.now();
    const charges = batches.flatMap(taps => settle(tariffs, NEW_ACCOUNT, taps).charges);
    const computed = performance.now();
    write(charges);
    computeMs += computed - began;
    writeMs += performance.now() - computed;
    mostBytes = Math.max(mostBytes, process.memoryUsage.rss());
  }
  database.close();
  return {
    computeS: computeMs / 1000,
    writtenS: (computeMs + writeMs) / 1000,
    megabytes: mostBytes / 2 ** 20,
  };
}

/** A fare that nothing was taken from is the tariff's own lines, the same for all who pay it: written out once. */
const texts = new WeakMap<readonly ChargeLine[], string>();

function textOf(lines: readonly ChargeLine[]): string {
  const known = texts.get(lines);
  if (known !== undefined) return known;
  const text = JSON.stringify(lines);
  texts.set(lines, text);
  return text;
}

const CATEGORIES = ['general', 'pupil', 'student', 'pensioner'];
const START = Date.parse('2026-03-02T07:30:00+05:00');

/** Of one token, as they arrive: every fifth comes before the one it follows. */
function tapsOf([tariff]: Tariffs, token: number, count: number): AccountTap[] {
  const taps = Array.from({ length: count }, (_, tap): AccountTap => {
    const atMs = epoch(START + tap * 6 * 3_600_000 + (token % 1000) * 1000);
    const sequence = token * count + tap + 1;
    const stream = `bus-${token % 50}/e`;
    const ref = `${stream}/${sequence}`;
    const serviceDate = serviceDateAt(tariff.zone, tariff.dayStartS, atMs);
    const category = CATEGORIES[token % 4] ?? 'general';
    const who = { mediumClass: 'transport-card', category };
    return {
      stream,
      sequence,
      hash: ref,
      ride: { ref, atMs, serviceDate, trip: `trip-${tap}`, routeId: 'r', ...who },
    };
  });
  for (let tap = 4; tap < count; tap += 5) {
    const [a, b] = [taps[tap - 1], taps[tap]];
    if (a !== undefined && b !== undefined) [taps[tap - 1], taps[tap]] = [b, a];
  }
  return taps;
}

/** The second tap of a month comes last, again and again: the median of what that one costs. */
function lateTap(tariffs: Tariffs): number {
  const times = Array.from({ length: 200 }, (_, token) => {
    const taps = tapsOf(tariffs, token, MONTH_OF_TAPS);
    const [late] = taps.splice(1, 1);
    const { account } = settle(tariffs, NEW_ACCOUNT, taps);
    const began = performance.now();
    settle(tariffs, account, late === undefined ? [] : [late]);
    return performance.now() - began;
  });
  return median(times.slice(50));
}
