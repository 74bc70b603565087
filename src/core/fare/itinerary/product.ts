/** What products cost: by product, medium and the rider's categories. */
import type { FareProductRow, FareTable, ItineraryTables } from '../../tariff/tables.ts';
import { checkedAmount } from '../match/check-amount.ts';
import type { Findings } from '../match/findings.ts';
import { grouped } from '../match/grouped.ts';
import { Names, NONE } from '../match/names.ts';
import { compileCategories, type RiderCategories } from './category.ts';

export interface Products {
  readonly names: Names;
  readonly media: Media;
  readonly categories: RiderCategories;
  readonly currencies: Names;
  readonly rows: readonly ProductRow[];
}

export interface Media {
  /** In the order of fare_media.txt; `''` alone where the feed names none. */
  readonly names: Names;
  readonly areNamed: boolean;
  /** The numbers of all of them. */
  readonly all: readonly number[];
}

/** `NONE` for a medium or category: the row is for any. */
interface ProductRow {
  readonly product: number;
  readonly medium: number;
  readonly category: number;
  readonly amount: number;
  readonly currency: number;
}

export function compileProducts(tables: ItineraryTables, findings: Findings): Products {
  const { fareProducts: table } = tables;
  const names = new Names();
  const currencies = new Names();
  const media = compileMedia(tables, findings);
  const categories = compileCategories(tables, findings);
  const rows = table.rows.map((row): ProductRow => {
    const amount = checkedAmount(table, row, findings);
    return {
      product: names.add(row.fare_product_id),
      // 'A fare product without rider category is eligible for any'; one without a medium is used by any.
      medium: row.fare_media_id === undefined ? NONE : media.names.of(row.fare_media_id),
      category: row.rider_category_id === undefined ? NONE : categories.names.of(row.rider_category_id),
      amount: amount ?? 0,
      currency: currencies.add(row.currency),
    };
  });
  warnOfCurrencies(table, findings);
  warnOfNegative(tables, findings);
  return { names, media, categories, currencies, rows };
}

/** Feeds of two countries have two; but most feeds with two have a slip, in the one that fewer prices are in. */
function warnOfCurrencies(table: FareTable<FareProductRow>, findings: Findings): void {
  const [main, ...others] = [...grouped(table.rows, row => row.currency)].sort(
    ([, a], [, b]) => b.length - a.length,
  );
  for (const [currency, [row]] of others) {
    if (main === undefined || row === undefined) continue;
    const what = `a second currency, '${currency}': a journey that needs both has no total`;
    findings.warn(table, row, 'currency', { what, expected: `'${main[0]}'` });
  }
}

/** 'May be negative to represent transfer discounts'; a leg that costs less than nothing is odd. */
function warnOfNegative({ fareProducts, fareLegRules }: ItineraryTables, findings: Findings): void {
  const sold = new Set(fareLegRules.rows.map(row => row.fare_product_id));
  for (const row of fareProducts.rows) {
    if (!row.amount.startsWith('-') || !sold.has(row.fare_product_id)) continue;
    const what = `amount '${row.amount}': a leg that is sold by '${row.fare_product_id}' costs less than nothing`;
    findings.warn(fareProducts, row, 'amount', { what, expected: '0 or more' });
  }
}

function compileMedia({ fareMedia, fareProducts }: ItineraryTables, findings: Findings): Media {
  const names = new Names();
  for (const { fare_media_id } of fareMedia.rows) names.add(fare_media_id);
  const defined = [...names.all];
  const strange = fareProducts.rows.filter(
    row => row.fare_media_id !== undefined && names.of(row.fare_media_id) === NONE,
  );
  for (const [id, [row]] of grouped(strange, ({ fare_media_id }) => fare_media_id ?? '')) {
    if (row === undefined) continue;
    // Without the file nothing says that the name is a slip.
    findings.unknown(fareProducts, row, 'fare_media_id', defined, defined.length > 0 ? 'error' : 'warning');
    names.add(id);
  }
  const areNamed = names.all.length > 0;
  if (!areNamed) names.add('');
  return { names, areNamed, all: [...names.all.keys()] };
}

/** The price list of riders of the same categories. */
export class PriceList {
  readonly #products: number;
  /** By medium, then product; NaN where the product is not sold so. */
  readonly #prices: Float64Array;
  readonly #currencies: Int16Array;

  /** `categories` of the rider; a row for one of them, and a row for any, fit alike: the lower price is the rider's. */
  constructor({ names, media, rows }: Products, categories: readonly number[]) {
    this.#products = names.all.length;
    this.#prices = new Float64Array(names.all.length * media.names.all.length).fill(Number.NaN);
    this.#currencies = new Int16Array(this.#prices.length).fill(NONE);
    for (const row of rows) {
      if (row.category !== NONE && !categories.includes(row.category)) continue;
      const of = row.medium === NONE ? media.names.all.keys() : [row.medium];
      for (const medium of of) this.#offer(row, medium);
    }
  }

  /** In minor units; NaN where it is not sold. */
  priceOf(product: number, medium: number): number {
    return this.#prices[medium * this.#products + product] ?? Number.NaN;
  }

  /** `NONE` where it is not sold, `MIXED` where it is sold in more than one. */
  currencyOf(product: number, medium: number): number {
    return this.#currencies[medium * this.#products + product] ?? NONE;
  }

  #offer({ product, amount, currency }: ProductRow, medium: number): void {
    const place = medium * this.#products + product;
    const before = this.#prices[place] ?? Number.NaN;
    if (!(before <= amount)) this.#prices[place] = amount;
    const other = this.#currencies[place] ?? NONE;
    this.#currencies[place] = other === NONE || other === currency ? currency : MIXED;
  }
}

export const MIXED = -2;
