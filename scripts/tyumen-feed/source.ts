/** `lines.yaml`, the hand-written Tyumen: its shape, and what must hold between its parts. */
import { z } from 'zod';
import { assert, type Problem, refuseIfWrong } from '../../src/core/error.ts';
import { readYaml } from '../../src/core/source/yaml.ts';
import { suggest } from '../../src/core/suggest.ts';

const FILE = 'lines.yaml';

/** Latitude and longitude in degrees, inside a box round the city: swapped or foreign numbers do not fit. */
const Point = z.tuple([z.number().min(57).max(57.3), z.number().min(65.2).max(65.8)]);
const Names = { ru: z.string().min(1), en: z.string().min(1) };
const ClockTime = z.string().regex(/^\d\d:[0-5]\d$/, 'expected a time as 07:30, beyond 24:00 after midnight');

/** A lone pole has `at`, the two sides of a street have `poles`, a station with its platforms has both. */
const Place = z
  .strictObject({
    code: z.number().int().positive(),
    ...Names,
    at: Point.optional(),
    poles: z.record(z.string(), Point).default({}),
    zone: z.enum(['city', 'suburb']).default('city'),
    dwell: z.number().int().min(0).default(0),
  })
  .refine(place => place.at !== undefined || Object.keys(place.poles).length > 0, 'expected at, or poles');

/** From, every so many minutes, from, every, …, the last one. */
const Departures = z
  .array(z.union([ClockTime, z.number().int().positive()]))
  .min(3)
  .refine(
    parts => parts.length % 2 === 1 && parts.every((part, i) => (typeof part === 'number') === (i % 2 === 1)),
    'expected a time, minutes, a time, …, a time',
  );

const Line = z.strictObject({
  name: z.string(),
  type: z.enum(['bus', 'tram']),
  kmh: z.number().positive(),
  colour: z.string().regex(/^[0-9A-F]{6}$/, 'expected six hexadecimal digits'),
  ...Names,
  there: z.array(z.string()).min(2),
  back: z.array(z.string()).min(2),
  departures: z.record(z.string(), Departures),
});

const Service = z.strictObject({
  days: z.string().regex(/^[01]{7}$/, 'expected seven of 0 and 1, Monday first'),
  holidays: z.enum(['on', 'off']).optional(),
});

const Source = z.strictObject({
  feed: z.strictObject({
    agency: z.strictObject({ id: z.string(), ...Names, url: z.url() }),
    publisher: z.strictObject(Names),
    timezone: z.string(),
    version: z.string(),
    from: z.iso.date(),
    to: z.iso.date(),
  }),
  services: z.record(z.string(), Service),
  holidays: z.array(z.array(z.iso.date())),
  stops: z.record(z.string(), Place),
  lines: z.record(z.string(), Line),
});

export type Source = z.infer<typeof Source>;
export type Place = z.infer<typeof Place>;
export type Line = z.infer<typeof Line>;
export type Point = z.infer<typeof Point>;

/** Throws one `bad-input` with every problem at its line and column. */
export function readSource(text: string): Source {
  const { value, problems, positionOf } = readYaml(text, FILE, Source);
  refuseIfWrong(problems);
  assert(value !== undefined, 'a file without problems has a value');
  const poles = Object.entries(value.stops).flatMap(([id, place]) => poleIds(id, place));
  const unknown = (name: string, right: readonly string[], path: readonly (string | number)[]): Problem[] => {
    if (right.includes(name)) return [];
    const meant = suggest(name, right);
    const problem = { at: positionOf(path), what: `unknown name '${name}'` };
    return [meant === undefined ? problem : { ...problem, expected: `'${meant}'` }];
  };
  const wrong = Object.entries(value.lines).flatMap(([id, line]) => [
    ...line.there.flatMap((stop, i) => unknown(stop, poles, ['lines', id, 'there', i])),
    ...line.back.flatMap((stop, i) => unknown(stop, poles, ['lines', id, 'back', i])),
    ...Object.keys(line.departures).flatMap(service =>
      unknown(service, Object.keys(value.services), ['lines', id, 'departures', service]),
    ),
  ]);
  refuseIfWrong(wrong);
  return value;
}

/** The stop_ids at which a vehicle calls; the station itself is none of them. */
function poleIds(id: string, place: Place): string[] {
  const poles = Object.keys(place.poles);
  return poles.length === 0 ? [id] : poles.map(pole => `${id}-${pole}`);
}
