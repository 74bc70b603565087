import type { Problem } from '../error.ts';
import type { Path, YamlFile } from '../source/yaml.ts';
import { suggest } from '../suggest.ts';
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

  /** `name` must be one of `known`. */
  known(path: Path, what: string, name: string | undefined, known: readonly string[]): void {
    if (name === undefined || known.includes(name)) return;
    const meant = suggest(name, known);
    this.wrong(path, `no ${what} '${name}'`, meant === undefined ? known.join(' | ') : `'${meant}'`);
  }

  knownAll(path: Path, what: string, names: readonly string[], known: readonly string[]): void {
    for (const [place, name] of names.entries()) this.known([...path, place], what, name, known);
  }
}
