/** What may be taken off a fare, in this order; each rule changes the bill or leaves it alone. */
import type { Bill } from './bill.ts';
import { applyTransfers } from './transfer.ts';

const RULES: readonly ((bill: Bill) => void)[] = [applyTransfers];

export function applyRules(bill: Bill): void {
  for (const apply of RULES) apply(bill);
}
