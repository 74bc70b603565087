/**
 * Itineraries priced in a second under MBTA's 677 leg rules, and under ten and a hundred times as many: copies of its
 * networks, routes, areas, stops, groups and products under other names, all asked for alike. In memory, in one process.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { assert, refuseIfWrong } from '../../src/core/error.ts';
import { compileItineraries, type ItineraryFares } from '../../src/core/fare/itinerary/compile.ts';
import type { Itinerary, ItineraryLeg } from '../../src/core/fare/itinerary/itinerary.ts';
import { rateItinerary } from '../../src/core/fare/itinerary/rate-itinerary.ts';
import type { ItineraryTables } from '../../src/core/tariff/tables.ts';
import { epoch } from '../../src/core/time.ts';
import { readFareFolder } from '../../src/gtfs/fare-folder.ts';
import type { Figure } from './figure.ts';
import { median } from './statistics.ts';

const FEEDS = process.env.TURA_FEEDS ?? fileURLToPath(new URL('../../../shared/feeds', import.meta.url));
const FEED = join(FEEDS, 'mbta-fares-v2-partial.zip');
const COPIES = [1, 10, 100];
const GOAL = 100_000;
const GROWTH = 5;
/** Different ones, so that no answer is simply the last one again. */
const ITINERARIES = 50_000;
const ROUNDS = 5;

/** None, with a word on stderr, where the feed is missing. */
export async function figures(): Promise<readonly Figure[]> {
  if (!existsSync(FEED)) {
    process.stderr.write(`skipped: no feeds (${FEED}; set TURA_FEEDS)\n`);
    return [];
  }
  const { tables } = await readFareFolder(FEED);
  const runs = COPIES.map(copies => measure(multiplied(tables, copies)));
  const [first] = runs;
  assert(first !== undefined, 'the feed itself is measured');
  return runs.map(({ rules, perSecond, priced }, index) => {
    const figure = `itineraries under ${rules.toLocaleString('en')} leg rules`;
    const share = `${Math.round(priced * 100)} % of them have a fare`;
    const ratio = index === 0 ? perSecond / GOAL : first.perSecond / perSecond;
    const goal = index === 0 ? `at least ${GOAL.toLocaleString('en')}` : `at most ${GROWTH} x dearer`;
    const peer = index === 0 ? share : `${first.rules} rules: ${Math.round(first.perSecond)}; ${share}`;
    return {
      figure,
      value: perSecond,
      unit: '/s',
      goal,
      peer,
      ratio,
      met: index === 0 ? ratio >= 1 : ratio <= GROWTH,
    };
  });
}

interface Run {
  readonly rules: number;
  readonly perSecond: number;
  /** The share of itineraries that have a fare. */
  readonly priced: number;
}

function measure(tables: ItineraryTables): Run {
  const { fares, problems } = compileItineraries(tables);
  refuseIfWrong(problems);
  assert(fares !== undefined, 'tables without errors are compiled');
  const itineraries = itinerariesFor(tables);
  const times: number[] = [];
  let priced = 0;
  for (let round = 0; round <= ROUNDS; round++) {
    const began = performance.now();
    priced = priceAll(fares, itineraries);
    // The first round is the warming up.
    if (round > 0) times.push((performance.now() - began) / 1000);
  }
  return {
    rules: tables.fareLegRules.rows.length,
    perSecond: itineraries.length / median(times),
    priced: priced / itineraries.length,
  };
}

function priceAll(fares: ItineraryFares, itineraries: readonly Itinerary[]): number {
  let priced = 0;
  for (const itinerary of itineraries) {
    const answer = rateItinerary(fares, itinerary);
    assert(answer.kind === 'priced', 'every itinerary is sound');
    if (answer.total !== undefined) priced++;
  }
  return priced;
}

