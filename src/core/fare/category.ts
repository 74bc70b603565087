/** Whose fare is paid today: the card's category, or what it falls back to out of season or with its quota spent. */
import { assert } from '../error.ts';
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

/** Every field is always there, so that all payers are of one shape. */
export interface Payer {
  /** The index of the category that pays; -1: nobody's concession. */
  readonly category: number;
  /** Why the fallback pays instead of the card's category, where that is to be told the rider. */
  readonly instead: Reason | undefined;
  /** Rides left before and after this one, where the category has a quota that is known. */
  readonly quotaBefore: number | undefined;
  readonly quotaAfter: number | undefined;
  /** The month's use after this ride, to be remembered: a clock that is months behind brings back no rides used since. */
  readonly used: { readonly month: number; readonly used: number } | undefined;
  readonly graced: readonly Grace[];
}

const NONE: readonly Grace[] = [];

/** Who pays without a quota. */
function payer(category: number, instead: Reason | undefined, graced: readonly Grace[]): Payer {
  return { category, instead, quotaBefore: undefined, quotaAfter: undefined, used: undefined, graced };
}

/** By index, whoever pays as what their card says: nothing else of them differs, in whatever tariff. */
const themselves: Payer[] = [];

function itself(category: number): Payer {
  themselves[category] ??= payer(category, undefined, NONE);
  return themselves[category];
}

/** No concession is asked for, and no quota used. */
export const NOBODY: Payer = payer(-1, undefined, NONE);

/** `date` is the charging day of the journey's first entry. */
export function payingCategory(
  tariff: Tariff,
  state: RiderState,
  ride: Holder,
  date: ServiceDate,
  trace: Trace | undefined,
): Payer {
  const own = tariff.categories[ride.category];
  if (own === undefined || ride.proofExpired === true) return withoutProof(tariff, own, date, trace);
  const category = inSeason(tariff, own, date, trace);
  if (category.quota !== undefined)
    return underQuota(tariff, category, category.quota, state, ride, date, trace);
  return category === own ? itself(own.index) : payer(category.index, 'out-of-season', NONE);
}

function withoutProof(
  tariff: Tariff,
  own: Category | undefined,
  date: ServiceDate,
  trace: Trace | undefined,
): Payer {
  if (own !== undefined) return payer(fallbackOf(tariff, own, date, trace).index, 'proof-expired', NONE);
  const category = tariff.categories[tariff.defaultCategory]?.index ?? -1;
  return payer(category, undefined, ['entitlement-unknown']);
}

function underQuota(
  tariff: Tariff,
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
  const isBehind = state.quota !== undefined && month < state.quota.month;
  const after = isBehind ? undefined : { month, used: used + 1 };
  if (allowed === undefined) {
    return quota.unpublished === 'fallback'
      ? payer(fallbackOf(tariff, category, date, trace).index, undefined, NONE)
      : { ...payer(category.index, undefined, ['quota-unknown']), used: after };
  }
  trace?.compared(quota.ruleId, String(month), used + 1);
  const left = allowed - used;
  if (left <= 0) return spent(tariff, category, quota.ruleId, allowed, date, trace);
  trace?.applied(quota.ruleId, `ride ${used + 1} of ${allowed} this month`);
  return {
    category: category.index,
    instead: undefined,
    quotaBefore: left,
    quotaAfter: left - 1,
    used: after,
    graced: NONE,
  };
}

function spent(
  tariff: Tariff,
  category: Category,
  ruleId: string,
  allowed: number,
  date: ServiceDate,
  trace: Trace | undefined,
): Payer {
  const { index } = fallbackOf(tariff, category, date, trace);
  const instead = tariff.categoryNames[index] ?? '';
  trace?.applied(ruleId, `all ${allowed} rides of this month are used: ${instead}`);
  return { ...payer(index, 'quota-spent', NONE), quotaBefore: 0, quotaAfter: 0 };
}

/** The vehicle knows its own taps, the entitlement what was synced: whichever counted more is nearer the truth. */
function usedIn(month: number, count: { readonly month: number; readonly used: number } | undefined): number {
  return count?.month === month ? count.used : 0;
}

/** The category itself, or the first of its fallbacks whose season it is; they end somewhere (`check-settings`). */
function inSeason(tariff: Tariff, category: Category, date: ServiceDate, trace: Trace | undefined): Category {
  return category.season === undefined ? category : byDate(tariff, category, date, trace);
}

function byDate(tariff: Tariff, category: Category, date: ServiceDate, trace: Trace | undefined): Category {
  const ruleId = trace === undefined ? '' : `category:${tariff.categoryNames[category.index] ?? ''}`;
  if (category.season !== undefined) {
    trace?.compared(ruleId, 'season.from', date);
    trace?.compared(ruleId, 'season.to', date);
  }
  if (isSeason(category, date)) return category;
  trace?.passed(ruleId, 'it is not its season');
  return fallbackOf(tariff, category, date, trace);
}

/** Whoever no fallback is named for pays as everybody does. */
function fallbackOf(
  tariff: Tariff,
  category: Category,
  date: ServiceDate,
  trace: Trace | undefined,
): Category {
  const fallback = tariff.categories[category.fallback ?? tariff.defaultCategory];
  assert(fallback !== undefined, 'whoever pays instead is a category of the tariff');
  return inSeason(tariff, fallback, date, trace);
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
