import type { Position, Problem } from '../error.ts';
import type { Findings } from '../fare/match/findings.ts';
import type { Path, YamlFile } from '../source/yaml.ts';
import { expectedOneOf } from '../suggest.ts';
import type { TariffSettings } from './settings.ts';

/** Names a place in `tariff.yaml` for whoever finds a problem there. */
export class Checker {
  readonly #file: YamlFile<TariffSettings>;
  readonly #problems: Problem[];
  readonly #isLost: Findings['isLost'];

  /** `isLost`: what stands in a row of the tables that could not be read is not missed. */
  constructor(file: YamlFile<TariffSettings>, problems: Problem[], isLost: Findings['isLost']) {
    this.#file = file;
    this.#problems = problems;
    this.#isLost = isLost;
  }

  add(problem: Problem): void {
    this.#problems.push(problem);
  }

  wrong(path: Path, what: string, expected?: string): void {
    const at = this.#file.positionOf(path);
    this.add(expected === undefined ? { at, what } : { at, what, expected });
  }

  warn(path: Path, what: string, expected?: string): void {
    this.#warnAt(this.#file.positionOf(path), what, expected);
  }

  /** Where the key itself stands: it is its name that is odd. */
  warnKey(path: Path, what: string, expected?: string): void {
    this.#warnAt(this.#file.positionOfKey(path), what, expected);
  }

  /** `name` must be one of `known`. */
  known(path: Path, what: string, name: string | undefined, known: readonly string[]): void {
    if (name === undefined || known.includes(name) || this.#isLost(columnOf(what), name)) return;
    this.wrong(path, `no ${what} '${name}'`, expectedOneOf(name, known));
  }

  knownAll(path: Path, what: string, names: readonly string[], known: readonly string[]): void {
    for (const [place, name] of names.entries()) this.known([...path, place], what, name, known);
  }

  /** No two entries of the list at `path` may share what `nameOf` gives: only the first would count. */
  once<T>(path: Path, what: string, entries: readonly T[], nameOf: (entry: T) => string | undefined): void {
    const seen = new Set<string>();
    for (const [place, entry] of entries.entries()) {
      const name = nameOf(entry);
      if (name === undefined) continue;
      if (seen.has(name)) this.wrong([...path, place], `a second ${what} '${name}'`, 'each once');
      seen.add(name);
    }
  }

  #warnAt(at: Position, what: string, expected: string | undefined): void {
    this.add({ at, what, ...(expected === undefined ? {} : { expected }), severity: 'warning' });
  }
}

/** 'fare product' and 'fare_product_id in fare_products.txt' are told by the column `fare_product_id`. */
function columnOf(what: string): string {
  return COLUMNS[what] ?? what.replace(/ in .*/, '');
}

const COLUMNS: Readonly<Record<string, string>> = {
  'fare product': 'fare_product_id',
  'timeframe group': 'timeframe_group_id',
  network: 'network_id',
  area: 'area_id',
  stop: 'stop_id',
  route: 'route_id',
};
