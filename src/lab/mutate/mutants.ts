/** Every mutant of a tariff folder: `tariff.yaml` first, then its tables, each in its own order. Pure. */
import { readYaml } from '../../core/source/yaml.ts';
import { settingsSchema } from '../../core/tariff/settings.ts';
import { FARE_PRODUCTS } from '../../gtfs/fare-tables.ts';
import { SETTINGS_FILE } from '../../gtfs/tariff-files.ts';
import { lineStarts, positionIn } from './lines.ts';
import type { Change, Mutant, TariffTexts } from './mutant.ts';
import { grainOf } from './near.ts';
import { settingsChanges } from './settings-changes.ts';
import { MUTATED_TABLES, tableChanges } from './table-changes.ts';

/** None of a folder that does not compile as it is. */
export function mutantsOf(files: TariffTexts): readonly Mutant[] {
  const settings = readYaml(files.get(SETTINGS_FILE) ?? '', SETTINGS_FILE, settingsSchema).value;
  if (settings === undefined) return [];
  const grain = grainOf(settings);
  const versions = settings.versions.map(({ fareProducts }) => fareProducts);
  const ofSettings = located(files, SETTINGS_FILE, text => settingsChanges(text, grain));
  const ofTables = MUTATED_TABLES.flatMap(table => {
    const names =
      table.spec.file === FARE_PRODUCTS.file ? [FARE_PRODUCTS.file, ...versions] : [table.spec.file];
    return names.flatMap(name => located(files, name, text => tableChanges(text, table, grain)));
  });
  return [...ofSettings, ...ofTables];
}

function located(
  files: TariffTexts,
  file: string,
  changesOf: (text: string) => readonly Change[],
): readonly Mutant[] {
  const text = files.get(file);
  if (text === undefined) return [];
  const starts = lineStarts(text);
  return changesOf(text).map(change => ({ ...change, at: { file, ...positionIn(starts, change.offset) } }));
}
