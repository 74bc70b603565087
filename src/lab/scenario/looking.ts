/** One scenario held against one tariff: its cells read, and whatever is wrong told where it stands. */
import type { Problem } from '../../core/error.ts';
import type { Said } from '../../core/source/issue.ts';
import type { Path } from '../../core/source/yaml.ts';
import type { Tariff } from '../../core/tariff/tariff.ts';
import type { Cells, ReadCell } from './cells.ts';
import type { Names } from './names.ts';
import type { WrittenScenario } from './written.ts';

type Columns = Readonly<Record<string, ReadCell<unknown>>>;

export class Looking {
  readonly tariff: Tariff;
  readonly problems: Problem[] = [];
  readonly #names: Names;
  readonly #positionOf: WrittenScenario['positionOf'];

  constructor(tariff: Tariff, names: Names, { positionOf }: WrittenScenario) {
    this.tariff = tariff;
    this.#names = names;
    this.#positionOf = positionOf;
  }

  /** Undefined where nothing is written, or something wrong. */
  cell<T>(path: Path, text: string | undefined, read: ReadCell<T>): T | undefined {
    if (text === undefined) return undefined;
    const cell = read(text, this.#names);
    if ('value' in cell) return cell.value;
    this.#say(path, cell);
    return undefined;
  }

  /** All that `columns` read of what stands at `path`. */
  cells<C extends Columns>(
    path: Path,
    texts: { readonly [Name in keyof C]?: string | undefined },
    columns: C,
  ): Cells<C> {
    const read = Object.entries(columns).flatMap(([name, column]) => {
      const value = this.cell([...path, name], texts[name], column);
      return value === undefined ? [] : [[name, value] as const];
    });
    // Each column gave what it reads, which is what `Cells` says.
    return Object.fromEntries(read) as Cells<C>;
  }

  wrong(path: Path, what: string, expected: string): void {
    this.#say(path, { what, expected });
  }

  #say(path: Path, said: Said): void {
    this.problems.push({ at: this.#positionOf(path), ...said });
  }
}
