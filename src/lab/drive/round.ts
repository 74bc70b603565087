/** Many drives over a feed, of trips that chance picks, judged together: how well the tracker does for what it was told. */
import type { ServiceDate } from '../../core/time.ts';
import { followedPosition } from '../../onboard/position/followed.ts';
import type { Observation } from '../../onboard/position/observation.ts';
import type { Runs } from '../../onboard/position/track/runs.ts';
import type { Trip, TripHead } from '../../onboard/stops/trip.ts';
import { Random } from '../random.ts';
import { drive, type Roads } from './drive.ts';
import { judged, NO_TAPS, type Verdict } from './judge.ts';
import type { Receiver } from './receiver.ts';

/** What the vehicle is told when it begins: its trip, its line, nothing, or a trip that it does not run. */
export type Told = 'trip' | 'line' | 'nothing' | 'wrong trip';

export interface Round {
  readonly told: Told;
  readonly date: ServiceDate;
  readonly drives: number;
  /** The same seed gives the same drives, whatever is told. */
  readonly seed: number;
  readonly gapEveryS: number;
  /** Empty: nobody hears the vehicle's doors. */
  readonly doorIds: readonly string[];
}

/** As the noise of a receiver between houses is usually given; some of them say no speed. */
const RECEIVER: Omit<Receiver, 'speed' | 'gapEveryS'> = { errorM: 10, outlierShare: 0.05, gapS: 60 };
const SPEED_SHARE = 0.6;

/** A trip and the next one of its block, on a street with traffic. */
const TRIPS = 2;

export function judgedRound(roads: Roads, runs: Runs, round: Round): Verdict {
  const routes = roads.stops.routeIds().map(routeId => roads.stops.tripsOn(routeId, round.date));
  const served = routes.filter(trips => trips.length > 0);
  let verdict = NO_TAPS;
  for (let index = 0; index < round.drives; index += 1) {
    const random = new Random(round.seed + index);
    if (served.length > 0)
      verdict = judgedDrive(verdict, random.pick(random.pick(served)), roads, runs, round, random);
  }
  return verdict;
}

function judgedDrive(
  before: Verdict,
  first: TripHead,
  roads: Roads,
  runs: Runs,
  { told, date, gapEveryS, doorIds }: Round,
  random: Random,
): Verdict {
  const receiver = { ...RECEIVER, gapEveryS, speed: random.next() < SPEED_SHARE };
  const events = drive(roads, tripsFrom(first, roads, date), date, { receiver, doorIds }, random);
  const position = followedPosition(roads.stops, runs);
  const atMs = events[0]?.atMs;
  if (atMs === undefined) return before;
  for (const seen of toldAs(told, first, atMs, roads, runs, random)) position.observe(seen);
  return judged(before, position, events, roads.stops);
}

function tripsFrom({ tripId, blockId }: TripHead, { stops }: Roads, date: ServiceDate): Trip[] {
  const block = blockId === undefined ? [] : stops.tripsOfBlock(blockId, date);
  const at = block.findIndex(trip => trip.tripId === tripId);
  const tripIds = at < 0 ? [tripId] : block.slice(at, at + TRIPS).map(trip => trip.tripId);
  return tripIds.flatMap(id => stops.trip(id) ?? []);
}

function toldAs(
  told: Told,
  { tripId, routeId, directionId }: TripHead,
  atMs: Observation['atMs'],
  { stops }: Roads,
  runs: Runs,
  random: Random,
): Observation[] {
  switch (told) {
    case 'nothing':
      return [];
    case 'trip':
      return [{ kind: 'driver', atMs, tripId }];
    case 'line': {
      const line = stops.route(routeId)?.line;
      return line === undefined ? [] : [{ kind: 'line', atMs, line }];
    }
    case 'wrong trip': {
      const mistaken = random.pick(['direction', 'time', 'route'] as const);
      const others = stops.routeIds().filter(id => id !== routeId);
      const other = others.length === 0 ? routeId : random.pick(others);
      const wrong = runs.about(mistaken === 'route' ? other : routeId, atMs).filter(({ trip }) => {
        return mistaken === 'direction' ? trip.directionId !== directionId : trip.tripId !== tripId;
      });
      return wrong.length === 0 ? [] : [{ kind: 'driver', atMs, tripId: random.pick(wrong).trip.tripId }];
    }
    default:
      return told satisfies never;
  }
}
