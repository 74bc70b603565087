/** Money on the account or the card (FARES.md 3, 'purse'): a balance, a floor, and what is refused below it. */
import type { MinorUnits } from '../money.ts';
import type { Purse } from '../tariff/purse.ts';
import type { Tariff } from '../tariff/tariff.ts';
import type { EpochMs } from '../time.ts';
import { type Bill, riderPays } from './bill.ts';
import { declined, type Rated } from './rated.ts';
import type { Ride } from './ride.ts';
import type { RiderState } from './rider.ts';
import { inWords, type Trace } from './trace.ts';

/** False: the balance is too low for a ride that may still be refused. A balance that nobody knows refuses nothing. */
export function payFromPurse(bill: Bill, purse: Purse, mayRefuse: boolean): boolean {
  const balance = bill.before.purseMinor;
  if (balance === undefined || purse.media[bill.ridden.medium] !== true) return true;
  const said = (minor: number) => inWords(bill.tariff, minor);
  const amount = riderPays(bill);
  const after = balance - amount;
  if (mayRefuse && amount > 0) bill.trace?.compared('purse', 'floor', after);
  if (mayRefuse && amount > 0 && isTooLow(purse, balance, after)) {
    bill.trace?.passed('purse', `${said(balance)} is not enough for ${said(amount)}`);
    return false;
  }
  bill.trace?.applied('purse', `${said(balance)} - ${said(amount)} = ${said(after)}`);
  if (after !== balance) {
    bill.after.purseMinor = after as MinorUnits;
    bill.after.purseAsOfMs = purseAsOf(bill.before, bill.ride.atMs);
  }
  return true;
}

/** May a journey begin that is paid when it ends? Not with what a ride could not leave behind. */
export function mayBegin({ purse }: Tariff, { purseMinor }: RiderState, medium: number): boolean {
  if (purse === undefined || purseMinor === undefined || purse.media[medium] !== true) return true;
  return purse.belowZero === 'once' ? purseMinor >= 0 : purseMinor >= purse.floorMinor;
}

/** What the back office says of a purse holds until the vehicle has seen it used since. */
export function withHint({ purse }: Tariff, state: RiderState, { purseHint }: Ride): RiderState {
  if (purse === undefined || purseHint === undefined) return state;
  const { purseAsOfMs } = state;
  if (purseAsOfMs !== undefined && purseHint.asOfMs <= purseAsOfMs) return state;
  return { ...state, purseMinor: purseHint.minor, purseAsOfMs: purseHint.asOfMs };
}

/** It never goes back: a clock behind, or a journey paid long after it began, makes no older word of a balance newer. */
function purseAsOf({ purseAsOfMs }: RiderState, atMs: EpochMs): EpochMs {
  return purseAsOfMs !== undefined && purseAsOfMs > atMs ? purseAsOfMs : atMs;
}

/** Below zero at most to the floor, and where the tariff says once, only from zero or above. */
function isTooLow({ floorMinor, belowZero }: Purse, balance: number, after: number): boolean {
  return after < floorMinor || (belowZero === 'once' && balance < 0 && after < 0);
}

/** Puts money in; above the maximum nothing is put in. */
export function loadPurse(
  tariff: Tariff,
  state: RiderState,
  ride: Ride,
  medium: number,
  trace: Trace | undefined,
): Rated {
  const { purse } = tariff;
  const { amountMinor } = ride;
  if (purse === undefined || purse.media[medium] !== true || amountMinor === undefined) {
    return declined('medium-not-accepted', state, 1);
  }
  const before = state.purseMinor ?? (0 as MinorUnits);
  const after = (before + amountMinor) as MinorUnits;
  trace?.compared('purse', 'maximum', after);
  if (after > purse.maximumMinor) return declined('purse-full', state, 1);
  const loaded = { ...state, purseMinor: after, purseAsOfMs: purseAsOf(state, ride.atMs) };
  return { ...declined('purse-loaded', loaded, 1), purseBeforeMinor: before, purseAfterMinor: after };
}
