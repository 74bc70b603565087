/**
 * How well a vehicle's place is known at taps, on simulated drives over a real feed (Tampa), and what it costs: one
 * observation on the trip, and one search for the nearest of 100,000 stops.
 */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { assert } from '../../src/core/error.ts';
import { compileZone } from '../../src/core/tariff/zone.ts';
import { parseDate } from '../../src/core/time.ts';
import { openFeed } from '../../src/gtfs/open-feed.ts';
import { drive, type Roads } from '../../src/lab/drive/drive.ts';
import type { Verdict } from '../../src/lab/drive/judge.ts';
import { judgedRound, type Told } from '../../src/lab/drive/round.ts';
import { Random } from '../../src/lab/random.ts';
import { offering } from '../../src/onboard/driver/offer.ts';
import { followedPosition } from '../../src/onboard/position/followed.ts';
import { type Runs, runsOf } from '../../src/onboard/position/track/runs.ts';
import { importStops } from '../../src/onboard/stops/import.ts';
import { indexPlaces } from '../../src/onboard/stops/nearest.ts';
import { openStops } from '../../src/onboard/stops/stops.ts';
import type { Figure } from './figure.ts';
import { median } from './statistics.ts';

const SHARED = fileURLToPath(new URL('../../../shared/feeds', import.meta.url));
const FEED = join(process.env.TURA_FEEDS ?? SHARED, 'hart-tampa-bus-streetcar.zip');

/** A working day within the feed. */
const DATE = parseDate('2018-05-16');

/** No weight was ever chosen by drives of these seeds. */
const SEED = 7_000_000;
const DRIVES = 40;

const RIGHT_PERCENT = 99.5;
const SURELY_WRONG = 1;
const UPDATE_US = 50;
const NEAREST_US = 10;

const OFTEN = 600;
const SELDOM = 1800;

/** The goal for right stops is for the trip known; where no more is told, being wrong and sure is what counts. */
const ROUNDS: readonly { told: Told; called: string; goal?: number; gapEveryS: number; doors: boolean }[] = [
  { told: 'trip', called: 'trip known', goal: RIGHT_PERCENT, gapEveryS: SELDOM, doors: true },
  { told: 'line', called: 'line known', gapEveryS: SELDOM, doors: true },
  { told: 'nothing', called: 'trip unknown', gapEveryS: SELDOM, doors: true },
  { told: 'wrong trip', called: 'trip wrongly chosen', gapEveryS: SELDOM, doors: true },
  { told: 'trip', called: 'trip known, gaps often', goal: RIGHT_PERCENT, gapEveryS: OFTEN, doors: true },
  { told: 'trip', called: 'trip known, no doors', gapEveryS: SELDOM, doors: false },
];

