/** A small feed in memory, file by file, and itineraries in it on Monday, 2 March 2026, by the clock of London. */
import { formatProblem, type Problem } from '../../../../src/core/error.ts';
import { compileItineraries, type ItineraryFares } from '../../../../src/core/fare/itinerary/compile.ts';
import type { Itinerary, ItineraryLeg, Rider } from '../../../../src/core/fare/itinerary/itinerary.ts';
import { formatPath, type Priced } from '../../../../src/core/fare/itinerary/priced.ts';
import { rateItinerary } from '../../../../src/core/fare/itinerary/rate-itinerary.ts';
import { formatAmount, type MinorUnits } from '../../../../src/core/money.ts';
import type { Switches } from '../../../../src/core/tariff/drafts.ts';
import { type EpochMs, parseInstant } from '../../../../src/core/time.ts';
import { readFareTables } from '../../../../src/gtfs/fare-files.ts';

/** Text by the name of its file without `.txt`: a header and rows, columns parted by commas or blanks. */
export type Files = Readonly<Record<string, string>>;

/** Routes r1 and r2 in networks n1 and n2, r0 in none; stops a to f, and the platforms p1, p2 of the station s. */
const BASE: Files = {
  agency: 'agency_id,agency_name,agency_timezone\nx,X,Europe/London',
  stops: 'stop_id,parent_station\na,\nb,\nc,\nd,\ne,\nf,\ns,\np1,s\np2,s',
  routes: 'route_id,route_type,network_id\nr0,3,\nr1,3,n1\nr2,3,n2',
};

export interface Compiled {
  readonly fares: ItineraryFares | undefined;
  /** As they are said. */
  readonly errors: readonly string[];
  readonly warnings: readonly string[];
}

export function compile(files: Files, drafts: Switches = 'bare'): Compiled {
  const texts = Object.entries({ ...BASE, ...files }).map(
    ([name, text]) => [`${name}.txt`, { path: `${name}.txt`, text: `${text}\n` }] as const,
  );
  const read = readFareTables(new Map(texts), '.');
  const { fares, problems } = compileItineraries(read.tables, drafts);
  const all = [...read.problems, ...problems];
  const isWarning = ({ severity }: Problem) => severity === 'warning';
  return {
    fares,
    errors: all.filter(problem => !isWarning(problem)).map(formatProblem),
    warnings: all.filter(isWarning).map(formatProblem),
  };
}

/** `12:00:05`, or a whole ISO 8601 time. */
export function at(time: string): EpochMs {
  const ms = parseInstant(time.includes('T') ? time : `2026-03-02T${time}Z`);
  if (ms === undefined) throw new Error(`no time ${time}`);
  return ms;
}

/** A ride from stop to stop; twenty minutes where no arrival is given. */
export function ride(
  routeId: string,
  fromStopId: string,
  toStopId: string,
  departure = '12:00:00',
  arrival?: string,
  more: Partial<ItineraryLeg> = {},
): ItineraryLeg {
  const left = at(departure);
  const reached = arrival === undefined ? ((left + 1_200_000) as EpochMs) : at(arrival);
  return { routeId, fromStopId, toStopId, departure: left, arrival: reached, ...more };
}

export function rate(files: Files, itinerary: Itinerary, drafts?: Switches): Priced {
  const { fares, errors } = compile(files, drafts);
  if (fares === undefined) throw new Error(errors.join('\n'));
  return rateItinerary(fares, itinerary);
}

/** The lowest total in major units; null where no fare is known. What is refused is said. */
export function total(
  files: Files,
  legs: readonly ItineraryLeg[],
  rider?: Rider,
  drafts?: Switches,
): string | null {
  const priced = rate(files, { legs, rider }, drafts);
  if (priced.kind === 'refused') return saidOf(priced).join('; ');
  return priced.total === undefined ? null : formatAmount(priced.total, priced.currency ?? '');
}

/** `legs.0.route_id: no route 'r9' (expected 'r0')` for each fault. */
export function saidOf(priced: Priced): readonly string[] {
  const faults = priced.kind === 'refused' ? priced.faults : priced.notes;
  return faults.map(
    ({ path, what, expected }) =>
      `${formatPath(path)}: ${what}${expected === undefined ? '' : ` (expected ${expected})`}`,
  );
}

/** What makes up the total: `product amount` a fare leg. */
export function partsOf(priced: Priced): readonly string[] {
  if (priced.kind === 'refused') return saidOf(priced);
  const { currency = '' } = priced;
  return priced.fareLegs.map(({ product, amount }) => `${product} ${formatAmount(amount, currency)}`);
}

export function byMedium(priced: Priced): Record<string, string> {
  if (priced.kind === 'refused') throw new Error(saidOf(priced).join('; '));
  const written = ([medium, amount]: [string, MinorUnits]) => [
    medium,
    formatAmount(amount, priced.currency ?? ''),
  ];
  return Object.fromEntries([...priced.totalByMedium].map(written));
}

/** Products at their prices in euro, for any medium and anybody. */
export function products(prices: Readonly<Record<string, string>>): Files {
  const rows = Object.entries(prices).map(([id, amount]) => `${id},${amount},EUR`);
  return { fare_products: ['fare_product_id,amount,currency', ...rows].join('\n') };
}
