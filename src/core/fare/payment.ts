/**
 * The end of a bill: rounded, then paid from a purse or ridden on credit. A ride may be refused only before it: what was
 * ridden is owed, whatever the balance.
 */
import type { Tariff } from '../tariff/tariff.ts';
import type { Bill } from './bill.ts';
import { rideOnCredit } from './credit.ts';
import { payFromPurse } from './purse.ts';
import { roundSum } from './rounding.ts';

/** Why the rider may not ride; undefined: it is paid. */
export function pay(bill: Bill): Refused | undefined {
  const { sumRounding, purse, openLoop } = bill.tariff;
  if (sumRounding !== undefined) roundSum(bill, sumRounding);
  return purse === undefined && openLoop === undefined ? undefined : takeFrom(bill, purse, openLoop);
}

type Refused = 'purse-low' | 'credit-limit';

function takeFrom(bill: Bill, purse: Tariff['purse'], openLoop: Tariff['openLoop']): Refused | undefined {
  const mayRefuse = !bill.isExit && bill.ride.wasRidden !== true;
  if (purse !== undefined && !payFromPurse(bill, purse, mayRefuse)) return 'purse-low';
  if (openLoop !== undefined && !rideOnCredit(bill, openLoop, mayRefuse)) return 'credit-limit';
  return undefined;
}
