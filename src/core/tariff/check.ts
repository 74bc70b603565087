/** Everything that a tariff can have wrong in itself, in the order it is looked at. What it comes to is looked at later. */
import type { Findings } from '../fare/match/findings.ts';
import { checkAmounts } from './check-amounts.ts';
import { checkAreas } from './check-areas.ts';
import { checkContradictions } from './check-contradictions.ts';
import { checkFeed } from './check-feed.ts';
import { checkNames } from './check-names.ts';
import { checkNetworks } from './check-networks.ts';
import { checkSettings } from './check-settings.ts';
import { checkTables, checkVersion } from './check-tables.ts';
import { checkTimes } from './check-times.ts';
import { checkWindows } from './check-windows.ts';
import type { Checker } from './checker.ts';
import type { TariffSettings } from './settings.ts';
import type { FareProductRow, FareTable, TariffTables } from './tables.ts';

/** Problems of `tariff.yaml` go to `check`, those of the tables to `findings`. */
export function checkTariff(
  settings: TariffSettings,
  tables: TariffTables,
  versions: readonly FareTable<FareProductRow>[],
  check: Checker,
  findings: Findings,
): void {
  checkSettings(settings, check);
  checkAmounts(settings, check);
  checkWindows(settings, check);
  checkContradictions(settings, check);
  checkNames(settings, tables, check);
  checkNetworks(settings, tables, check, findings);
  checkAreas(settings, tables, check, findings);
  checkTimes(settings, tables, findings);
  checkFeed(settings, tables, check, findings);
  checkTables(settings, tables, check, findings);
  for (const [index, prices] of versions.entries())
    checkVersion(settings, tables, prices, index, check, findings);
}
