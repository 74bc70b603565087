/** The Fares v2 tables against `tariff.yaml`: every name on either side is known to the other, every price is a price. */
import type { Problem } from '../error.ts';
import { parseAmount } from '../money.ts';
import { expectedOneOf } from '../suggest.ts';
import type { Checker } from './checker.ts';
import { priceOf, roundingOf, shareOf } from './prices.ts';
import type { TariffSettings } from './settings.ts';
import {
  type AreaRow,
  FARE_FILES,
  type FareLegRuleRow,
  type FareProductRow,
  type FareTable,
  type FareTables,
  type TariffTables,
} from './tables.ts';

export function checkTables(settings: TariffSettings, tables: TariffTables, check: Checker): void {
  const products = tables.fareProducts.rows.map(row => row.fare_product_id);
  const media = tables.fareMedia.rows.map(row => row.fare_media_id);
  for (const problem of wrongProducts(settings, tables)) check.add(problem);
  for (const problem of wrongLegRules([...new Set(products)], settings, tables)) check.add(problem);
  for (const [name, { fareMedia }] of Object.entries(settings.media)) {
    const path = ['media', name, 'fareMedia'];
    check.known(path, `fare_media_id in ${FARE_FILES.fareMedia}`, fareMedia, media);
  }
  settings.products.forEach(({ fareProduct }, index) => {
    const path = ['products', index, 'fareProduct'];
    check.known(path, `fare_product_id in ${FARE_FILES.fareProducts}`, fareProduct, products);
  });
  checkConcessions(settings, tables, check);
}

/** A version sells what the tariff sells, at other prices: nothing less, to nobody less. */
export function checkVersion(
  settings: TariffSettings,
  { fareProducts, fareMedia }: FareTables,
  prices: FareTable<FareProductRow>,
  index: number,
  check: Checker,
): void {
  for (const problem of wrongProducts(settings, { fareProducts: prices, fareMedia })) check.add(problem);
  const sold = new Set(prices.rows.map(soldAs));
  for (const row of fareProducts.rows) {
    if (sold.has(soldAs(row))) continue;
    const what = `'${row.fare_product_id}' has no price in it for the same riders and media`;
    check.wrong(['versions', index, 'fareProducts'], what, `a row for each of ${FARE_FILES.fareProducts}`);
  }
}

function soldAs({ fare_product_id, rider_category_id = '', fare_media_id = '' }: FareProductRow): string {
  return [fare_product_id, rider_category_id, fare_media_id].join('\0');
}

function checkConcessions(settings: TariffSettings, tables: FareTables, check: Checker): void {
  settings.concessions.forEach((concession, index) => {
    const { fareProduct, fareMedia } = concession.of;
    const payer = { category: concession.category, fareMedia };
    const reference = priceOf(fareProduct, payer, tables, settings.currency);
    if (reference === undefined) {
      const what = `'${fareProduct}' by '${fareMedia}' has no price`;
      check.wrong(['concessions', index, 'of'], what, `a row of ${FARE_FILES.fareProducts}`);
    } else if (shareOf(reference, concession.percent, roundingOf(settings)) > reference) {
      const what = `${concession.percent} % of the reference price is rounded to more than all of it`;
      check.wrong(['concessions', index, 'percent'], what, 'a smaller rounding.step');
    }
  });
}

function wrongProducts(
  settings: TariffSettings,
  { fareProducts, fareMedia }: Pick<FareTables, 'fareProducts' | 'fareMedia'>,
): Problem[] {
  const known = {
    fare_media_id: fareMedia.rows.map(row => row.fare_media_id),
    rider_category_id: Object.keys(settings.categories),
  };
  return fareProducts.rows.flatMap(row => {
    const found: Problem[] = [];
    const wrong = (column: Exclude<keyof FareProductRow, 'line'>, what: string, expected: string) =>
      found.push({ at: fareProducts.at(row, column), what, expected });
    for (const column of ['rider_category_id', 'fare_media_id'] as const) {
      const id = row[column];
      if (id === undefined || known[column].includes(id)) continue;
      wrong(column, `no ${column} '${id}'`, expectedOneOf(id, known[column]));
    }
    if (row.currency !== settings.currency) {
      wrong('currency', `currency '${row.currency}'`, `${settings.currency}, as in tariff.yaml`);
    } else if (parseAmount(row.amount, row.currency) === undefined) {
      wrong('amount', `amount '${row.amount}'`, `a decimal amount in ${row.currency}`);
    }
    return found;
  });
}

/** What a leg rule names beside its product, and where that is defined. */
const NAMED = {
  from_area_id: ({ stopAreas, areas }: TariffTables) => idsOf(stopAreas, areas),
  to_area_id: ({ stopAreas, areas }: TariffTables) => idsOf(stopAreas, areas),
  from_timeframe_group_id: ({ timeframes }: TariffTables) =>
    timeframes.rows.map(row => row.timeframe_group_id),
  to_timeframe_group_id: ({ timeframes }: TariffTables) => timeframes.rows.map(row => row.timeframe_group_id),
} as const;

function idsOf(...tables: readonly FareTable<AreaRow>[]): string[] {
  return [...new Set(tables.flatMap(table => table.rows.map(row => row.area_id)))];
}

function wrongLegRules(
  products: readonly string[],
  settings: TariffSettings,
  tables: TariffTables,
): Problem[] {
  const { fareLegRules } = tables;
  const sold = new Set(settings.products.map(product => product.fareProduct));
  const { file } = fareLegRules.at({ line: 1 }, 'fare_product_id');
  const found: Problem[] = [];
  if (fareLegRules.rows.length === 0) {
    found.push({ at: { file }, what: 'no leg rule', expected: 'a row: without one no ride has a fare' });
  }
  for (const row of fareLegRules.rows) {
    const wrong = (column: Exclude<keyof FareLegRuleRow, 'line'>, what: string, expected: string) =>
      found.push({ at: fareLegRules.at(row, column), what, expected });
    const product = row.fare_product_id;
    if (!products.includes(product)) {
      wrong('fare_product_id', `no fare product '${product}'`, expectedOneOf(product, products));
    } else if (!sold.has(product)) {
      wrong('fare_product_id', `'${product}' has no number`, 'an entry under products in tariff.yaml');
    }
    for (const [column, idsIn] of Object.entries(NAMED)) {
      const id = row[column as keyof typeof NAMED];
      const known = id === undefined ? [] : idsIn(tables);
      if (id !== undefined && !known.includes(id))
        wrong(column as keyof typeof NAMED, `no ${column} '${id}'`, expectedOneOf(id, known));
    }
  }
  return found;
}
