/**
 * The end of a bill: rounded, then paid from a purse or ridden on credit. A ride may be refused only before it: what was
 * ridden is owed, whatever the balance.
 */
import type { Bill } from './bill.ts';
import { rideOnCredit } from './credit.ts';
import { payFromPurse } from './purse.ts';
import { roundSum } from './rounding.ts';

/** Why the rider may not ride; undefined: it is paid. */
export function pay(bill: Bill): 'purse-low' | 'credit-limit' | undefined {
  const { sumRounding, purse, openLoop } = bill.tariff;
  const mayRefuse = !bill.isExit && bill.ride.wasRidden !== true;
  if (sumRounding !== undefined) roundSum(bill, sumRounding);
  if (purse !== undefined && !payFromPurse(bill, purse, mayRefuse)) return 'purse-low';
  if (openLoop !== undefined && !rideOnCredit(bill, openLoop, mayRefuse)) return 'credit-limit';
  return undefined;
}
