/** How much there is to an example: fewer rides, plainer riders and rounder times weigh less. */
import type { Outing, Trip } from './outing.ts';
import type { Trick } from './trick.ts';
import type { Stop, World } from './world.ts';

export interface Example {
  readonly outing: Outing;
  readonly trick: Trick;
}

const RIDE = 1000;
const PAYER = 60;
const DAY = 40;
const NETWORK = 4;
const SECOND_CARD = 6;
/** Of riding: two rounder times are not worth a ride that takes an hour longer. */
const HALF_HOUR = 2;
/** More than what rides weigh by their times: a wait is halved before they are rounded. */
const WAIT = 100;

export function weightOf(world: World, { outing, trick }: Example): number {
  const { day, payer, trips } = outing;
  const ofTrips = trips.reduce((sum, trip) => sum + tripWeight(trip, world), 0);
  const ofDay = DAY * world.days.indexOf(day) + PAYER * world.payers.indexOf(payer);
  return ofTrips + ofDay + trickWeight(trick, world);
}

function tripWeight({ way, line, from, to, enterS, leaveS, isSecondCard }: Trip, { ways }: World): number {
  const place = (list: readonly unknown[], item: unknown) => Math.max(0, list.indexOf(item));
  const where = place(way.stops, from) + place(way.stops, to) + place(way.lines, line);
  const when = timeWeight(enterS) + timeWeight(leaveS) + HALF_HOUR * Math.floor((leaveS - enterS) / 1800);
  return RIDE + NETWORK * ways.indexOf(way) + where + when + (isSecondCard ? SECOND_CARD : 0);
}

function trickWeight(trick: Trick, world: World): number {
  switch (trick.kind) {
    case 'splitting': {
      const when = timeWeight(trick.leaveS) + timeWeight(trick.enterS);
      return placeOf(trick.over, world) + when + (trick.isSecondCard ? SECOND_CARD : 0);
    }
    case 'detour':
      return placeOf(trick.to, world);
    case 'waiting':
      return trick.count + WAIT * Math.ceil(Math.log2(trick.byS / world.unitS));
    case 'right':
      return PAYER * world.payers.indexOf(trick.without);
    case 'riding-more':
      return tripWeight(trick.more, world);
    default:
      return trick satisfies never;
  }
}

/** Every network has the same stops, or none. */
function placeOf(stop: Stop, { ways }: World): number {
  return Math.max(0, ...ways.map(({ stops }) => stops.indexOf(stop)));
}

/** Seconds that a time is a multiple of, the roundest first. */
export const ROUND_S = [3600, 1800, 900, 600, 300, 60] as const;

/** By its roundness; outside the hours in which people ride it is odd. */
function timeWeight(second: number): number {
  const place = ROUND_S.findIndex(step => second % step === 0);
  const isOdd = second < 6 * 3600 || second > 22 * 3600;
  return (place === -1 ? ROUND_S.length + 2 : place) + (isOdd ? 4 : 0);
}
