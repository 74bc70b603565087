/**
 * A simulated drive over a feed: one vehicle runs some trips of its block, its receiver and its doors are heard, and riders
 * tap while doors are open and just after. What is heard and who tapped where stand in one list, by time.
 */
import { type EpochMs, epoch, type ServiceDate, type Zone, zeroOfDay } from '../../core/time.ts';
import type { Observation } from '../../onboard/position/observation.ts';
import type { Plane } from '../../onboard/position/track/plane.ts';
import type { Stops } from '../../onboard/stops/stops.ts';
import type { Trip } from '../../onboard/stops/trip.ts';
import type { Random } from '../random.ts';
import { type Receiver, received } from './receiver.ts';
import { tapsAt } from './riders.ts';
import { type Street, streetOf } from './street.ts';
import { type Detour, driven, type Moment, type Ride, type Visit } from './vehicle.ts';

export type DriveEvent =
  | { readonly kind: 'heard'; readonly atMs: EpochMs; readonly seen: Observation }
  | { readonly kind: 'tap'; readonly atMs: EpochMs; readonly truth: Truth };

/** Where the rider got on. */
export interface Truth {
  readonly trip: Trip;
  /** Undefined where doors opened on a detour: there is no stop of the trip. */
  readonly stopId: string | undefined;
}

export interface Roads {
  readonly stops: Stops;
  readonly zone: Zone;
  readonly plane: Plane;
}

export interface DriveOptions {
  readonly receiver: Receiver;
  /** Those that are heard. Empty: the vehicle's doors have no wire. */
  readonly doorIds: readonly string[];
  /** Of the first trip. */
  readonly detour?: Detour;
}

/** The trips one after another on one day of service: those of a block, or one alone. */
export function drive(
  roads: Roads,
  trips: readonly Trip[],
  date: ServiceDate,
  { receiver, doorIds, detour }: DriveOptions,
  random: Random,
): DriveEvent[] {
  const zeroMs = zeroOfDay(roads.zone, date);
  const moments: Moment[] = [];
  const events: DriveEvent[] = [];
  for (const [index, trip] of trips.entries()) {
    const street = streetOf(roads.stops, roads.plane, trip);
    const times = timesOf(trip);
    const standsFromS = comesTo(street, times.departsS[0] ?? 0, moments, random);
    const course = { street, ...times, standsFromS };
    const ride = driven(index === 0 && detour !== undefined ? { ...course, detour } : course, random);
    moments.push(...ride.moments);
    events.push(...visited(trip, ride, zeroMs, doorIds, random));
  }
  const fixes = received(moments, receiver, roads.plane, zeroMs, random);
  const heard = fixes.map((seen): DriveEvent => ({ kind: 'heard', atMs: seen.atMs, seen }));
  return [...heard, ...events].sort((a, b) => a.atMs - b.atMs);
}

function timesOf({ stopTimes }: Trip): { departsS: number[]; arrivesS: number[] } {
  return {
    departsS: stopTimes.map(({ departureS }) => departureS ?? Number.NaN),
    arrivesS: stopTimes.map(({ arrivalS }) => arrivalS ?? Number.NaN),
  };
}

/** Out of the depot some minutes early, or from where the last trip ended, at a walk. */
function comesTo({ points }: Street, leavesS: number, moments: Moment[], random: Random): number {
  const [start, last] = [points[0], moments.at(-1)];
  if (start === undefined || last === undefined) return leavesS - random.between(120, 480);
  const [x, y] = [start.x - last.x, start.y - last.y];
  const seconds = Math.ceil(Math.hypot(x, y) / WALK_MPS);
  const courseDeg = ((Math.atan2(x, y) * 180) / Math.PI + 360) % 360;
  for (let second = 1; second <= seconds; second += 1) {
    const share = second / seconds;
    const place = { x: last.x + x * share, y: last.y + y * share };
    moments.push({ atS: last.atS + second, ...place, speedMps: WALK_MPS, courseDeg });
  }
  return last.atS + seconds;
}

const WALK_MPS = 5;

function visited(
  trip: Trip,
  { visits }: Ride,
  zeroMs: EpochMs,
  doorIds: readonly string[],
  random: Random,
): DriveEvent[] {
  const at = (seconds: number) => epoch(Math.round(zeroMs + seconds * 1000));
  return visits.flatMap((visit, index) => {
    const stopId = visit.stop === undefined ? undefined : trip.stopTimes[visit.stop]?.stopId;
    const truth = { trip, stopId };
    const taps = tapsAt(visit, visits[index + 1], random);
    const riders = taps.map((atS): DriveEvent => ({ kind: 'tap', atMs: at(atS), truth }));
    return [...doorsOf(visit, doorIds, random).map(door => heardDoor(door, at)), ...riders];
  });
}

interface DoorMove {
  readonly doorId: string;
  readonly open: boolean;
  readonly atS: number;
}

/** The first opens and the last closes with the visit, the others in between. */
function doorsOf({ opensS, closesS }: Visit, doorIds: readonly string[], random: Random): DoorMove[] {
  return doorIds.flatMap((doorId, index) => {
    const spare = index === 0 ? 0 : (closesS - opensS) / 3;
    return [
      { doorId, open: true, atS: opensS + random.between(0, spare) },
      { doorId, open: false, atS: closesS - random.between(0, spare) },
    ];
  });
}

function heardDoor({ doorId, open, atS }: DoorMove, at: (seconds: number) => EpochMs): DriveEvent {
  const atMs = at(atS);
  return { kind: 'heard', atMs, seen: { kind: 'doors', atMs, doorId, open } };
}
