/**
 * The fare of every category on every medium in every network, worked out from the leg rules, the products and the
 * concessions. Entry-only networks: a tap needs no destination, so leg rules with areas or timeframes are refused by name.
 */
import type { Problem } from '../error.ts';
import { type MinorUnits, minor, parseAmount, percentOf, type Rounding } from '../money.ts';
import type { ChargeLine } from '../record.ts';
import type { Checker } from './checker.ts';
import type { TariffSettings } from './settings.ts';
import { FARE_FILES, type FareLegRuleRow, type FareProductRow, type FareTables } from './tables.ts';
import type { Fare, Tariff } from './tariff.ts';

type FareTable = Record<string, Record<string, Record<string, Fare>>>;

export function compileFares(
  settings: TariffSettings,
  tables: FareTables,
  check: Checker,
): Pick<Tariff, 'listedNetworks'> & { fares: FareTable } {
  checkTables(settings, tables, check);
  const rounding: Rounding = {
    mode: settings.rounding.mode,
    stepMinor: parseAmount(settings.rounding.step, settings.currency) || 1,
  };
  const fares: FareTable = {};
  for (const category of Object.keys(settings.categories)) {
    fares[category] = {};
    for (const [medium, { fareMedia }] of Object.entries(settings.media)) {
      const byNetwork: Record<string, Fare> = {};
      for (const rule of tables.fareLegRules.rows) {
        const fare = fareOf(rule, { category, fareMedia }, settings, tables, rounding);
        if (fare !== undefined)
          byNetwork[rule.network_id ?? ''] = cheaper(byNetwork[rule.network_id ?? ''], fare);
      }
      fares[category][medium] = byNetwork;
    }
  }
  const listed = tables.fareLegRules.rows.flatMap(rule => rule.network_id ?? []);
  return { fares, listedNetworks: [...new Set(listed)] };
}

interface Payer {
  readonly category: string;
  readonly fareMedia: string;
}

function fareOf(
  rule: FareLegRuleRow,
  payer: Payer,
  settings: TariffSettings,
  tables: FareTables,
  rounding: Rounding,
): Fare | undefined {
  const price = priceOf(rule.fare_product_id, payer, tables, settings.currency);
  if (price === undefined) return undefined;
  const legRule = `${FARE_FILES.fareLegRules}:${rule.line}`;
  const concession = settings.concessions.find(candidate => candidate.category === payer.category);
  if (concession === undefined) {
    const productId = productIdOf(settings, rule.fare_product_id);
    return {
      reason: 'fare-paid',
      lines: [{ productId, amountMinor: price, funder: 'rider', ruleIds: [legRule] }],
    };
  }
  const reference = priceOf(
    concession.of.fareProduct,
    { ...payer, fareMedia: concession.of.fareMedia },
    tables,
    settings.currency,
  );
  if (reference === undefined) return undefined;
  const own = percentOf(reference, Math.round(concession.percent * 100), rounding);
  const line = (funder: ChargeLine['funder'], amountMinor: MinorUnits): ChargeLine => ({
    productId: concession.product,
    amountMinor,
    funder,
    referenceMinor: reference,
    ruleIds: [legRule, `concession:${concession.category}`],
  });
  return {
    reason: own === 0 ? 'free-ride' : 'concession',
    lines: [line('rider', own), line(concession.rest, minor(reference - own))],
  };
}

function productIdOf(settings: TariffSettings, fareProduct: string): number {
  return settings.products.find(product => product.fareProduct === fareProduct)?.id ?? 0;
}

/** The product's row for this payer: a row that names the category or the medium beats one that leaves it open. */
function priceOf(
  product: string,
  payer: Payer,
  tables: FareTables,
  currency: string,
): MinorUnits | undefined {
  let best: FareProductRow | undefined;
  let bestRank = -1;
  for (const row of tables.fareProducts.rows) {
    if (row.fare_product_id !== product) continue;
    if (row.rider_category_id !== undefined && row.rider_category_id !== payer.category) continue;
    if (row.fare_media_id !== undefined && row.fare_media_id !== payer.fareMedia) continue;
    const rank = (row.rider_category_id === undefined ? 0 : 2) + (row.fare_media_id === undefined ? 0 : 1);
    if (rank > bestRank) [best, bestRank] = [row, rank];
  }
  return best === undefined ? undefined : parseAmount(best.amount, currency);
}

function cheaper(a: Fare | undefined, b: Fare): Fare {
  const price = (fare: Fare) => fare.lines[0]?.amountMinor ?? 0;
  return a !== undefined && price(a) <= price(b) ? a : b;
}

function checkTables(settings: TariffSettings, tables: FareTables, check: Checker): void {
  const products = [...new Set(tables.fareProducts.rows.map(row => row.fare_product_id))];
  const media = tables.fareMedia.rows.map(row => row.fare_media_id);
  for (const problem of [...wrongProducts(settings, tables), ...wrongLegRules(products, settings, tables)])
    check.add(problem);
  for (const [name, medium] of Object.entries(settings.media)) {
    check.known(
      ['media', name, 'fareMedia'],
      `fare_media_id in ${FARE_FILES.fareMedia}`,
      medium.fareMedia,
      media,
    );
  }
  settings.products.forEach((product, index) => {
    check.known(
      ['products', index, 'fareProduct'],
      `fare_product_id in ${FARE_FILES.fareProducts}`,
      product.fareProduct,
      products,
    );
  });
  settings.concessions.forEach((concession, index) => {
    const { fareProduct, fareMedia } = concession.of;
    const payer = { category: concession.category, fareMedia };
    if (priceOf(fareProduct, payer, tables, settings.currency) !== undefined) return;
    check.wrong(
      ['concessions', index, 'of'],
      `'${fareProduct}' by '${fareMedia}' has no price`,
      `a row of ${FARE_FILES.fareProducts}`,
    );
  });
}

function wrongProducts(settings: TariffSettings, { fareProducts }: FareTables): Problem[] {
  return fareProducts.rows.flatMap(row => {
    if (row.currency !== settings.currency) {
      const at = fareProducts.at(row, 'currency');
      return [
        { at, what: `currency '${row.currency}'`, expected: `${settings.currency}, as in tariff.yaml` },
      ];
    }
    if (parseAmount(row.amount, row.currency) !== undefined) return [];
    const at = fareProducts.at(row, 'amount');
    return [{ at, what: `amount '${row.amount}'`, expected: `a decimal amount in ${row.currency}` }];
  });
}

const PRICED_BY = ['from_area_id', 'to_area_id', 'from_timeframe_group_id', 'to_timeframe_group_id'] as const;

function wrongLegRules(
  products: readonly string[],
  settings: TariffSettings,
  { fareLegRules }: FareTables,
): Problem[] {
  const sold = new Set(settings.products.map(product => product.fareProduct));
  return fareLegRules.rows.flatMap(row => {
    const at = fareLegRules.at(row, 'fare_product_id');
    const found: Problem[] = [];
    if (!products.includes(row.fare_product_id)) {
      found.push({ at, what: `no fare product '${row.fare_product_id}'`, expected: products.join(' | ') });
    } else if (!sold.has(row.fare_product_id)) {
      found.push({
        at,
        what: `'${row.fare_product_id}' has no number`,
        expected: 'an entry under products in tariff.yaml',
      });
    }
    for (const column of PRICED_BY) {
      const what = `${column} '${row[column]}' cannot be priced from an entry alone`;
      if (row[column] !== undefined)
        found.push({ at: fareLegRules.at(row, column), what, expected: 'an empty field' });
    }
    return found;
  });
}
