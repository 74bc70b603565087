/** Whether a trick is what it is called: whatever else an outing shows, it shows nothing by a trick that is none. */
import { bandAt } from '../../core/tariff/bands.ts';
import { epoch, serviceDateAt } from '../../core/time.ts';
import { asksWhenLeft } from './boundary.ts';
import { isFarther, isOnTheWay } from './geography.ts';
import type { Outing, Trip } from './outing.ts';
import type { Trick } from './trick.ts';
import type { Stop, World } from './world.ts';

export function isGenuine(world: World, outing: Outing, trick: Trick): boolean {
  switch (trick.kind) {
    case 'splitting': {
      const trip = outing.trips[trick.trip];
      if (!isPricedByItsEnd(trip) || !isOnTheWay(world, trip.from, trick.over, trip.to)) return false;
      return isSameTime(world, outing, trip, trick);
    }
    case 'detour': {
      const trip = outing.trips[trick.trip];
      // Whoever rides on afterwards would begin elsewhere, too.
      const isLast = trick.trip === outing.trips.length - 1;
      return isLast && isPricedByItsEnd(trip) && isFarther(world, trip.from, trip.to, trick.to);
    }
    case 'right':
      return world.rights.some(({ holder, without }) => holder === outing.payer && without === trick.without);
    case 'waiting':
    case 'riding-more':
      return true;
    default:
      return trick satisfies never;
  }
}

interface Ends {
  readonly from: Stop;
  readonly to: Stop;
}

function isPricedByItsEnd(trip: Trip | undefined): trip is Trip & Ends {
  if (trip?.from === undefined || trip.to === undefined) return false;
  return trip.way.isLeft || trip.way.namesEnd;
}

/** Neither half is a ride at a cheaper time: that would be waiting. */
function isSameTime({ tariffs }: World, { day }: Outing, trip: Trip, split: Splitting): boolean {
  const [{ bands, zone, dayStartS }] = tariffs;
  const momentOf = (second: number) => epoch(day.startMs + second * 1000);
  const bandOf = (second: number) => bandAt(bands, zone, momentOf(second));
  const dayOf = (second: number) => serviceDateAt(zone, dayStartS, momentOf(second));
  if (dayOf(trip.enterS) !== dayOf(split.enterS) || bandOf(trip.enterS) !== bandOf(split.enterS))
    return false;
  return !(trip.way.isLeft && asksWhenLeft(tariffs)) || bandOf(trip.leaveS) === bandOf(split.leaveS);
}

type Splitting = Extract<Trick, { kind: 'splitting' }>;
