/**
 * Two tariffs over a million taps, from a file on disk to the comparison: seconds for a hundred thousand cards, and how much
 * more memory is kept than of a quarter as many taps of the same cards.
 */
import { closeSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { assert } from '../../src/core/error.ts';
import { readTariffFiles } from '../../src/gtfs/tariff-files.ts';
import { compare } from '../../src/lab/compare/compare.ts';
import type { OnProgress } from '../../src/lab/compare/share.ts';
import { type Both, type Side, sideOf } from '../../src/lab/compare/sides.ts';
import { nodeCrypto } from '../../src/wire/node-crypto.ts';
import type { Figure } from './figure.ts';

const TAPS = 1_000_000;
const CARDS = 100_000;
/** Of so few cards a quarter of the taps are a dozen each: whatever a rider's state comes to hold, it holds by then. */
const CARDS_RIDDEN = 20_000;
const FEWER_TAPS = TAPS / 4;

const SECONDS = 10;
const GROWTH = 1.1;

interface City {
  readonly name: string;
  /** What the new tariff says otherwise. */
  readonly found: string;
  readonly instead: string;
  /** The cells after `at` and `card` of a card's so manieth tap. */
  readonly rowOf: (card: number, turn: number, tap: number) => string;
}

const TYUMEN: City = {
  name: 'tyumen',
  ...{ found: 'transport-card,37.00', instead: 'transport-card,39.00' },
  rowOf: (card, _turn, tap) => {
    const line = draw(tap, 1, 60);
    const category = CATEGORIES[card % CATEGORIES.length] ?? '';
    return `,bus-${line},,stop-${draw(tap, 2, 400)},${category},bus-${line}-${Math.floor(tap / 20_000)}`;
  },
};

const CATEGORIES = ['general', 'general', 'general', 'pupil', 'student', 'pensioner'];

/** Two taps by rail, then one by bus: in, out, and on. */
const LONDON: City = {
  name: 'london-like',
  ...{ found: 'road,,card,1.75', instead: 'road,,card,1.85' },
  rowOf: (_card, turn, tap) => {
    if (turn % 3 === 2) return `entry,bus-${draw(tap, 1, 60)},bus,bus-mill,adult,`;
    return `${turn % 3 === 0 ? 'entry' : 'exit'},metro,rail,${STATIONS[draw(tap, 2, STATIONS.length)]},adult,`;
  },
};

const STATIONS = ['quay', 'mill', 'park', 'field', 'market', 'heath'];

/** From 0 to below `size`, the same at every run. */
function draw(tap: number, which: number, size: number): number {
  let mixed = Math.imul(tap + which * 0x9e37_79b9, 0x85eb_ca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2_ae35);
  return ((mixed ^ (mixed >>> 16)) >>> 0) % size;
}

export async function figures(): Promise<readonly Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'tura-compare-'));
  try {
    const found: Figure[] = [];
    for (const city of [TYUMEN, LONDON]) {
      const file = join(folder, `${city.name}.csv`);
      const sides = sidesOf(city);
      writeTaps(file, city, CARDS, TAPS);
      found.push(await seconds(city, file, sides));
      found.push(await growth(city, file, sides));
    }
    return found;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const START = Date.parse('2026-03-02T06:00:00Z');
/** Over days that end before any clock is put forward: an hour that no clock shows is no moment. */
const APART_MS = (26 * 86_400_000) / TAPS;
const BATCH = 10_000;

/** Riders who are under way at the same time, 19 minutes from one of their taps to the next. */
const TOGETHER = 500;
/** Of one way: then others ride. */
const TAPS_OF_WAY = 3;

function writeTaps(file: string, { rowOf }: City, cards: number, taps: number): void {
  const open = openSync(file, 'w');
  writeSync(open, 'at,card,action,route,network,stop,category,trip\n');
  for (let first = 0; first < taps; first += BATCH) {
    const rows = Array.from({ length: BATCH }, (_, index) => {
      const tap = first + index;
      const at = new Date(START + tap * APART_MS).toISOString().slice(0, 19).replace('T', ' ');
      const [card, turn] = riderOf(tap, cards);
      return `${at},card-${String(card).padStart(6, '0')},${rowOf(card, turn, tap)}\n`;
    });
    writeSync(open, rows.join(''));
  }
  closeSync(open);
}

/** Cards in turn, and which of a card's taps it is. */
function riderOf(tap: number, cards: number): readonly [card: number, turn: number] {
  const way = Math.floor(tap / (TOGETHER * TAPS_OF_WAY));
  const ways = cards / TOGETHER;
  const turn = Math.floor(tap / TOGETHER) % TAPS_OF_WAY;
  return [(way % ways) * TOGETHER + (tap % TOGETHER), Math.floor(way / ways) * TAPS_OF_WAY + turn];
}

function sidesOf({ name, found, instead }: City): Both<Side> {
  const folder = fileURLToPath(new URL(`../../fixtures/tariffs/${name}`, import.meta.url));
  const names = readdirSync(folder).filter(file => /\.(txt|yaml)$/.test(file));
  const texts = names.map(file => [file, readFileSync(join(folder, file), 'utf8')] as const);
  const changed = texts.map(([file, text]) => [file, text.replace(found, instead)] as const);
  const read = (files: typeof texts) => readTariffFiles(new Map(files), name, nodeCrypto);
  return [sideOf('old', read(texts)), sideOf('new', read(changed))];
}

async function seconds({ name }: City, file: string, sides: Both<Side>): Promise<Figure> {
  const began = performance.now();
  const { counts } = await compare(file, sides, () => undefined);
  const value = (performance.now() - began) / 1000;
  assert(counts.taps === TAPS && counts.cards === CARDS, 'every tap is compared');
  return {
    ...{ figure: `comparing 1,000,000 taps: ${name}`, value, unit: 's', goal: `under ${SECONDS} s` },
    ...{ peer: 'the goal itself', ratio: value / SECONDS, met: value < SECONDS },
  };
}

async function growth(city: City, file: string, sides: Both<Side>): Promise<Figure> {
  const [few, all] = [await kept(city, file, sides, FEWER_TAPS), await kept(city, file, sides, TAPS)];
  const fewer = FEWER_TAPS.toLocaleString('en');
  const peer = `${few.toFixed(1)} MB after ${fewer}, of ${CARDS_RIDDEN.toLocaleString('en')} cards`;
  return {
    ...{ figure: `kept after 1,000,000 taps: ${city.name}`, value: all, unit: 'MB' },
    ...{ goal: `at most ${GROWTH} x`, peer, ratio: all / few, met: all / few <= GROWTH },
  };
}

/** What one process keeps when the last tap is rated, after full collections. In megabytes. */
async function kept(city: City, file: string, sides: Both<Side>, taps: number): Promise<number> {
  setFlagsFromString('--expose-gc');
  const collect: () => void = runInNewContext('gc');
  writeTaps(file, city, CARDS_RIDDEN, taps);
  let megabytes = 0;
  const onProgress: OnProgress = (stage, done, total) => {
    if (stage !== 'rating' || done < total) return;
    // What the first one finds dead of buffers is given back by a thread beside it, and is gone by the second.
    collect();
    collect();
    const { heapUsed, arrayBuffers } = process.memoryUsage();
    megabytes = (heapUsed + arrayBuffers) / 2 ** 20;
  };
  await compare(file, sides, onProgress, 1);
  return megabytes;
}