/** Of one to three legs, each between stops that some rule names, all of one copy of the feed. */
function itinerariesFor(tables: ItineraryTables): Itinerary[] {
  const random = randomFrom(20_260_302);
  const pick = <T>(all: readonly T[] | undefined): T | undefined => all?.[Math.floor(random() * all.length)];
  const routes = by(
    tables.routes.rows,
    ({ network_id = '' }) => network_id,
    ({ route_id }) => route_id,
  );
  const stops = by(
    tables.stopAreas.rows,
    ({ area_id }) => area_id,
    ({ stop_id }) => stop_id,
  );
  const all = tables.stopAreas.rows.map(({ stop_id }) => stop_id);
  const rules = by(
    tables.fareLegRules.rows,
    ({ network_id = '' }) => /~(\d+)$/.exec(network_id)?.[1] ?? '',
    rule => rule,
  );
  const copies = [...rules.values()];
  return Array.from({ length: ITINERARIES }, (): Itinerary => {
    const copy = pick(copies);
    let at = START + Math.floor(random() * 7 * 24) * 3_600_000;
    const legs = Array.from({ length: 1 + Math.floor(random() * 3) }, (): ItineraryLeg => {
      const rule = pick(copy);
      const departure = epoch(at);
      const arrival = epoch(at + 900_000);
      at += 900_000 + Math.floor(random() * 1800) * 1000;
      return {
        routeId: pick(routes.get(rule?.network_id ?? '')) ?? '',
        fromStopId: pick(stops.get(rule?.from_area_id ?? '')) ?? pick(all) ?? '',
        toStopId: pick(stops.get(rule?.to_area_id ?? '')) ?? pick(all) ?? '',
        departure,
        arrival,
      };
    });
    return { legs };
  });
}

/** A Monday within the feed's calendar. */
const START = Date.parse('2024-10-21T00:00:00-04:00');

function by<Row, T>(
  rows: readonly Row[],
  keyOf: (row: Row) => string,
  take: (row: Row) => T,
): Map<string, T[]> {
  const values = new Map<string, T[]>();
  for (const row of rows) {
    const group = values.get(keyOf(row)) ?? [];
    group.push(take(row));
    values.set(keyOf(row), group);
  }
  return values;
}

/** Park and Miller's generator: the same itineraries in every run. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

/** The tables with all that rules name `copies` times over, and as many times the rules. */
function multiplied(tables: ItineraryTables, copies: number): ItineraryTables {
  const own = new Set(tables.stopAreas.rows.map(({ stop_id }) => stop_id));
  const times = <Row extends object>(table: { readonly rows: readonly Row[] }, ...names: (keyof Row)[]) =>
    Array.from({ length: copies }, (_, copy) => table.rows.map(row => renamed(row, copy, names))).flat();
  const { fareLegRules, fareTransferRules, fareProducts, areas, stopAreas, stops, routes } = tables;
  const around = stops.rows.filter(({ stop_id }) => !own.has(stop_id));
  const inAreas = stops.rows.filter(({ stop_id }) => own.has(stop_id));
  return {
    ...tables,
    fareLegRules: {
      ...fareLegRules,
      rows: times(
        fareLegRules,
        'leg_group_id',
        'network_id',
        'from_area_id',
        'to_area_id',
        'fare_product_id',
      ),
    },
    fareTransferRules: {
      ...fareTransferRules,
      rows: times(
        fareTransferRules,
        'from_leg_group_id',
        'to_leg_group_id',
        'fare_product_id',
        'filter_fare_product_id',
      ),
    },
    fareProducts: { ...fareProducts, rows: times(fareProducts, 'fare_product_id') },
    areas: { ...areas, rows: times(areas, 'area_id') },
    stopAreas: { ...stopAreas, rows: times(stopAreas, 'area_id', 'stop_id') },
    stops: { ...stops, rows: [...around, ...times({ rows: inAreas }, 'stop_id')] },
    routes: { ...routes, rows: times(routes, 'route_id', 'network_id') },
  };
}

function renamed<Row extends object>(row: Row, copy: number, names: readonly (keyof Row)[]): Row {
  if (copy === 0) return row;
  const other = { ...row };
  for (const name of names)
    if (row[name] !== undefined) other[name] = `${row[name]}~${copy}` as Row[keyof Row];
  return other;
}
