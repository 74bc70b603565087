import type { Problem } from '../error.ts';
import type { Path, YamlFile } from '../source/yaml.ts';
import { expectedOneOf } from '../suggest.ts';
import type { TariffSettings } from './settings.ts';

/** Names a place in `tariff.yaml` for whoever finds a problem there. */
export class Checker {
  readonly #file: YamlFile<TariffSettings>;
  readonly #problems: Problem[];

  constructor(file: YamlFile<TariffSettings>, problems: Problem[]) {
    this.#file = file;
    this.#problems = problems;
  }

  add(problem: Problem): void {
    this.#problems.push(problem);
  }

  wrong(path: Path, what: string, expected?: string): void {
    const at = this.#file.positionOf(path);
    this.add(expected === undefined ? { at, what } : { at, what, expected });
  }

  warn(path: Path, what: string): void {
    this.add({ at: this.#file.positionOf(path), what, severity: 'warning' });
  }

  /** `name` must be one of `known`. */
  known(path: Path, what: string, name: string | undefined, known: readonly string[]): void {
    if (name === undefined || known.includes(name)) return;
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
}
