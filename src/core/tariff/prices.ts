/**
 * What a ride costs: leg rules, products, distance, discounts and concessions, worked out for every kind of ride and
 * every kind of payer, so that a tap finds its fare by two indices.
 */
import { type MinorUnits, minor, parseAmount, percentOf, type Rounding } from '../money.ts';
import type { ChargeLine } from '../record.ts';
import { type Coverage, compileCoverage, coversRide, type Ridden } from './covers.ts';
import { compileMetres, type Metres, wayMinor } from './distance.ts';
import { compileLegRules, type Matched, ruleIdOf } from './leg-rules.ts';
import type { Names } from './names.ts';
import type { TariffSettings } from './settings.ts';
import type { FareProductRow, FareTables, ItineraryLegRuleRow, TariffTables } from './tables.ts';
import type { Fare, Prices } from './tariff.ts';

interface Discount {
  readonly rule: TariffSettings['discounts'][number];
  readonly covers: Coverage;
}

interface Pricing {
  readonly settings: TariffSettings;
  readonly tables: TariffTables;
  readonly names: Names;
  readonly rounding: Rounding;
  readonly metres: Metres;
  readonly discounts: readonly Discount[];
}

/** The same leg rules over the same way at the same time of day: one row of fares. */
interface Leg extends Matched {
  readonly metres: number | undefined;
  readonly ride: Omit<Ridden, 'medium' | 'category'>;
}

export function compilePrices(settings: TariffSettings, tables: TariffTables, names: Names): Prices {
  const pricing: Pricing = {
    settings,
    tables,
    names,
    rounding: roundingOf(settings),
    metres: compileMetres(tables),
    discounts: settings.discounts.map(rule => ({ rule, covers: compileCoverage(rule.covers, names) })),
  };
  const { legs, rows } = compileLegs(pricing);
  return {
    legs,
    exitBands: hasExitTimes(tables) ? names.bands.length : 1,
    fares: rows.map(leg => faresOf(leg, pricing)),
    considered: rows.map(({ rules, overruled }) => ({
      equal: [...new Set(rules.map(ruleIdOf))],
      overruled: [...new Set(overruled.map(ruleIdOf))],
    })),
  };
}

/** Some leg rule asks when a ride ends. */
export function hasExitTimes({ fareLegRules }: Pick<TariffTables, 'fareLegRules'>): boolean {
  return fareLegRules.rows.some(row => row.to_timeframe_group_id !== undefined);
}

function compileLegs(pricing: Pricing): { legs: number[]; rows: Leg[] } {
  const { names, tables, metres, discounts, settings } = pricing;
  const rules = compileLegRules(tables);
  const exits = hasExitTimes(tables) ? names.bands : [[]];
  const byDistance = new Set(settings.distances.map(rule => rule.fareProduct));
  const legs: number[] = [];
  const rows: Leg[] = [];
  const rowOf = new Map<string, number>();
  for (const [network, name] of names.networks.entries()) {
    for (const [fromZone, from] of names.zones.entries()) {
      for (const [toZone, to] of names.zones.entries()) {
        for (const [band, entered] of names.bands.entries()) {
          const ride = { network, fromZone, toZone, band };
          for (const left of exits) {
            const matched = rules.matching({ network: name, from, to, entered, left });
            const way = matched.rules.some(row => byDistance.has(row.fare_product_id))
              ? metres(from, to)
              : undefined;
            const lines = [matched.rules, matched.overruled].map(of => of.map(row => row.line)).join('/');
            const lessened = discounts.map(({ covers }) => coversSomebody(covers, ride)).join(',');
            const key = `${lines}|${way}|${lessened}`;
            const known = rowOf.get(key) ?? rows.push({ ...matched, metres: way, ride }) - 1;
            rowOf.set(key, known);
            legs.push(matched.rules.length === 0 ? -1 : known);
          }
        }
      }
    }
  }
  return { legs, rows };
}

