/** What a tariff leaves out, or says for nobody: warnings, found in its compiled fares. */
import { formatAmount, type MinorUnits, parseAmount } from '../money.ts';
import type { Checker } from './checker.ts';
import { compileCoverage, coversRide } from './covers.ts';
import type { Kinds } from './kinds.ts';
import { compileLegRules } from './leg-rules.ts';
import type { TariffSettings } from './settings.ts';
import type { ItineraryLegRuleRow, TariffTables } from './tables.ts';
import type { Prices } from './tariff.ts';

export function checkReach(
  settings: TariffSettings,
  tables: TariffTables,
  kinds: Kinds,
  prices: Prices,
  check: Checker,
): void {
  const { reached, without, contested } = walk(tables, kinds);
  const { fareLegRules } = tables;
  for (const row of fareLegRules.rows) {
    if (reached.has(row)) continue;
    check.add({
      at: fareLegRules.at(row, 'fare_product_id'),
      what: 'no ride can reach this rule',
      severity: 'warning',
    });
  }
  for (const [network, example] of without) {
    const name = network === '' ? 'in networks that no rule names' : `in '${network}'`;
    const at = { file: fareLegRules.at({ line: 1 }, 'fare_product_id').file };
    check.add({ at, what: `${name}, no fare ${example.said}`, severity: 'warning' });
  }
  for (const [row, other] of contested) {
    if (!pricesDiffer(row, other, tables)) continue;
    const what = `of equal right as line ${other.line}, at another price: the cheaper is charged`;
    check.add({ at: fareLegRules.at(row, 'fare_product_id'), what, severity: 'warning' });
  }
  checkCaps(settings, kinds, prices, check);
}

interface Walked {
  readonly reached: ReadonlySet<ItineraryLegRuleRow>;
  /** By network: how many kinds of rides have no fare, and one of them in words. */
  readonly without: ReadonlyMap<string, { readonly said: string }>;
  readonly contested: ReadonlyMap<ItineraryLegRuleRow, ItineraryLegRuleRow>;
}

/** Once over every kind of ride. A stop in no area is asked only where nothing else is known. */
function walk(tables: TariffTables, { names }: Kinds): Walked {
  const rules = compileLegRules(tables);
  const reached = new Set<ItineraryLegRuleRow>();
  const contested = new Map<ItineraryLegRuleRow, ItineraryLegRuleRow>();
  const without = new Map<string, { said: string; count: number }>();
  const zones = names.zones.length > 1 ? names.zones.slice(1) : names.zones;
  const networks = names.networks.length > 1 ? names.networks : [''];
  for (const network of networks) {
    const isNamed = network !== '' || tables.fareLegRules.rows.some(row => row.network_id === undefined);
    for (const from of zones) {
      for (const to of zones) {
        for (const entered of names.bands) {
          for (const left of tables.fareLegRules.rows.some(row => row.to_timeframe_group_id !== undefined)
            ? names.bands
            : [entered]) {
            const { rules: matched } = rules.matching({ network, from, to, entered, left });
            for (const row of matched) reached.add(row);
            const [first, second] = matched;
            if (first !== undefined && second !== undefined) contested.set(second, first);
            if (matched.length > 0 || !isNamed) continue;
            const known = without.get(network);
            const said = `${between(from, to)}${during(entered, names.bands.length)}`;
            without.set(network, {
              said: known === undefined ? said : `${first3(known.said)} and ${known.count} more`,
              count: (known?.count ?? 0) + 1,
            });
          }
        }
      }
    }
  }
  return { reached, without, contested };
}

function first3(said: string): string {
  return said.replace(/ and \d+ more$/, '');
}

function between(from: readonly string[], to: readonly string[]): string {
  return from.length === 0 ? 'at all' : `from ${from.join(' and ')} to ${to.join(' and ')}`;
}

function during(groups: readonly string[], bands: number): string {
  if (bands === 1) return '';
  return groups.length === 0 ? ' at times of no timeframe' : ` during ${groups.join(' and ')}`;
}

/** For the same rider by the same medium. */
function pricesDiffer(
  a: ItineraryLegRuleRow,
  b: ItineraryLegRuleRow,
  { fareProducts }: TariffTables,
): boolean {
  const rowsOf = (product: string) => fareProducts.rows.filter(row => row.fare_product_id === product);
  return rowsOf(a.fare_product_id).some(one =>
    rowsOf(b.fare_product_id).some(
      other =>
        one.rider_category_id === other.rider_category_id &&
        one.fare_media_id === other.fare_media_id &&
        one.amount !== other.amount,
    ),
  );
}

/** A cap below a single fare that it covers is reached by every ride. */
function checkCaps(
  settings: TariffSettings,
  { names }: Kinds,
  { legs, fares, exitBands }: Prices,
  check: Checker,
): void {
  const [zoneCount, bandCount] = [names.zones.length, names.bands.length];
  settings.caps.forEach(({ id, limit, covers }, index) => {
    if (!('amount' in limit)) return;
    const most = parseAmount(limit.amount, settings.currency) ?? 0;
    const coverage = compileCoverage(covers, names);
    let dearest = 0;
    for (const [cell, leg] of legs.entries()) {
      const ride = Math.floor(cell / exitBands);
      const [band, toZone] = [ride % bandCount, Math.floor(ride / bandCount) % zoneCount];
      const fromZone = Math.floor(ride / bandCount / zoneCount) % zoneCount;
      const network = Math.floor(ride / bandCount / zoneCount / zoneCount);
      for (const [payer, fare] of (fares[leg] ?? []).entries()) {
        const [category, medium] = [Math.floor(payer / names.media.length), payer % names.media.length];
        if (fare === null || !coversRide(coverage, { network, fromZone, toZone, band, medium, category }))
          continue;
        dearest = Math.max(dearest, fare.amountMinor);
      }
    }
    if (dearest <= most) return;
    const single = formatAmount(dearest as MinorUnits, settings.currency);
    check.warn(['caps', index, 'limit'], `'${id}' is below a single fare of ${single} that it covers`);
  });
}
