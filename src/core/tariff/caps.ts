/** No more than so much in a day, a week, a month: compiled `caps`, and the periods that caps and passes run by. */
import { type MinorUnits, parseAmount } from '../money.ts';
import { type Coverage, compileCoverage } from './covers.ts';
import type { Names } from './names.ts';
import type { Period as PeriodWritten } from './settings/words.ts';
import type { TariffSettings } from './settings.ts';

export interface Cap {
  readonly id: string;
  readonly ruleId: string;
  readonly productId: number;
  readonly limit:
    | { readonly kind: 'amount'; readonly amountMinor: MinorUnits }
    | { readonly kind: 'rides'; readonly rides: number }
    /** Rides that continue a journey are none of their own. */
    | { readonly kind: 'journeys'; readonly journeys: number };
  readonly period: Period;
  readonly covers: Coverage;
  readonly counts: 'paid' | 'price';
  readonly freeRidesCount: boolean;
  readonly groupCounts: boolean;
  /** Hundredths of a percent of each ride that are still paid beyond the limit. */
  readonly beyondHundredths: number;
  /** The pass that reaching it gives, by its index in `passes`. */
  readonly gives?: number;
}

/** In charging days. */
export type Period =
  | { readonly kind: 'calendar'; readonly every: 'day' | 'week' | 'month' }
  | { readonly kind: 'first-ride'; readonly days: number }
  /** Calendar stretches of so many days, counted from 1970-01-01. */
  | { readonly kind: 'every-days'; readonly days: number }
  /** A month from the first ride on. */
  | { readonly kind: 'first-ride-month' };

const DAYS = { day: 1, week: 7 } as const;

export function compilePeriod({ every, starts }: PeriodWritten): Period {
  if (typeof every !== 'string') {
    return { kind: starts === 'calendar' ? 'every-days' : 'first-ride', days: every.days };
  }
  if (starts === 'calendar') return { kind: 'calendar', every };
  return every === 'month' ? { kind: 'first-ride-month' } : { kind: 'first-ride', days: DAYS[every] };
}

export function compileCaps(settings: TariffSettings, names: Names): Cap[] {
  const { caps, currency, passes } = settings;
  return caps.map(rule => ({
    id: rule.id,
    ruleId: `cap:${rule.id}`,
    productId: rule.product,
    limit: compileLimit(rule.limit, currency),
    period: compilePeriod(rule.period),
    covers: compileCoverage(rule.covers, names),
    counts: rule.counts,
    freeRidesCount: rule.freeRidesCount,
    groupCounts: rule.groupCounts,
    beyondHundredths: Math.round(rule.beyond * 100),
    ...(rule.gives === undefined ? {} : { gives: passes.findIndex(pass => pass.id === rule.gives) }),
  }));
}

function compileLimit(limit: TariffSettings['caps'][number]['limit'], currency: string): Cap['limit'] {
  if ('rides' in limit) return { kind: 'rides', rides: limit.rides };
  if ('journeys' in limit) return { kind: 'journeys', journeys: limit.journeys };
  return { kind: 'amount', amountMinor: parseAmount(limit.amount, currency) ?? (0 as MinorUnits) };
}
