/**
 * The fare of every category on every medium in every network, worked out from the leg rules, the products and the
 * concessions. Entry-only networks: a tap needs no destination, so leg rules with areas or timeframes are refused by name.
 */
import { type MinorUnits, minor, parseAmount, percentOf, type Rounding } from '../money.ts';
import type { ChargeLine } from '../record.ts';
import type { TariffSettings } from './settings.ts';
import type { FareLegRuleRow, FareProductRow, FareTables } from './tables.ts';
import type { Fare, Tariff } from './tariff.ts';

type FareTable = Record<string, Record<string, Record<string, Fare>>>;

export function compileFares(
  settings: TariffSettings,
  tables: FareTables,
): Pick<Tariff, 'listedNetworks'> & { fares: FareTable } {
  const rounding = roundingOf(settings);
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

/** The check of the settings has refused a step that is no amount. */
export function roundingOf({ rounding: { mode, step }, currency }: TariffSettings): Rounding {
  return { mode, stepMinor: parseAmount(step, currency) || 1 };
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
  const legRule = ruleIdOf(rule);
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
  const own = shareOf(reference, concession.percent, rounding);
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

/** `percent` has at most two decimals. */
export function shareOf(reference: MinorUnits, percent: number, rounding: Rounding): MinorUnits {
  return percentOf(reference, Math.round(percent * 100), rounding);
}

/** By what the rule says and not by where it stands: a record names it for ever, a row inserted above must not rename it. */
function ruleIdOf({ leg_group_id = '', network_id = '', fare_product_id }: FareLegRuleRow): string {
  return `leg:${leg_group_id}:${network_id}:${fare_product_id}`;
}

function productIdOf(settings: TariffSettings, fareProduct: string): number {
  return settings.products.find(product => product.fareProduct === fareProduct)?.id ?? 0;
}

/** The product's row for this payer: a row that names the category or the medium beats one that leaves it open. */
export function priceOf(
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
