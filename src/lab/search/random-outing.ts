/** Outings to try a tariff by: few rides, at moments and after waits at which its rules may turn. */
import type { Random } from '../random.ts';
import type { WorldDay } from './days.ts';
import { type Outing, type Trip, WALK_S } from './outing.ts';
import { nearMoment, randomSpan } from './random-time.ts';
import type { Stop, Way, World } from './world.ts';

const MOST_TRIPS = 6;
const QUARTER_S = 900;
/** Of a hundred rides and waits, so many end near a limit. */
const AIMED = 40;

/** Half of all riders keep to one network. */
export function randomOuting(world: World, random: Random): Outing {
  const day = random.pick(world.days);
  const payer = random.chance(40) ? random.pick(world.payers.slice(0, 1)) : random.pick(world.payers);
  const ways = random.chance(50) ? [random.pick(world.ways)] : world.ways;
  const trips: Trip[] = [];
  const count = 1 + random.below(MOST_TRIPS);
  let fromS = random.chance(50) ? nearMoment(world, day, random) : (20 + random.below(68)) * QUARTER_S;
  while (trips.length < count) {
    const before = trips.at(-1);
    const trip = randomTrip(world, ways, random, Math.max(fromS, before?.leaveS ?? 0), before?.to);
    trips.push(trip);
    fromS = nextStart(world, day, trip, random);
  }
  return { day, payer, trips };
}

/** From `enterS` on, mostly from where the rider is; elsewhere they have to walk first. */
export function randomTrip(
  world: World,
  ways: readonly Way[],
  random: Random,
  enterS: number,
  here: Stop | undefined,
): Trip {
  const way = random.pick(ways);
  const line = way.lines.length === 0 ? undefined : random.pick(way.lines);
  const ends = randomEnds(way, random, here);
  const beginsS = here === undefined || here === ends.from ? enterS : enterS + WALK_S;
  const leaveS = beginsS + randomSpan(world, random, AIMED);
  return { way, line, ...ends, enterS: beginsS, leaveS, isSecondCard: false };
}

function randomEnds(way: Way, random: Random, here: Stop | undefined): Pick<Trip, 'from' | 'to'> {
  if (way.stops.length === 0) return { from: undefined, to: undefined };
  const from = here !== undefined && random.chance(60) ? here : random.pick(way.stops);
  const others = way.stops.filter(stop => stop.id !== from.id);
  return { from, to: others.length === 0 ? undefined : random.pick(others) };
}

/** The next ride begins some time after this one began or ended, or near the day's next moment. */
function nextStart(world: World, day: WorldDay, { enterS, leaveS }: Trip, random: Random): number {
  if (random.chance(25)) return nearMoment(world, day, random);
  return (random.chance(50) ? enterS : leaveS) + randomSpan(world, random, AIMED);
}
