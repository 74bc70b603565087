/** Lines and departures -> stops, trips with their calls, and the vehicles that run them. */
import { assert } from '../../src/core/error.ts';
import { formatTimeOfDay, parseTimeOfDay } from '../../src/core/time.ts';
import type { Line, Place, Point, Source } from './source.ts';

/** Streets bend: a ride is longer than the straight line between two stops. */
const DETOUR = 1.12;
const OPEN_ROAD = { longerThanM: 1200, kmh: 45 };
/** Running times are whole steps, as on a printed timetable. */
const STEP_S = 10;
/** The least time between two trips of one vehicle. */
const LAYOVER_S = 4 * 60;

export interface Stop {
  readonly id: string;
  readonly code: string;
  readonly at: Point;
  readonly place: Place;
  readonly isStation: boolean;
  /** The station of a platform, else empty. */
  readonly parent: string;
  readonly platform: string;
}

/** A call at a stop, in seconds after the trip's start. */
interface Call {
  readonly stop: Stop;
  readonly arrive: number;
  readonly depart: number;
}

export interface Trip {
  readonly id: string;
  readonly lineId: string;
  readonly service: string;
  readonly direction: 0 | 1;
  /** Seconds after the service day's midnight; past 86,400 after the next one. */
  readonly start: number;
  readonly calls: readonly Call[];
}

export function stopsOf(id: string, place: Place): Stop[] {
  const poles = Object.entries(place.poles);
  const isStation = place.at !== undefined && poles.length > 0;
  const head = { id, code: isStation ? '' : `${place.code}0`, place, isStation, parent: '', platform: '' };
  const beside = poles.map(([pole, at], index): Stop => {
    const within = isStation ? { parent: id, platform: pole } : { parent: '', platform: '' };
    return { id: `${id}-${pole}`, code: `${place.code}${index + 1}`, at, place, isStation: false, ...within };
  });
  return place.at ? [{ ...head, at: place.at }, ...beside] : beside;
}

export function tripsOf(source: Source, stops: readonly Stop[]): Trip[] {
  return Object.entries(source.lines).flatMap(([lineId, line]) => {
    const ways = [callsOf(line, line.there, stops), callsOf(line, line.back, stops)] as const;
    return Object.entries(line.departures).flatMap(([service, pattern]) =>
      ([0, 1] as const).flatMap(direction =>
        startsOf(pattern).map((start): Trip => {
          const id = tripId(line, service, direction, start);
          return { id, lineId, service, direction, start, calls: ways[direction] };
        }),
      ),
    );
  });
}

/** `25-we0-0724`: line 25, weekday, there, at 07:24. Short, since it stands in every row of stop_times. */
function tripId(line: Line, service: string, direction: 0 | 1, start: number): string {
  const hhmm = formatTimeOfDay(start).slice(0, 5).replace(':', '');
  return `${line.name.toLowerCase()}-${service.slice(0, 2)}${direction}-${hhmm}`;
}

function callsOf(line: Line, ids: readonly string[], stops: readonly Stop[]): Call[] {
  const calls: Call[] = [];
  for (const [index, id] of ids.entries()) {
    const stop = stops.find(one => one.id === id);
    assert(stop !== undefined, `the source was checked, so stop '${id}' is there`);
    const before = calls.at(-1);
    const arrive = before ? before.depart + runningTime(metresBetween(before.stop.at, stop.at), line.kmh) : 0;
    const passing = before !== undefined && index < ids.length - 1;
    calls.push({ stop, arrive, depart: arrive + (passing ? stop.place.dwell : 0) });
  }
  return calls;
}

function runningTime(straightM: number, lineKmh: number): number {
  const kmh = straightM > OPEN_ROAD.longerThanM ? OPEN_ROAD.kmh : lineKmh;
  return Math.ceil((straightM * DETOUR * 3.6) / kmh / STEP_S) * STEP_S;
}

function metresBetween([latA, lonA]: Point, [latB, lonB]: Point): number {
  const metresPerDegree = 111_195;
  const shrink = Math.cos((((latA + latB) / 2) * Math.PI) / 180);
  return Math.hypot(latB - latA, (lonB - lonA) * shrink) * metresPerDegree;
}

function startsOf(pattern: readonly (string | number)[]): number[] {
  const starts: number[] = [];
  for (let i = 0; i + 2 < pattern.length; i += 2) {
    const every = Number(pattern[i + 1]) * 60;
    for (let at = seconds(pattern[i]); at < seconds(pattern[i + 2]); at += every) starts.push(at);
  }
  return [...starts, seconds(pattern.at(-1))];
}

function seconds(time: string | number | undefined): number {
  const found = parseTimeOfDay(`${time}`);
  assert(found !== undefined, `departures alternate times and minutes, and '${time}' is no time`);
  return found;
}

/** A vehicle that has stood its layover at the end takes the next trip from there; if none stands there, one comes out. */
export function blocksOf(trips: readonly Trip[]): ReadonlyMap<Trip, string> {
  const standing: { duty: string; block: string; at: Stop; from: number }[] = [];
  const vehicles = new Map<string, number>();
  const blocks = new Map<Trip, string>();
  for (const trip of [...trips].sort((a, b) => a.start - b.start)) {
    const duty = `${trip.lineId}-${trip.service}`;
    const [first, last] = [trip.calls[0], trip.calls.at(-1)];
    assert(first && last, 'a line has two stops at least');
    const next = standing.findIndex(
      one => one.duty === duty && one.at === first.stop && one.from + LAYOVER_S <= trip.start,
    );
    const [waiting] = next < 0 ? [] : standing.splice(next, 1);
    if (!waiting) vehicles.set(duty, (vehicles.get(duty) ?? 0) + 1);
    const block = waiting?.block ?? `${duty}-${vehicles.get(duty)}`;
    blocks.set(trip, block);
    standing.push({ duty, block, at: last.stop, from: trip.start + last.arrive });
  }
  return blocks;
}
