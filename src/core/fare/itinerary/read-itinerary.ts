/** An itinerary as it is written: JSON with the names of GTFS, times as ISO 8601 with an offset. */
import { z } from 'zod';
import type { Problem } from '../../error.ts';
import { readJson } from '../../source/json.ts';
import type { Path, YamlFile } from '../../source/yaml.ts';
import { suggest } from '../../suggest.ts';
import { type EpochMs, parseInstant } from '../../time.ts';
import { expectedTimeZone, isTimeZone } from '../../time-zone.ts';
import type { Itinerary } from './itinerary.ts';

/** A hundred legs with every stop between them named; reading one takes time that grows with it. */
const CHARS = 2 ** 20;

const TEXT = 'expected text';
const id = z.string(TEXT).min(1, TEXT);

const MOMENT = 'expected a time with an offset: 2026-03-02T07:30:00+05:00';
const moment = z.string(MOMENT).transform((text, context): EpochMs => {
  const at = parseInstant(text);
  if (at !== undefined) return at;
  context.addIssue({ code: 'custom', message: MOMENT, input: text });
  return z.NEVER;
});

/** Kept beside the fare for whoever shows it: where a leg is decides by which clock it goes. */
const timezone = z
  .string(TEXT)
  .refine(isTimeZone, { error: ({ input }) => `expected ${expectedTimeZone(String(input))}` });

const leg = z.looseObject({
  route_id: id,
  network_id: id.nullish(),
  from_stop_id: id,
  to_stop_id: id,
  departure: moment,
  arrival: moment,
  fare_distance_units: z.number().min(0).nullish(),
  intermediate_stop_ids: z.array(id).nullish(),
});

const rider = z.looseObject({
  categories: z.array(id).nullish(),
  media: z.array(id).nullish(),
});

const itinerary = z.looseObject({
  timezone: timezone.nullish(),
  rider: rider.nullish(),
  // How many there may be is said by whoever prices them.
  legs: z.array(leg).min(1, 'expected at least one leg'),
});

export interface ReadItinerary {
  /** Absent when there is an error among the problems. */
  readonly itinerary?: Itinerary;
  /** Keys that are not known are warned of: planners add words of their own. */
  readonly problems: readonly Problem[];
  /** Where the value at a path stands. */
  readonly positionOf: YamlFile<unknown>['positionOf'];
}

export function readItinerary(text: string, file: string): ReadItinerary {
  if (text.length > CHARS) {
    const what = `${text.length.toLocaleString('en')} characters`;
    const expected = `at most ${CHARS.toLocaleString('en')}`;
    return { problems: [{ at: { file }, what, expected }], positionOf: () => ({ file }) };
  }
  const { value, problems, positionOf } = readJson(text, file, itinerary);
  if (value === undefined) return { problems, positionOf };
  const { categories, media } = value.rider ?? {};
  const legs = value.legs.map(one => ({
    routeId: one.route_id,
    networkId: one.network_id ?? undefined,
    fromStopId: one.from_stop_id,
    toStopId: one.to_stop_id,
    departure: one.departure,
    arrival: one.arrival,
    distanceUnits: one.fare_distance_units ?? undefined,
    intermediateStopIds: one.intermediate_stop_ids ?? undefined,
  }));
  return {
    itinerary: { rider: { categories: categories ?? undefined, media: media ?? undefined }, legs },
    problems: [
      ...strangeKeys(value, itinerary, [], positionOf),
      ...strangeKeys(value.rider ?? {}, rider, ['rider'], positionOf),
      ...value.legs.flatMap((one, index) => strangeKeys(one, leg, ['legs', index], positionOf)),
    ],
    positionOf,
  };
}

function strangeKeys(
  value: object,
  schema: { readonly shape: object },
  path: Path,
  positionOf: ReadItinerary['positionOf'],
): Problem[] {
  const known = Object.keys(schema.shape);
  return Object.keys(value).flatMap((key): Problem[] => {
    if (known.includes(key)) return [];
    const meant = suggest(key, known);
    const expected = meant === undefined ? {} : { expected: `'${meant}'?` };
    return [
      { at: positionOf([...path, key]), what: `unknown key '${key}'`, ...expected, severity: 'warning' },
    ];
  });
}
