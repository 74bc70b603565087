/** What may be taken off a fare, in this order; each rule changes the bill or leaves it alone. */

import { applyBestValue } from './best-value.ts';
import type { Bill } from './bill.ts';
import { applyCaps } from './cap.ts';
import { applyPasses } from './pass.ts';
import { applyPoints } from './points.ts';
import { applyTransfers, openWindows } from './transfer.ts';

export function applyRules(bill: Bill): void {
  applyPasses(bill);
  applyTransfers(bill);
  applyCaps(bill);
  applyBestValue(bill);
  applyPoints(bill);
  openWindows(bill);
}
