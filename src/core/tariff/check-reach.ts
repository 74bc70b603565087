/** What a tariff's leg rules leave out, or say for nobody: its kinds of rides, as `match/reach.ts` asks them. */
import type { Findings } from '../fare/match/findings.ts';
import { checkReach as checkRuleReach, type Kinds as KindsOfRides, type Times } from '../fare/match/reach.ts';
import { bandMoments } from './band-moments.ts';
import { strangeNetworks } from './check-networks.ts';
import { inForceOf } from './in-force.ts';
import type { Kinds } from './kinds.ts';
import { compileLegRules } from './leg-rules.ts';
import { hasExitTimes } from './prices.ts';
import type { TariffSettings } from './settings.ts';
import type { TariffTables } from './tables.ts';

export function checkReach(
  settings: TariffSettings,
  tables: TariffTables,
  kinds: Kinds,
  findings: Findings,
): void {
  checkRuleReach(kindsOfRides(settings, tables, kinds), tables, findings);
}

function kindsOfRides(settings: TariffSettings, tables: TariffTables, { names, bands }: Kinds): KindsOfRides {
  const rules = compileLegRules(tables);
  const moments = bandMoments(bands, inForceOf(settings));
  const strange = strangeNetworks(settings, tables);
  const isNamed = (network: string) =>
    network === ''
      ? tables.fareLegRules.rows.some(row => row.network_id === undefined)
      : !strange.has(network);
  const times = names.bands.flatMap((entered, band): Times[] => {
    const one = { entered, left: entered, example: moments[band] };
    if (!hasExitTimes(tables)) return [one];
    return names.bands.map((left, place) => ({ ...one, left, example: moments[place] && moments[band] }));
  });
  const networks = names.networks.map(name => ({ name, isRidden: isNamed(name) }));
  return {
    networks,
    ends: names.zones,
    times,
    winners: (network, from, to, time) => {
      const { entered = [], left = [] } = times[time] ?? {};
      return rules.matching({
        network: names.networks[network] ?? '',
        from: names.zones[from] ?? [],
        to: names.zones[to] ?? [],
        entered,
        left,
      }).rules;
    },
  };
}
