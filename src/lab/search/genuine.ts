/** Whether a trick is what it is called: whatever else an outing shows, it shows nothing by a trick that is none. */
import { bandAt } from '../../core/tariff/bands.ts';
import { epoch, serviceDateAt } from '../../core/time.ts';
import { isFarther, isOnTheWay } from './geography.ts';
import type { Outing, Trip } from './outing.ts';
import type { Trick } from './trick.ts';
import type { Stop, World } from './world.ts';

export function isGenuine(world: World, outing: Outing, trick: Trick): boolean {
  switch (trick.kind) {
    case 'splitting': {
      const trip = outing.trips[trick.trip];
      if (!isPricedByItsEnd(trip) || !isOnTheWay(world, trip.from, trick.over, trip.to)) return false;
      return isSameTime(world, outing, trip.enterS, trick.enterS);
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

/** The second half is no ride at a cheaper time: that would be waiting. */
function isSameTime({ tariffs: [tariff] }: World, { day }: Outing, aS: number, bS: number): boolean {
  const { bands, zone, dayStartS } = tariff;
  const timeOf = (second: number) => {
    const at = epoch(day.startMs + second * 1000);
    return `${bandAt(bands, zone, at)} ${serviceDateAt(zone, dayStartS, at)}`;
  };
  return timeOf(aS) === timeOf(bS);
}