/** Rides that no discount tells apart share their fares; who pays is asked later. */
function coversSomebody(
  { media: _media, categories: _categories, ...covers }: Coverage,
  ride: Leg['ride'],
): boolean {
  return coversRide(covers, { ...ride, medium: 0, category: 0 });
}

function faresOf(leg: Leg, pricing: Pricing): (Fare | null)[] {
  const { categories, media } = pricing.names;
  return categories.flatMap((_, category) =>
    media.map((_, medium) => {
      let best: Fare | null = null;
      for (const rule of leg.rules) {
        const fare = fareOf(rule, leg, { medium, category }, pricing);
        if (fare !== undefined && (best === null || fare.amountMinor < best.amountMinor)) best = fare;
      }
      return best;
    }),
  );
}

interface PayerIndex {
  readonly medium: number;
  readonly category: number;
}

function fareOf(rule: ItineraryLegRuleRow, leg: Leg, payer: PayerIndex, pricing: Pricing): Fare | undefined {
  const { settings, tables, names } = pricing;
  const category = names.categories[payer.category] ?? '';
  const medium = settings.media[names.media[payer.medium] ?? ''];
  if (medium === undefined) return undefined;
  const who: Payer = {
    category: settings.categories[category]?.riderCategory ?? category,
    fareMedia: medium.fareMedia,
  };
  const concession = settings.concessions.find(candidate => candidate.category === category);
  const base = priceOf(rule.fare_product_id, who, tables, settings.currency);
  if (base === undefined) return undefined;
  if (concession !== undefined) return concessionFare(rule, concession, who, pricing);
  const way = wayOf(rule, leg, pricing);
  if (way === undefined) return undefined;
  const fare = discounted(rule, minor(base + way), base, { ...leg.ride, ...payer }, pricing);
  return { ...fare, pricedAt: placeOf(rule.fare_product_id, who, tables) };
}

/** 0 where the product's price is the whole price; undefined where the way is not known. */
function wayOf(rule: ItineraryLegRuleRow, { metres }: Leg, pricing: Pricing): MinorUnits | undefined {
  const { settings, rounding } = pricing;
  const distance = settings.distances.find(({ fareProduct }) => fareProduct === rule.fare_product_id);
  if (distance === undefined) return minor(0);
  return metres === undefined ? undefined : wayMinor(distance, metres, settings.currency, rounding);
}

function concessionFare(
  rule: ItineraryLegRuleRow,
  concession: TariffSettings['concessions'][number],
  who: Payer,
  { settings, tables, rounding }: Pricing,
): Fare | undefined {
  const { fareProduct, fareMedia } = concession.of;
  const reference = priceOf(fareProduct, { ...who, fareMedia }, tables, settings.currency);
  if (reference === undefined) return undefined;
  const own = shareOf(reference, concession.percent, rounding);
  const ruleIds = [ruleIdOf(rule), `concession:${concession.category}`];
  const line = (funder: ChargeLine['funder'], amountMinor: MinorUnits): ChargeLine => ({
    productId: concession.product,
    amountMinor,
    funder,
    referenceMinor: reference,
    ruleIds,
  });
  return {
    reason: own === 0 ? 'free-ride' : 'concession',
    productId: concession.product,
    amountMinor: own,
    baseMinor: minor(0),
    pricedAt: placeOf(fareProduct, { ...who, fareMedia }, tables),
    lines: [line('rider', own), line(concession.rest, minor(reference - own))],
  };
}

