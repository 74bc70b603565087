/** The Fares v2 tables against `tariff.yaml`: every name on either side is known to the other, every price is a price. */
import { checkedAmount } from '../fare/match/check-amount.ts';
import { checkRepeated } from '../fare/match/check-leg-rules.ts';
import type { Findings } from '../fare/match/findings.ts';
import { CURRENCIES } from '../money.ts';
import type { Checker } from './checker.ts';
import { untappableProblems } from './drafts.ts';
import { priceOf, roundingOf, shareOf } from './prices.ts';
import type { TariffSettings } from './settings.ts';
import {
  FARE_FILES,
  type FareProductRow,
  type FareTable,
  type FareTables,
  type TariffTables,
} from './tables.ts';

export function checkTables(
  settings: TariffSettings,
  tables: TariffTables,
  check: Checker,
  findings: Findings,
): void {
  checkProducts(tables.fareProducts, settings, tables, findings);
  checkLegRules(settings, tables, findings);
  const media = tables.fareMedia.rows.map(row => row.fare_media_id);
  for (const [name, { fareMedia }] of Object.entries(settings.media)) {
    const path = ['media', name, 'fareMedia'];
    check.known(path, `fare_media_id in ${FARE_FILES.fareMedia}`, fareMedia, media);
  }
  settings.products.forEach(({ fareProduct }, index) => {
    const path = ['products', index, 'fareProduct'];
    check.known(path, `fare_product_id in ${FARE_FILES.fareProducts}`, fareProduct, productsOf(tables));
  });
  checkConcessions(settings, tables, check);
}

/** A version sells what the tariff sells, at other prices: nothing less, to nobody less. */
export function checkVersion(
  settings: TariffSettings,
  tables: TariffTables,
  prices: FareTable<FareProductRow>,
  index: number,
  check: Checker,
  findings: Findings,
): void {
  checkProducts(prices, settings, tables, findings);
  const sold = new Set(prices.rows.map(soldAs));
  for (const row of tables.fareProducts.rows) {
    if (sold.has(soldAs(row)) || prices.mayHold('fare_product_id', row.fare_product_id)) continue;
    const what = `'${row.fare_product_id}' has no price in it for the same riders and media`;
    check.wrong(['versions', index, 'fareProducts'], what, `a row for each of ${FARE_FILES.fareProducts}`);
  }
}

function soldAs({ fare_product_id, rider_category_id = '', fare_media_id = '' }: FareProductRow): string {
  return [fare_product_id, rider_category_id, fare_media_id].join('\0');
}

function productsOf({ fareProducts }: FareTables): string[] {
  return [...new Set(fareProducts.rows.map(row => row.fare_product_id))];
}

function checkConcessions(settings: TariffSettings, tables: FareTables, check: Checker): void {
  const products = productsOf(tables);
  const media = tables.fareMedia.rows.map(row => row.fare_media_id);
  settings.concessions.forEach((concession, index) => {
    const { fareProduct, fareMedia } = concession.of;
    const path = ['concessions', index, 'of'];
    check.known([...path, 'fareProduct'], 'fare product', fareProduct, products);
    check.known([...path, 'fareMedia'], `fare_media_id in ${FARE_FILES.fareMedia}`, fareMedia, media);
    if (!products.includes(fareProduct) || !media.includes(fareMedia)) return;
    const payer = { category: concession.category, fareMedia };
    const reference = priceOf(fareProduct, payer, tables, settings.currency);
    if (reference === undefined) {
      if (!tables.fareProducts.isWhole) return;
      const what = `'${fareProduct}' by '${fareMedia}' has no price`;
      check.wrong(path, what, `a row of ${FARE_FILES.fareProducts}`);
    } else if (shareOf(reference, concession.percent, roundingOf(settings)) > reference) {
      const what = `${concession.percent} % of the reference price is rounded to more than all of it`;
      check.wrong(['concessions', index, 'percent'], what, 'a smaller rounding.step');
    }
  });
}

