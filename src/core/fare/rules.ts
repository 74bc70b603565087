/**
 * What may be taken off a fare, in this order; each rule changes the bill or leaves it alone. Of most kinds a tariff has
 * none: they are not even asked.
 *
 * Where every tap comes by, lists are counted through by index: a loop over an iterable compiles to several times the code,
 * and V8 puts functions into one another only up to so much of it. In Tyumen that is a tenth of all taps a second and more.
 */

import { applyBestValue } from './best-value.ts';
import type { Bill } from './bill.ts';
import { applyCaps } from './cap.ts';
import { applyPasses } from './pass.ts';
import { applyPoints } from './points.ts';
import { applyTransfers, openWindows } from './transfer.ts';

export function applyRules(bill: Bill): void {
  const { passes, transfers, caps, bestValue, loyalty } = bill.tariff;
  if (passes.length > 0) applyPasses(bill);
  if (transfers.length > 0) applyTransfers(bill);
  if (caps.length > 0) applyCaps(bill);
  if (bestValue.length > 0) applyBestValue(bill);
  if (loyalty.length > 0) applyPoints(bill);
  if (transfers.length > 0) openWindows(bill);
}