/** The first discount that covers the ride and its payer; nobody else pays what it takes off. */
function discounted(
  rule: ItineraryLegRuleRow,
  price: MinorUnits,
  base: MinorUnits,
  ride: Ridden,
  { settings, discounts, rounding }: Pricing,
): Fare {
  const found = discounts.find(({ covers }) => coversRide(covers, ride))?.rule;
  const full = found === undefined ? undefined : price;
  // What is left of a price beyond a part of it.
  const beyond = (part: MinorUnits) =>
    found === undefined ? minor(price - part) : lessened(price, part, found, settings.currency, rounding);
  const amountMinor = beyond(minor(0));
  const productId = found?.product ?? productIdOf(settings, rule.fare_product_id);
  const ruleIds = [ruleIdOf(rule), ...(found === undefined ? [] : [`discount:${found.id}`])];
  return {
    reason: found === undefined ? 'fare-paid' : amountMinor === 0 ? 'free-ride' : 'concession',
    productId,
    amountMinor,
    // Of a flat fare nothing is base: there is no way that a following ride would pay alone. Of another it is what that
    // way leaves, so that the way alone is rounded once.
    baseMinor: settings.distances.some(({ fareProduct }) => fareProduct === rule.fare_product_id)
      ? minor(amountMinor - beyond(base))
      : minor(0),
    lines: [
      {
        productId,
        amountMinor,
        funder: 'rider',
        ...(full === undefined ? {} : { referenceMinor: full }),
        ruleIds,
      },
    ],
  };
}

/** What a discount leaves of a price, beyond what it leaves of a part of it. */
function lessened(
  price: MinorUnits,
  part: MinorUnits,
  { minus, percent = 100 }: TariffSettings['discounts'][number],
  currency: string,
  rounding: Rounding,
): MinorUnits {
  const off = minus === undefined ? 0 : (parseAmount(minus, currency) ?? 0);
  return shareOf(minor(Math.max(0, price - off) - Math.max(0, part - off)), percent, rounding);
}

/** Of a line: to the tariff's step, or to the minor unit where sums are rounded to it. */
export function roundingOf(settings: TariffSettings): Rounding {
  const rounding = stepOf(settings);
  return settings.rounding.stage === 'line' ? rounding : { ...rounding, stepMinor: 1 };
}

/** The check of the settings has refused a step that is no amount. */
export function stepOf({ rounding: { mode, step }, currency }: TariffSettings): Rounding {
  return { mode, stepMinor: parseAmount(step, currency) || 1 };
}

/** `percent` has at most two decimals. */
export function shareOf(reference: MinorUnits, percent: number, rounding: Rounding): MinorUnits {
  return percentOf(reference, Math.round(percent * 100), rounding);
}

function productIdOf(settings: TariffSettings, fareProduct: string): number {
  return settings.products.find(product => product.fareProduct === fareProduct)?.id ?? 0;
}

interface Payer {
  /** `rider_category_id`. */
  readonly category: string;
  readonly fareMedia: string;
}

/** The product's row for this payer: a row that names the category or the medium beats one that leaves it open. */
export function priceOf(
  product: string,
  payer: Payer,
  { fareProducts }: Pick<FareTables, 'fareProducts'>,
  currency: string,
): MinorUnits | undefined {
  const row = rowFor(product, payer, { fareProducts });
  return row === undefined ? undefined : parseAmount(row.amount, currency);
}

function rowFor(
  product: string,
  payer: Payer,
  { fareProducts }: Pick<FareTables, 'fareProducts'>,
): FareProductRow | undefined {
  let best: FareProductRow | undefined;
  let bestRank = -1;
  for (const row of fareProducts.rows) {
    if (row.fare_product_id !== product) continue;
    if (row.rider_category_id !== undefined && row.rider_category_id !== payer.category) continue;
    if (row.fare_media_id !== undefined && row.fare_media_id !== payer.fareMedia) continue;
    const rank = (row.rider_category_id === undefined ? 0 : 2) + (row.fare_media_id === undefined ? 0 : 1);
    if (rank > bestRank) [best, bestRank] = [row, rank];
  }
  return best;
}

/** Where the product's price for this payer stands. */
function placeOf(product: string, payer: Payer, { fareProducts }: FareTables): string {
  const row = rowFor(product, payer, { fareProducts });
  if (row === undefined) return '';
  const { file, line } = fareProducts.at(row, 'amount');
  return `${file.slice(file.lastIndexOf('/') + 1)}:${line}`;
}
