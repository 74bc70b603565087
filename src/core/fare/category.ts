/** Whose fare is paid today: the card's category, or what it falls back to out of season or with its quota spent. */
import type { Grace } from '../reason.ts';
import type { Category, Quota, Tariff } from '../tariff/tariff.ts';
import { monthOf, type ServiceDate } from '../time.ts';
import type { Ride } from './rate.ts';
import type { RiderState } from './rider.ts';

export interface Payer {
  readonly category: string;
  /** True when the quota is spent and the fallback pays. */
  readonly spent: boolean;
  /** Rides left before and after this one, where the category has a quota that is known. */
  readonly quotaBefore?: number;
  readonly quotaAfter?: number;
  /** The month's use after this ride, to be remembered. */
  readonly used?: { readonly month: number; readonly used: number };
  readonly graced: readonly Grace[];
}

export function payingCategory(tariff: Tariff, state: RiderState, ride: Ride): Payer {
  const category = tariff.categories[ride.category];
  if (category === undefined)
    return { category: tariff.defaultCategory, spent: false, graced: ['entitlement-unknown'] };
  if (!inSeason(category, ride.serviceDate)) return { ...fallback(tariff, category), spent: false };
  return category.quota === undefined
    ? { category: ride.category, spent: false, graced: [] }
    : underQuota(tariff, category, category.quota, state, ride);
}

function underQuota(tariff: Tariff, category: Category, quota: Quota, state: RiderState, ride: Ride): Payer {
  const month = monthOf(ride.serviceDate);
  const used = Math.max(usedIn(month, state.quota), usedIn(month, ride.quotaUsed));
  const allowed = quota.months[month];
  if (allowed === undefined && quota.unpublished === 'fallback')
    return { ...fallback(tariff, category), spent: false };
  if (allowed === undefined) {
    const remembered = { month, used: used + 1 };
    return { category: ride.category, spent: false, used: remembered, graced: ['quota-unknown'] };
  }
  const left = Math.max(0, allowed - used);
  if (left === 0) return { ...fallback(tariff, category), spent: true, quotaBefore: 0, quotaAfter: 0 };
  return {
    category: ride.category,
    spent: false,
    quotaBefore: left,
    quotaAfter: left - 1,
    used: { month, used: used + 1 },
    graced: [],
  };
}

/** The vehicle knows its own taps, the entitlement what was synced: whichever counted more is nearer the truth. */
function usedIn(month: number, count: { readonly month: number; readonly used: number } | undefined): number {
  return count?.month === month ? count.used : 0;
}

function fallback(tariff: Tariff, category: Category): { category: string; graced: readonly Grace[] } {
  return { category: category.fallback ?? tariff.defaultCategory, graced: [] };
}

function inSeason(category: Category, date: ServiceDate): boolean {
  if (category.season === undefined) return true;
  const { from, to } = category.season;
  const day = date % 10_000;
  return from <= to ? day >= from && day <= to : day >= from || day <= to;
}
