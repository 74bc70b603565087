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
  const mayRefuse = !bill.isExit && bill.ride.wasRidden !== true;
  roundSum(bill);
  if (!payFromPurse(bill, mayRefuse)) return 'purse-low';
  return rideOnCredit(bill, mayRefuse) ? undefined : 'credit-limit';
}
