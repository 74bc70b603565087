/** Whose fare is paid today: the card's category, or what it falls back to out of season or with its quota spent. */
import type { Grace, Reason } from '../reason.ts';
import type { Category, Quota, Tariff } from '../tariff/tariff.ts';
import { monthOf, type ServiceDate } from '../time.ts';
import type { Ride } from './ride.ts';
import type { RiderState } from './rider.ts';
import type { Trace } from './trace.ts';

/** What of a tap says who pays. */
interface Holder {
  readonly category: string;
  readonly proofExpired?: boolean | undefined;
  readonly quotaUsed?: Ride['quotaUsed'];
}

export interface Payer {
  readonly category: string;
  /** Why the fallback pays instead of the card's category, where that is to be told the rider. */
  readonly instead?: Reason;
  /** Rides left before and after this one, where the category has a quota that is known. */
  readonly quotaBefore?: number;
  readonly quotaAfter?: number;
  /** The month's use after this ride, to be remembered. */
  readonly used?: { readonly month: number; readonly used: number };
  readonly graced: readonly Grace[];
}

const NONE: readonly Grace[] = [];

/** `date` is the charging day of the journey's first entry. */
export function payingCategory(
  tariff: Tariff,
  state: RiderState,
  ride: Holder,
  date: ServiceDate,
  trace: Trace | undefined,
): Payer {
  const own = tariff.categories[ride.category];
  if (own === undefined) return { category: tariff.defaultCategory, graced: ['entitlement-unknown'] };
  if (ride.proofExpired) {
    const fallback = inSeason(tariff, own.fallback ?? tariff.defaultCategory, date, trace);
    return { category: fallback, instead: 'proof-expired', graced: NONE };
  }
  const name = inSeason(tariff, ride.category, date, trace);
  const category = tariff.categories[name];
  return category?.quota === undefined
    ? name === ride.category
      ? { category: name, graced: NONE }
      : { category: name, instead: 'out-of-season', graced: NONE }
    : underQuota(tariff, name, category, category.quota, state, ride, date, trace);
}

function underQuota(
  tariff: Tariff,
  name: string,
  category: Category,
  quota: Quota,
  state: RiderState,
  ride: Holder,
  date: ServiceDate,
  trace: Trace | undefined,
): Payer {
  const month = monthOf(date);
  const used = Math.max(usedIn(month, state.quota), usedIn(month, ride.quotaUsed));
  const allowed = quota.months[month];
  const fallback = inSeason(tariff, category.fallback ?? tariff.defaultCategory, date, trace);
  if (allowed === undefined) {
    return quota.unpublished === 'fallback'
      ? { category: fallback, graced: NONE }
      : { category: name, used: { month, used: used + 1 }, graced: ['quota-unknown'] };
  }
  const left = Math.max(0, allowed - used);
  trace?.compared(quota.ruleId, String(month), used + 1);
  if (left === 0) {
    trace?.applied(quota.ruleId, `all ${allowed} rides of this month are used: ${fallback}`);
    return { category: fallback, instead: 'quota-spent', quotaBefore: 0, quotaAfter: 0, graced: NONE };
  }
  trace?.applied(quota.ruleId, `ride ${used + 1} of ${allowed} this month`);
  return {
    category: name,
    quotaBefore: left,
    quotaAfter: left - 1,
    used: { month, used: used + 1 },
    graced: NONE,
  };
}

/** The vehicle knows its own taps, the entitlement what was synced: whichever counted more is nearer the truth. */
function usedIn(month: number, count: { readonly month: number; readonly used: number } | undefined): number {
  return count?.month === month ? count.used : 0;
}

/** The category itself, or the first of its fallbacks whose season it is; they end somewhere (`check-settings`). */
function inSeason(tariff: Tariff, name: string, date: ServiceDate, trace: Trace | undefined): string {
  const category = tariff.categories[name];
  if (category?.season !== undefined) {
    trace?.compared(`category:${name}`, 'season.from', date);
    trace?.compared(`category:${name}`, 'season.to', date);
  }
  if (category === undefined || isSeason(category, date)) return name;
  trace?.passed(`category:${name}`, 'it is not its season');
  return inSeason(tariff, category.fallback ?? tariff.defaultCategory, date, trace);
}

function isSeason(category: Category, date: ServiceDate): boolean {
  if (category.season === undefined) return true;
  const { from, to } = category.season;
  const day = date % 10_000;
  return from <= to ? day >= from && day <= to : day >= from || day <= to;
}

/** Whom a rider of so many full years may ride as, by age alone; undefined where no category is about that age. */
export function categoryOfAge({ categoryNames, categories }: Tariff, years: number): string | undefined {
  return categoryNames.find(name => {
    const ages = categories[name]?.ages;
    return ages !== undefined && ages.from <= years && years <= ages.to;
  });
}
