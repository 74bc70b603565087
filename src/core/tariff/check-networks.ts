/** Networks by name and by rule: what nobody else names, and what means nothing where nobody taps out. */

import type { Findings } from '../fare/match/findings.ts';
import { checkNetworks as checkNetworkTables, warnOfUnpriced } from '../fare/match/network.ts';
import { expectedOneOf, suggest } from '../suggest.ts';
import type { Checker } from './checker.ts';
import type { TariffSettings } from './settings.ts';
import type { TariffTables } from './tables.ts';

export function checkNetworks(
  settings: TariffSettings,
  tables: TariffTables,
  check: Checker,
  findings: Findings,
): void {
  checkNetworkTables(tables, findings);
  checkRuleNetworks(settings, tables, findings);
  checkSettingsNetworks(settings, tables, check);
  // What `networks` names is asked for its fares as a kind of ride.
  warnOfUnpriced(tables, findings, Object.keys(settings.networks));
  for (const [name, rule] of Object.entries(settings.networks)) {
    if (rule.taps === 'entry-only') refuseExitRules(name, rule, check);
    else checkExits(name, rule, check);
  }
}

type Rule = TariffSettings['networks'][string];

/** Of the feed: its networks and its routes'. */
function feedNetworks({ networks, routes, routeNetworks }: TariffTables): string[] {
  return [...networks.rows, ...routes.rows, ...routeNetworks.rows].flatMap(
    ({ network_id }) => network_id ?? [],
  );
}

/** Of leg rules: those that neither the feed nor `networks` names, though others are named there. */
function unknownToOthers(
  { networks }: TariffSettings,
  tables: TariffTables,
): { known: string[]; rows: Row[] } {
  const known = [...new Set([...feedNetworks(tables), ...Object.keys(networks)])];
  const isStrange = ({ network_id }: Row) => network_id !== undefined && !known.includes(network_id);
  return { known, rows: known.length === 0 ? [] : tables.fareLegRules.rows.filter(isStrange) };
}

type Row = TariffTables['fareLegRules']['rows'][number];

/** Where a feed names networks a rule must name one of them; else one that stands alone is odd. */
function checkRuleNetworks(settings: TariffSettings, tables: TariffTables, findings: Findings): void {
  const severity = feedNetworks(tables).length > 0 ? 'error' : 'warning';
  const { known, rows } = unknownToOthers(settings, tables);
  // One that a misspelt name of `networks` was meant for is told there.
  const meant = [...unknownToTables(settings, tables).values()];
  for (const row of rows) {
    const { network_id: name = '' } = row;
    if (meant.includes(`'${name}'`)) continue;
    if (severity === 'error' || suggest(name, known) !== undefined)
      findings.unknown(tables.fareLegRules, row, 'network_id', known, severity);
    else {
      const what = `no other file speaks of network '${name}'`;
      const expected = `'${name}' under networks in tariff.yaml`;
      findings.warn(tables.fareLegRules, row, 'network_id', { what, expected, kind: what });
    }
  }
}

/** Of `networks`: those that no table names and that the rules for all the others are not for, with what was meant. */
function unknownToTables({ networks }: TariffSettings, tables: TariffTables): Map<string, string> {
  const rules = tables.fareLegRules.rows;
  const named = [
    ...new Set([...rules.flatMap(({ network_id }) => network_id ?? []), ...feedNetworks(tables)]),
  ];
  const free = named.filter(name => networks[name] === undefined);
  const hasRest = rules.some(({ network_id }) => network_id === undefined);
  return new Map(
    Object.keys(networks).flatMap((name): [string, string][] => {
      const isKnown = named.includes(name) || (hasRest && suggest(name, free) === undefined);
      return isKnown ? [] : [[name, expectedOneOf(name, free.length > 0 ? free : named)]];
    }),
  );
}

function checkSettingsNetworks(settings: TariffSettings, tables: TariffTables, check: Checker): void {
  for (const [name, expected] of unknownToTables(settings, tables))
    check.warnKey(['networks', name], `no leg rule, route or network is '${name}'`, expected);
}

/** Networks whose very name is odd: that they have no fare is no news. */
export function strangeNetworks(settings: TariffSettings, tables: TariffTables): ReadonlySet<string> {
  const ofRules = unknownToOthers(settings, tables).rows.map(({ network_id = '' }) => network_id);
  return new Set([...unknownToTables(settings, tables).keys(), ...ofRules]);
}

/** What asks for a tap at the exit. */
const EXIT_RULES = ['deposit', 'incomplete', 'autoCompletion', 'sameStop', 'maximumTime', 'linking'] as const;

function refuseExitRules(name: string, rule: Rule, check: Checker): void {
  for (const key of EXIT_RULES) {
    if (rule[key] === undefined) continue;
    const what = `'${key}' means nothing where nobody taps out`;
    check.wrong(['networks', name, key], what, `taps: entry-exit for '${name}'`);
  }
}

function checkExits(name: string, { deposit, incomplete, sameStop = [] }: Rule, check: Checker): void {
  if (deposit === undefined && incomplete === undefined) {
    const what = `in '${name}' an entry without an exit costs nothing`;
    check.warnKey(['networks', name], what, 'incomplete, or deposit');
  }
  sameStop.forEach(({ price, product }, index) => {
    if (price === 'free' || product !== undefined) return;
    const what = `'${price.fareProduct}' is sold as no product`;
    check.wrong(['networks', name, 'sameStop', index], what, 'product: a number of products');
  });
}