export async function figures(): Promise<readonly Figure[]> {
  if (!existsSync(FEED)) {
    process.stderr.write(`skipped: no feeds (${FEED}; set TURA_FEEDS)\n`);
    return [nearestFigure()];
  }
  const folder = mkdtempSync(join(tmpdir(), 'tura-position-'));
  try {
    const file = join(folder, 'stops.db');
    const feed = await openFeed(FEED);
    await importStops(feed, file);
    await feed.close();
    const stops = openStops(file);
    const zone = compileZone(stops.timezone);
    assert(zone !== undefined && DATE !== undefined, 'the feed has a time zone, and a day');
    const runs = runsOf(stops, zone);
    const roads = { stops, zone, plane: runs.plane };
    const judged = ROUNDS.flatMap(({ told, called, goal, gapEveryS, doors }) => {
      const doorIds = doors ? ['1', '2'] : [];
      const round = { told, date: DATE, drives: DRIVES, seed: SEED, gapEveryS, doorIds };
      return verdictFigures(called, judgedRound(roads, runs, round), goal, gapEveryS);
    });
    const costs = [updateFigure(roads, runs, DATE), nearestFigure()];
    stops.close();
    return [...judged, ...costs];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function verdictFigures(
  called: string,
  verdict: Verdict,
  goal: number | undefined,
  gapEveryS: number,
): Figure[] {
  const { taps, unknown, wrong, certain, paired, pairedRight, offered } = verdict;
  const percent = (part: number, of = taps) => (100 * part) / Math.max(1, of);
  const right = percent(verdict.right);
  const surelyWrong = (1000 * verdict.surelyWrong) / Math.max(1, taps);
  const shares = [
    `${right.toFixed(2)} % right`,
    `${percent(unknown).toFixed(2)} % unknown`,
    `${percent(wrong).toFixed(2)} % wrong`,
    `${percent(certain).toFixed(0)} % certain`,
    `${percent(pairedRight, paired).toFixed(2)} % right of ${paired} at paired stops`,
    ...(offered > 0
      ? [`the right trip offered at ${percent(offered, unknown).toFixed(0)} % of unknown`]
      : []),
  ];
  const sure: Figure = {
    figure: `${called}: certain and wrong`,
    value: surelyWrong,
    unit: '‰',
    goal: `at most ${SURELY_WRONG} in 1,000`,
    peer: `${taps} taps: ${shares.join(', ')}`,
    ratio: surelyWrong / SURELY_WRONG,
    met: surelyWrong <= SURELY_WRONG,
  };
  if (goal === undefined) return [sure];
  const met = right >= goal;
  const cause = met
    ? `${taps - verdict.right} taps are not`
    : 'in a gap only doors and the clock tell one stop from the next';
  const figure = `${called}: right stop`;
  const peer = `a gap of 60 s every ${gapEveryS} s; ${cause}`;
  return [
    { figure, value: right, unit: '%', goal: `at least ${goal} %`, peer, ratio: right / goal, met },
    sure,
  ];
}

/** Drives until every figure is settled; the first warms up. */
const TIMED_DRIVES = 8;

function updateFigure({ stops, zone, plane }: Roads, runs: Runs, date: typeof DATE & number): Figure {
  const times: number[] = [];
  const trips = stops.routeIds().flatMap(routeId => stops.tripsOn(routeId, date));
  for (let index = 0; index < TIMED_DRIVES; index += 1) {
    const random = new Random(SEED - 1 - index);
    const tripId = random.pick(trips).tripId;
    const trip = stops.trip(tripId);
    if (trip === undefined) continue;
    const speed = random.next() < 0.5;
    const receiver = { errorM: 10, outlierShare: 0.05, gapS: 60, gapEveryS: SELDOM, speed };
    const options = { receiver, doorIds: ['1', '2'] };
    const events = drive({ stops, zone, plane }, [trip], date, options, random);
    const atMs = events[0]?.atMs;
    if (atMs === undefined) continue;
    // As a vehicle hears it: with what it would be offered instead.
    const position = offering(followedPosition(stops, runs), () => undefined);
    position.observe?.({ kind: 'driver', atMs, tripId });
    for (const event of events) {
      if (event.kind !== 'heard') continue;
      const from = performance.now();
      position.observe?.(event.seen);
      if (index > 0) times.push(1000 * (performance.now() - from));
    }
  }
  return atMost('an update on the trip, median', median(times), UPDATE_US, `${times.length} observations`);
}

const PLACES = 100_000;
const SEARCHES = 20_000;

function nearestFigure(): Figure {
  const random = new Random(SEED);
  const places = {
    ids: Array.from({ length: PLACES }, (_, id) => id),
    lats: Float64Array.from({ length: PLACES }, () => random.between(55, 58)),
    lons: Float64Array.from({ length: PLACES }, () => random.between(64, 68)),
  };
  const nearest = indexPlaces(places);
  const times: number[] = [];
  let metres = 0;
  for (let search = 0; search < SEARCHES; search += 1) {
    const [lat, lon] = [random.between(55, 58), random.between(64, 68)];
    const from = performance.now();
    metres += nearest(lat, lon, 1)[0]?.metres ?? 0;
    times.push(1000 * (performance.now() - from));
  }
  assert(metres > 0, 'something is found');
  return atMost('nearest of 100,000 stops, median', median(times), NEAREST_US, `${SEARCHES} searches`);
}

function atMost(figure: string, value: number, most: number, peer: string): Figure {
  const goal = `under ${most} µs`;
  return { figure, value, unit: 'µs', goal, peer, ratio: value / most, met: value < most };
}
