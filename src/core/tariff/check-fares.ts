/** What a tariff's compiled fares come to where nobody meant it: warnings. */
import { formatAmount, type MinorUnits, parseAmount } from '../money.ts';
import { strangeNetworks } from './check-networks.ts';
import type { Checker } from './checker.ts';
import { compileCoverage, coversRide } from './covers.ts';
import { compileMetres } from './distance.ts';
import type { Kinds } from './kinds.ts';
import type { TariffSettings } from './settings.ts';
import type { TariffTables } from './tables.ts';
import type { Fare, Prices } from './tariff.ts';

export function checkFares(
  settings: TariffSettings,
  tables: TariffTables,
  kinds: Kinds,
  prices: Prices,
  check: Checker,
): void {
  checkCaps(settings, kinds, prices, check);
  checkDestinations(settings, tables, kinds, prices, check);
  checkWays(settings, tables, kinds, prices, check);
}

/** A kind of ride that some leg rule is about, and what it costs each category and medium. */
interface PricedRide {
  readonly network: number;
  readonly fromZone: number;
  readonly toZone: number;
  readonly band: number;
  readonly fares: readonly (Fare | null)[];
  /** Of the ride that begins so and ends where it began. */
  readonly faresBack: readonly (Fare | null)[] | undefined;
}

/** By the places of `Prices.legs`. */
function* ridesOf({ names }: Kinds, { legs, fares, exitBands }: Prices): Generator<PricedRide> {
  const [zones, bands] = [names.zones.length, names.bands.length];
  const times = bands * exitBands;
  for (const [cell, leg] of legs.entries()) {
    const found = fares[leg];
    if (found === undefined) continue;
    const ends = Math.floor(cell / times);
    const toZone = ends % zones;
    const fromZone = Math.floor(ends / zones) % zones;
    const network = Math.floor(ends / zones / zones);
    const back = legs[cell + (fromZone - toZone) * times];
    const band = Math.floor(cell / exitBands) % bands;
    yield { network, fromZone, toZone, band, fares: found, faresBack: fares[back ?? -1] };
  }
}

/** A cap below a single fare that it covers is reached by every ride. */
function checkCaps({ caps, currency }: TariffSettings, kinds: Kinds, prices: Prices, check: Checker): void {
  const { names } = kinds;
  caps.forEach(({ id, limit, covers }, index) => {
    if (!('amount' in limit)) return;
    const most = parseAmount(limit.amount, currency) ?? 0;
    const coverage = compileCoverage(covers, names);
    let dearest = 0;
    for (const ride of ridesOf(kinds, prices)) {
      for (const [payer, fare] of ride.fares.entries()) {
        const [category, medium] = [Math.floor(payer / names.media.length), payer % names.media.length];
        if (fare !== null && coversRide(coverage, { ...ride, medium, category }))
          dearest = Math.max(dearest, fare.amountMinor);
      }
    }
    if (dearest <= most) return;
    const single = formatAmount(dearest as MinorUnits, currency);
    check.warn(['caps', index, 'limit'], `'${id}' is below a single fare of ${single} that it covers`);
  });
}

/** Nobody taps out, and nothing says where the ride ends. */
function checkDestinations(
  settings: TariffSettings,
  tables: TariffTables,
  kinds: Kinds,
  prices: Prices,
  check: Checker,
): void {
  const dependent = new Set<number>();
  for (const { network, fromZone, toZone, fares, faresBack } of ridesOf(kinds, prices))
    if (fromZone > 0 && toZone > 0 && !areSame(fares, faresBack)) dependent.add(network);
  const { networks } = settings;
  const { fareLegRules } = tables;
  const strange = strangeNetworks(settings, tables);
  for (const network of dependent) {
    const name = kinds.names.networks[network] ?? '';
    if (strange.has(name)) continue;
    const { taps, estimate } = networks[name] ?? UNSAID;
    if (taps !== 'entry-only' || estimate !== 'none') continue;
    const fare = name === '' ? 'a fare' : `the fare in '${name}'`;
    const what = `${fare} depends on where the ride ends: it is priced as if it ended where it began`;
    const expected = 'estimate: end-of-line | chosen, or taps: entry-exit';
    if (networks[name] !== undefined) check.warnKey(['networks', name], what, expected);
    else {
      const row = fareLegRules.rows.find(({ network_id = '' }) => network_id === name);
      const at = fareLegRules.at(row ?? { line: 1 }, 'to_area_id');
      check.add({ at, what, expected, severity: 'warning' });
    }
  }
}

/** How taps are taken in a network that `networks` does not name. */
const UNSAID = { taps: 'entry-only', estimate: 'none' };

function areSame(a: PricedRide['fares'], b: PricedRide['faresBack']): boolean {
  return a === b || (b?.every((fare, payer) => fare?.amountMinor === a[payer]?.amountMinor) ?? false);
}

/** A price by distance without a distance is none. */
function checkWays(
  { distances }: TariffSettings,
  tables: TariffTables,
  kinds: Kinds,
  prices: Prices,
  check: Checker,
): void {
  if (distances.length === 0) return;
  const { zones } = kinds.names;
  const metres = compileMetres(tables);
  const missing = new Map<string, string>();
  for (const { fromZone, toZone, fares } of ridesOf(kinds, prices)) {
    const [from, to] = [zones[fromZone] ?? [], zones[toZone] ?? []];
    if (fares.some(fare => fare !== null) || metres(from, to) !== undefined) continue;
    if (zones.length > 1 && (fromZone === 0 || toZone === 0)) continue;
    const way = `from ${from.join(' and ') || 'no area'} to ${to.join(' and ') || 'no area'}`;
    const key = [fromZone, toZone].sort((a, b) => a - b).join();
    if (!missing.has(key)) missing.set(key, way);
  }
  const [first] = missing.values();
  if (first === undefined) return;
  const more = missing.size === 1 ? '' : ` and ${missing.size - 1} more`;
  const { file } = tables.distances.at({ line: 1 }, 'metres');
  const what = `no distance ${first}${more}: rides between them have no fare`;
  check.add({ at: { file }, what, expected: 'a row of metres for each', severity: 'warning' });
}
