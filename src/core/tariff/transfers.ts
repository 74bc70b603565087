/** Rides that continue a ride: compiled `transfers`. */
import { type MinorUnits, parseAmount } from '../money.ts';
import type { Names } from './names.ts';
import type { TariffSettings } from './settings.ts';

export interface Transfer {
  readonly id: string;
  readonly ruleId: string;
  readonly productId: number;
  readonly windowMs: number;
  readonly from: 'paid-entry' | 'last-entry' | 'last-exit';
  readonly inclusive: boolean;
  /** Rides continued, of one rider. */
  readonly count: number;
  readonly sameRoute: 'allowed' | 'refused';
  readonly otherNetwork: boolean;
  /** By index: may a ride there open or use it? */
  readonly networks: readonly boolean[];
  /** Names; absent: of any. */
  readonly carriers?: readonly string[];
  readonly media: readonly boolean[];
  readonly categories: readonly boolean[];
  readonly price: TransferPrice;
  readonly groupCovered: boolean;
  readonly freeRideOpensWindow: boolean;
  readonly suspendedBelowZero: boolean;
}

/** What the ride that continues costs. */
export type TransferPrice =
  | { readonly kind: 'free' }
  /** Its fare without the base, which the first ride has paid. */
  | { readonly kind: 'without-base' }
  /** What it is dearer than the dearest ride of the journey so far. */
  | { readonly kind: 'difference' }
  | { readonly kind: 'minus'; readonly amountMinor: MinorUnits }
  /** Hundredths of a percent of its fare. */
  | { readonly kind: 'share'; readonly hundredths: number };

/** More than anybody rides within a window. */
const UNLIMITED = 1_000_000;

export function compileTransfers(settings: TariffSettings, names: Names): Transfer[] {
  return settings.transfers.map(rule => ({
    id: rule.id,
    ruleId: `transfer:${rule.id}`,
    productId: rule.product,
    windowMs: rule.window,
    from: rule.from,
    inclusive: rule.inclusive,
    count: rule.count === 'unlimited' ? UNLIMITED : rule.count,
    sameRoute: rule.sameRoute,
    otherNetwork: rule.otherNetwork,
    networks: names.networks.map(network => rule.networks?.includes(network) ?? true),
    ...(rule.carriers === undefined ? {} : { carriers: rule.carriers }),
    media: names.media.map(medium => rule.media.includes(medium)),
    categories: names.categories.map(category => rule.categories.includes(category)),
    price: priceOf(rule.price, settings.currency),
    groupCovered: rule.groupCovered,
    freeRideOpensWindow: rule.freeRideOpensWindow,
    suspendedBelowZero: rule.suspendedBelowZero,
  }));
}

function priceOf(price: TariffSettings['transfers'][number]['price'], currency: string): TransferPrice {
  if (typeof price === 'string') return { kind: price };
  if ('percent' in price) return { kind: 'share', hundredths: Math.round(price.percent * 100) };
  return { kind: 'minus', amountMinor: parseAmount(price.minus, currency) ?? (0 as MinorUnits) };
}
