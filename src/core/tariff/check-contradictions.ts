/** Rules that speak of the same rides where only one can count: the one that never does is told. */
import { parseAmount } from '../money.ts';
import type { Checker } from './checker.ts';
import type { Covers } from './settings/words.ts';
import type { TariffSettings } from './settings.ts';

type Transfer = TariffSettings['transfers'][number];
type Cap = TariffSettings['caps'][number];

export function checkContradictions(settings: TariffSettings, check: Checker): void {
  checkDiscounts(settings, check);
  settings.transfers.forEach((transfer, index) => {
    const first = settings.transfers.slice(0, index).find(other => fitsFirst(transfer, other));
    if (first !== undefined) check.warn(['transfers', index], never(transfer.id, `'${first.id}' fits first`));
  });
  settings.caps.forEach((cap, index) => {
    const lower = settings.caps.find(
      other => other !== cap && isReachedBefore(other, cap, settings.currency),
    );
    if (lower !== undefined) check.warn(['caps', index], never(cap.id, `'${lower.id}' is reached before it`));
  });
}

function never(id: string, why: string): string {
  return `'${id}' never counts: ${why}`;
}

/** A concession is a price of its own; of several discounts the first that covers a ride counts. */
function checkDiscounts({ discounts, concessions }: TariffSettings, check: Checker): void {
  const conceded = concessions.map(({ category }) => category);
  discounts.forEach(({ id, covers }, index) => {
    const first = discounts.slice(0, index).find(other => isWithin(covers, other.covers));
    if (first !== undefined) check.warn(['discounts', index], never(id, `'${first.id}' covers it first`));
    (covers.categories ?? []).forEach((category, place) => {
      if (!conceded.includes(category)) return;
      const what = `'${id}' never counts for '${category}': its concession is a price of its own`;
      check.warn(['discounts', index, 'covers', 'categories', place], what);
    });
  });
}

function fitsFirst(transfer: Transfer, other: Transfer): boolean {
  return (
    isAmong(transfer.media, other.media) &&
    isAmong(transfer.categories, other.categories) &&
    isAmong(transfer.networks, other.networks) &&
    isAmong(transfer.carriers, other.carriers)
  );
}

/** Of one period and one way to count, lower or as low, and about every ride that the other is about. */
function isReachedBefore(lower: Cap, cap: Cap, currency: string): boolean {
  if (!('amount' in lower.limit) || !('amount' in cap.limit)) return false;
  const [least, most] = [lower, cap].map(({ limit }) =>
    'amount' in limit ? (parseAmount(limit.amount, currency) ?? 0) : 0,
  );
  return (
    (least ?? 0) < (most ?? 0) &&
    JSON.stringify(lower.period) === JSON.stringify(cap.period) &&
    lower.counts === cap.counts &&
    lower.beyond <= cap.beyond &&
    (lower.groupCounts || !cap.groupCounts) &&
    isWithin(cap.covers, lower.covers)
  );
}

/** Does every ride of `inner` belong to `outer`? What a rule does not name it does not ask. */
function isWithin(inner: Covers, outer: Covers): boolean {
  return COVERED.every(key => isAmong(inner[key], outer[key]));
}

const COVERED = ['networks', 'areas', 'timeframes', 'media', 'categories'] as const;

function isAmong(inner: readonly string[] | undefined, outer: readonly string[] | undefined): boolean {
  return outer === undefined || (inner?.every(name => outer.includes(name)) ?? false);
}
