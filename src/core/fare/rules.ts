/** What may be taken off a fare, in this order; each rule changes the bill or leaves it alone. */

import { applyBestValue } from './best-value.ts';
import type { Bill } from './bill.ts';
import { applyCaps } from './cap.ts';
import { applyPasses } from './pass.ts';
import { applyPoints } from './points.ts';
import { applyTransfers, openWindows } from './transfer.ts';

const RULES: readonly ((bill: Bill) => void)[] = [
  applyPasses,
  applyTransfers,
  applyCaps,
  applyBestValue,
  applyPoints,
  openWindows,
];

export function applyRules(bill: Bill): void {
  for (const apply of RULES) apply(bill);
}