/** `table` is `fare_products.txt`, or a version's in its place. */
function checkProducts(
  table: FareTable<FareProductRow>,
  settings: TariffSettings,
  { fareMedia, fareLegRules, riderCategories }: TariffTables,
  findings: Findings,
): void {
  const media = fareMedia.rows.map(row => row.fare_media_id);
  const categories = Object.entries(settings.categories).map(
    ([name, { riderCategory }]) => riderCategory ?? name,
  );
  const ofFeed = new Set(riderCategories.rows.map(row => row.rider_category_id));
  const ridden = new Set([...fareLegRules.rows.map(row => row.fare_product_id), ...soldBySettings(settings)]);
  for (const row of table.rows) {
    if (row.fare_media_id !== undefined && !media.includes(row.fare_media_id))
      findings.unknown(table, row, 'fare_media_id', media);
    if (row.rider_category_id !== undefined && !categories.includes(row.rider_category_id))
      findings.unknown(
        table,
        row,
        'rider_category_id',
        categories,
        ofFeed.has(row.rider_category_id) ? 'warning' : 'error',
      );
    // A currency that is none is told where it stands.
    if (!CURRENCIES.includes(settings.currency)) continue;
    if (row.currency !== settings.currency) {
      const expected = `${settings.currency}, as in tariff.yaml`;
      findings.wrong(table, row, 'currency', { what: `currency '${row.currency}'`, expected });
    } else if ((checkedAmount(table, row, findings) ?? 0) < 0 && ridden.has(row.fare_product_id)) {
      const what = `amount '${row.amount}': nobody is paid for a ride`;
      findings.wrong(table, row, 'amount', { what, expected: '0 or more' });
    }
  }
}

/** Beside what leg rules sell. */
function soldBySettings({ networks, passes, products }: TariffSettings): string[] {
  const ofNetworks = Object.values(networks).flatMap(({ deposit, incomplete, sameStop = [] }) => [
    deposit?.fareProduct,
    incomplete?.fareProduct,
    ...Object.values(incomplete?.areas ?? {}),
    ...sameStop.map(({ price }) => (price === 'free' ? undefined : price.fareProduct)),
  ]);
  const others = [...passes, ...products].map(({ fareProduct }) => fareProduct);
  return [...ofNetworks, ...others].filter(product => product !== undefined);
}

/** What a leg rule names beside its product and its network. */
const NAMED = ['from_area_id', 'to_area_id', 'from_timeframe_group_id', 'to_timeframe_group_id'] as const;

function checkLegRules(settings: TariffSettings, tables: TariffTables, findings: Findings): void {
  const { fareLegRules, areas, stopAreas, timeframes } = tables;
  const numbered = new Set(settings.products.map(product => product.fareProduct));
  const products = productsOf(tables);
  const areaIds = [...new Set([...areas.rows, ...stopAreas.rows].map(row => row.area_id))];
  const groups = [...new Set(timeframes.rows.map(row => row.timeframe_group_id))];
  const known = {
    from_area_id: areaIds,
    to_area_id: areaIds,
    from_timeframe_group_id: groups,
    to_timeframe_group_id: groups,
  };
  if (fareLegRules.rows.length === 0 && fareLegRules.isWhole) {
    const { file } = fareLegRules.at({ line: 1 }, 'fare_product_id');
    findings.add({ at: { file }, what: 'no leg rule', expected: 'a row: without one no ride has a fare' });
  }
  for (const row of fareLegRules.rows) {
    if (!products.includes(row.fare_product_id))
      findings.unknown(fareLegRules, row, 'fare_product_id', products);
    else if (!numbered.has(row.fare_product_id)) {
      const what = `'${row.fare_product_id}' has no number`;
      const expected = 'an entry under products in tariff.yaml';
      findings.wrong(fareLegRules, row, 'fare_product_id', { what, expected, kind: what });
    }
    for (const column of NAMED) {
      const id = row[column];
      if (id !== undefined && !known[column].includes(id))
        findings.unknown(fareLegRules, row, column, known[column]);
    }
  }
  checkRepeated(fareLegRules, findings);
  for (const problem of untappableProblems(fareLegRules)) findings.add(problem);
}
