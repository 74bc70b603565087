/**
 * What was read of each file before. Whoever compiles a tariff again and again with a change here and there reads only
 * what changed: reading is half of compiling.
 */
import { readYaml, type YamlFile } from '../core/source/yaml.ts';
import { settingsSchema, type TariffSettings } from '../core/tariff/settings.ts';
import type { TableSpec } from './spec.ts';
import { readTable, type Table } from './table.ts';

export class Readings {
  readonly #tables = new Map<string, { readonly text: string; readonly table: Table<TableSpec> }>();
  #settings: { readonly text: string; readonly file: YamlFile<TariffSettings> } | undefined;

  settings(text: string, path: string): YamlFile<TariffSettings> {
    if (this.#settings?.text !== text) this.#settings = { text, file: readYaml(text, path, settingsSchema) };
    return this.#settings.file;
  }

  table<S extends TableSpec>(text: string, path: string, spec: S): Table<S> {
    const known = this.#tables.get(path);
    // One path is always read by one spec.
    if (known?.text === text) return known.table as Table<S>;
    const table = readTable(text, path, spec);
    this.#tables.set(path, { text, table });
    return table;
  }
}
