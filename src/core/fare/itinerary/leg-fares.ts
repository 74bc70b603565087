/** GTFS Fares v2, compiled: leg rules, joins, transfers, products. */
import type { ItineraryTables } from '../../tariff/tables.ts';
import type { Findings } from '../match/findings.ts';
import { compileMatcher, type LegMatcher } from '../match/matcher.ts';
import { NONE } from '../match/names.ts';
import { compileJoins, type Joins } from './join.ts';
import { Offers } from './offer.ts';
import { compileProducts, PriceList, type Products } from './product.ts';
import { compileTransfers, type Transfers } from './transfer.ts';

export interface LegFares {
  readonly kind: 'leg-rules';
  readonly matcher: LegMatcher;
  readonly joins: Joins;
  readonly products: Products;
  readonly transfers: Transfers;
  /** What riders of these categories, sorted, may pay by. */
  readonly offersFor: (categories: readonly number[]) => Offers;
}

/** Sets of rider categories whose price lists are remembered. */
const LISTS_KEPT = 64;

export function compileLegFares(tables: ItineraryTables, findings: Findings): LegFares {
  const matcher = compileMatcher(tables, findings);
  const products = compileProducts(tables, findings);
  const transfers = compileTransfers(tables, matcher.legRules.groups, products.names, findings);
  const joins = compileJoins(tables, matcher, findings);
  const productOfRule = Int32Array.from(tables.fareLegRules.rows, row => {
    const product = products.names.of(row.fare_product_id);
    if (product === NONE) findings.unknown(tables.fareLegRules, row, 'fare_product_id', products.names.all);
    return product;
  });
  const media = products.media.names.all.length;
  const lists = new Map<string, Offers>();
  const offersFor = (categories: readonly number[]): Offers => {
    const key = categories.join(',');
    const known = lists.get(key);
    if (known !== undefined) return known;
    if (lists.size >= LISTS_KEPT) lists.clear();
    const offers = new Offers({
      prices: new PriceList(products, categories),
      media,
      productOfRule,
      transfers,
    });
    lists.set(key, offers);
    return offers;
  };
  return { kind: 'leg-rules', matcher, joins, products, transfers, offersFor };
}
