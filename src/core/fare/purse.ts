/** Money on the account or the card (FARES.md 3, 'purse'): a balance, a floor, and what is refused below it. */
import type { MinorUnits } from '../money.ts';
import type { Purse } from '../tariff/purse.ts';
import type { Tariff } from '../tariff/tariff.ts';
import { type Bill, riderPays } from './bill.ts';
import { declined, type Rated } from './rated.ts';
import type { Interned, Ride } from './ride.ts';
import type { RiderState } from './rider.ts';

/**
 * After all rules. False: the ride is refused. A balance that nobody knows refuses nothing, and what was ridden is owed
 * whatever the balance: an exit is never refused.
 */
export function payFromPurse(bill: Bill): boolean {
  const { purse } = bill.tariff;
  const balance = bill.before.purseMinor;
  if (purse === undefined || balance === undefined || purse.media[bill.medium] !== true) return true;
  const amount = riderPays(bill);
  const after = balance - amount;
  if (!bill.isExit && amount > 0 && isTooLow(purse, balance, after)) {
    bill.trace?.passed('purse', `${balance} is not enough for ${amount}`);
    return false;
  }
  bill.trace?.applied('purse', `${balance} - ${amount} = ${after}`);
  bill.purseMinor = after as MinorUnits;
  return true;
}

/** Below zero at most to the floor, and where the tariff says once, only from zero or above. */
function isTooLow({ floorMinor, belowZero }: Purse, balance: number, after: number): boolean {
  return after < floorMinor || (belowZero === 'once' && balance < 0 && after < 0);
}

/** Puts money in; above the maximum nothing is put in. */
export function loadPurse(tariff: Tariff, state: RiderState, ride: Ride, { medium }: Interned): Rated {
  const { purse } = tariff;
  const { amountMinor } = ride;
  if (purse === undefined || purse.media[medium] !== true || amountMinor === undefined) {
    return declined('medium-not-accepted', state, 1);
  }
  const before = state.purseMinor ?? (0 as MinorUnits);
  const after = (before + amountMinor) as MinorUnits;
  if (after > purse.maximumMinor) return declined('purse-full', state, 1);
  const loaded = { ...state, purseMinor: after };
  return { ...declined('purse-loaded', loaded, 1), purseBeforeMinor: before, purseAfterMinor: after };
}
