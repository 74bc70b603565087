/** A scenario by example: `<name>` in its words stands for a cell of each row, and each row is a run of its own. */
import type { Problem } from '../../core/error.ts';
import type { Path } from '../../core/source/yaml.ts';
import { expectedOneOf } from '../../core/suggest.ts';
import type { WrittenScenario } from './written.ts';

const MARK = /<([\w-]+)>/g;

/** Rows of cells; the first names them. */
type Table = readonly (readonly string[])[];

/** One run a row, or the scenario itself where there is no table; none where something is wrong. */
export function withExamples(
  written: WrittenScenario,
  table: Table | undefined,
): { readonly written: readonly WrittenScenario[]; readonly problems: readonly Problem[] } {
  const [names = [], ...rows] = table ?? [];
  const problems = [
    ...marksWithoutName(written, names, table !== undefined),
    ...tableProblems(written, names, rows),
  ];
  if (problems.length > 0) return { written: [], problems };
  if (table === undefined) return { written: [written], problems };
  return { written: rows.map((row, index) => runOf(written, names, row, index + 1)), problems };
}

function marksWithoutName(written: WrittenScenario, names: readonly string[], hasTable: boolean): Problem[] {
  return textsIn(written).flatMap(({ path, text }) =>
    marksOf(text)
      .filter(mark => !names.includes(mark))
      .map((mark): Problem => {
        const expected = hasTable ? expectedOneOf(mark, names) : `'examples' with a column '${mark}'`;
        return { at: written.positionOf(path), what: `no example gives <${mark}>`, expected };
      }),
  );
}

function tableProblems(written: WrittenScenario, names: readonly string[], rows: Table): Problem[] {
  const { positionOf } = written;
  const used = new Set(textsIn(written).flatMap(({ text }) => marksOf(text)));
  const wrongNames = names.flatMap((name, column): Problem[] => {
    const at = positionOf(['examples', 0, column]);
    if (names.indexOf(name) < column)
      return [{ at, what: `a second column '${name}'`, expected: 'each once' }];
    return used.has(name)
      ? []
      : [{ at, what: `no step says <${name}>`, expected: expectedOneOf(name, [...used]) }];
  });
  const wrongRows = rows.flatMap((row, index): Problem[] => {
    if (row.length === names.length) return [];
    const at = positionOf(['examples', index + 1]);
    return [
      { at, what: `${row.length} cells under ${names.length} names`, expected: 'a cell for each name' },
    ];
  });
  return [...wrongNames, ...wrongRows];
}

function runOf(
  written: WrittenScenario,
  names: readonly string[],
  row: readonly string[],
  index: number,
): WrittenScenario {
  const { positionOf, ...words } = written;
  const cells = new Map(names.map((name, column) => [name, row[column] ?? '']));
  // Texts alone change, so that what was a scenario still is one.
  const run = filled(words, cells) as Omit<WrittenScenario, 'positionOf'>;
  const isNamed = run.scenario !== written.scenario;
  return {
    ...run,
    scenario: isNamed ? run.scenario : `${run.scenario} (${row.join(', ')})`,
    positionOf: path => {
      if (path.length === 0) return positionOf(['examples', index]);
      const [mark] = marksOf(String(at(words, path) ?? ''));
      return mark === undefined ? positionOf(path) : positionOf(['examples', index, names.indexOf(mark)]);
    },
  };
}

/** What an empty cell stands for alone is not said at all. */
function filled(value: unknown, cells: ReadonlyMap<string, string>): unknown {
  if (typeof value === 'string') return value.replace(MARK, (mark, name) => cells.get(name) ?? mark);
  if (Array.isArray(value)) return value.map(item => filled(item, cells));
  if (typeof value !== 'object' || value === null) return value;
  const pairs = Object.entries(value).flatMap(([key, held]) => {
    const now = filled(held, cells);
    return now === '' && held !== '' ? [] : [[key, now] as const];
  });
  return Object.fromEntries(pairs);
}

function marksOf(text: string): string[] {
  return [...text.matchAll(MARK)].map(([, name = '']) => name);
}

function textsIn(value: unknown, path: Path = []): { readonly path: Path; readonly text: string }[] {
  if (typeof value === 'string') return [{ path, text: value }];
  if (Array.isArray(value)) return value.flatMap((item, index) => textsIn(item, [...path, index]));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, held]) => textsIn(held, [...path, key]));
}

function at(value: unknown, path: Path): unknown {
  let found = value;
  for (const key of path) {
    if (typeof found !== 'object' || found === null) return undefined;
    found = (found as Readonly<Record<string | number, unknown>>)[key];
  }
  return found;
}
