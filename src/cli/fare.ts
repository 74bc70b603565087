/** `tura fare legs`: what an itinerary costs. */
import type { Command } from 'commander';
import { type Problem, refuseIfWrong, TuraError } from '../core/error.ts';
import { compileItineraries, type ItineraryFares } from '../core/fare/itinerary/compile.ts';
import { type Fault, formatPath, type PricedItinerary } from '../core/fare/itinerary/priced.ts';
import { rateItinerary } from '../core/fare/itinerary/rate-itinerary.ts';
import { type ReadItinerary, readItinerary } from '../core/fare/itinerary/read-itinerary.ts';
import { formatAmount, type MinorUnits } from '../core/money.ts';
import { readText } from '../disk/read-text.ts';
import { readFareFolder } from '../gtfs/fare-folder.ts';
import { describeTaps } from './fare-taps.ts';
import { warn } from './output.ts';
import { readStandardInput } from './standard-input.ts';

interface LegsOptions {
  readonly tariff: string;
  readonly legs: string;
  readonly json?: boolean;
}

const EXAMPLES = `
Examples:
  tura fare legs --tariff feed.zip --legs journey.json
  planner | tura fare legs --tariff feed/ --legs -`;

const LEGS_HELP = `
An itinerary, one JSON object:
  {"timezone": "America/Vancouver", "rider": {"categories": ["adult"], "media": ["contactless"]},
   "legs": [{"route_id": "10232", "from_stop_id": "BUS1", "to_stop_id": "BUS2",
             "departure": "2026-06-03T12:00:00-07:00", "arrival": "2026-06-03T12:20:00-07:00"}]}
A rider may be left out; a leg may name a network_id, intermediate_stop_ids and fare_distance_units.
${EXAMPLES}`;

export function describe(command: Command): void {
  command.addHelpText('after', EXAMPLES);
  command
    .command('legs')
    .description('what an itinerary costs under GTFS Fares v2 or v1, as one JSON object')
    .requiredOption('--tariff <gtfs>', 'a GTFS zip or folder with fare tables')
    .requiredOption('--legs <file>', 'the itinerary; - is standard input')
    .option('--json', 'the same: what it says is JSON either way')
    .addHelpText('after', LEGS_HELP)
    .action(priceLegs);
  describeTaps(command);
}

async function priceLegs(options: LegsOptions): Promise<void> {
  const fares = await readFares(options.tariff);
  const file = options.legs === '-' ? 'stdin' : options.legs;
  const text =
    options.legs === '-'
      ? await readStandardInput()
      : readText(file, 'the itinerary', 'a file of JSON, or - for stdin');
  const read = readItinerary(text, file);
  refuseIfWrong(read.problems);
  warn(read.problems);
  if (read.itinerary === undefined)
    throw new Error('broken invariant: an itinerary without problems is read');
  const priced = rateItinerary(fares, read.itinerary);
  if (priced.kind === 'refused') throw refused(priced.faults, read);
  warn(notesOf(priced).map(note => problemOf(note, read)));
  process.stdout.write(`${JSON.stringify(answer(priced))}\n`);
}

async function readFares(path: string): Promise<ItineraryFares> {
  const { tables, drafts, problems } = await readFareFolder(path);
  const compiled = compileItineraries(tables, drafts);
  const all = [...problems, ...compiled.problems];
  refuseIfWrong(all);
  warn(all);
  const { fares } = compiled;
  if (fares === undefined) throw new Error('broken invariant: fare tables without problems are compiled');
  return fares;
}

function refused(faults: readonly Fault[], read: ReadItinerary): TuraError {
  const problems = faults.map(fault => problemOf(fault, read));
  try {
    refuseIfWrong(problems);
  } catch (error) {
    if (error instanceof TuraError) return error;
  }
  throw new Error('broken invariant: what is refused has a fault');
}

function problemOf({ path, what, expected }: Fault, { positionOf }: ReadItinerary): Problem {
  const said = `${formatPath(path)}: ${what}`;
  const at = positionOf(path);
  return expected === undefined ? { at, what: said } : { at, what: said, expected };
}

/** People are told why there is no total. */
function notesOf({ total, unpriced, notes }: PricedItinerary): readonly Fault[] {
  const without = unpriced.map(leg => ({
    path: ['legs', leg],
    what: 'no fare known: no rule matches this leg',
  }));
  const alone = { path: ['legs'], what: 'no fare known: no one medium pays for every leg' };
  return [...notes, ...without, ...(total === undefined && unpriced.length === 0 ? [alone] : [])];
}

/** The contract of `tura fare legs`: decimal amounts in major units, and null where no fare is known. */
function answer({ currency, total, totalByMedium, fareLegs }: PricedItinerary): object {
  const written = (amount: MinorUnits) => formatAmount(amount, currency ?? '');
  return {
    currency: currency ?? null,
    total: total === undefined ? null : written(total),
    total_by_medium: Object.fromEntries(
      [...totalByMedium].map(([medium, amount]) => [medium, written(amount)]),
    ),
    fare_legs: fareLegs.map(({ legs, product, medium, amount, transferRule, transferProduct }) => ({
      legs,
      product,
      medium,
      amount: written(amount),
      transfer_rule: transferRule,
      transfer_product: transferProduct,
    })),
  };
}
