/**
 * Bank cards ride on credit until their charging day is over (FARES.md 3, 'open loop'): what a vehicle may let them owe,
 * by what it knows itself. Who owes for an earlier day stands on the stop list.
 */
import type { OpenLoop } from '../tariff/open-loop.ts';
import { type Bill, riderPays } from './bill.ts';
import { inWords } from './trace.ts';

/** False: the limit is reached, and the ride may still be refused. */
export function rideOnCredit(bill: Bill, openLoop: OpenLoop, mayRefuse: boolean): boolean {
  if (openLoop.media[bill.ridden.medium] !== true) return true;
  const { credit } = bill.before;
  // A ride that came late into a day that is over is asked for with that day.
  if (credit !== undefined && bill.day < credit.day) return true;
  const owedMinor = credit?.day === bill.day ? credit.owedMinor : 0;
  const amountMinor = riderPays(bill);
  const said = (minor: number) => inWords(bill.tariff, minor);
  const isProven = bill.ride.isProven === true;
  const limitMinor = limitOf(openLoop, isProven);
  const isAsked = mayRefuse && amountMinor > 0;
  if (isAsked)
    bill.trace?.compared('open-loop', isProven ? 'floorLimit' : 'firstRide', owedMinor + amountMinor);
  if (isAsked && owedMinor + amountMinor > limitMinor) {
    bill.trace?.passed(
      'open-loop',
      `${said(owedMinor)} is owed: with ${said(amountMinor)} it is more than ${said(limitMinor)}`,
    );
    return false;
  }
  bill.trace?.applied('open-loop', `${said(owedMinor + amountMinor)} is owed for this day`);
  if (amountMinor !== 0) bill.after.credit = { day: bill.day, owedMinor: owedMinor + amountMinor };
  return true;
}

/** The risk of a card that never paid is that of its first rides. */
function limitOf({ firstRideMinor, floorLimitMinor }: OpenLoop, isProven: boolean): number {
  return isProven ? floorLimitMinor : Math.min(firstRideMinor, floorLimitMinor);
}
