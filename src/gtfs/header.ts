/**
 * The first record of a table against its spec: where each column stands, what is missing, what is not known.
 */
import type { Position, Problem } from '../core/error.ts';
import { suggest } from '../core/suggest.ts';
import type { Report } from './problems.ts';
import type { ColumnName, TableSpec } from './spec.ts';

/** Where the cell `field` (from 0) of the record on `line` stands. */
export type Locate = (line: number, field: number) => Position;

export class Header<S extends TableSpec> {
  readonly file: string;
  /** Every column named, known or not, in the file's order. */
  readonly names: readonly string[];
  readonly #report: Report;
  readonly #locate: Locate;

  constructor(file: string, names: readonly string[], report: Report, locate: Locate) {
    this.file = file;
    this.names = names;
    this.#report = report;
    this.#locate = locate;
  }

  /** Which cell of a record holds the column; -1 when the file lacks it. */
  indexOf(name: ColumnName<S>): number {
    return this.names.indexOf(name);
  }

  /** Where the cell `name` of the record on `line` stands; only while that record is being read. */
  at(line: number, name: ColumnName<S>): Position {
    return this.#locate(line, Math.max(0, this.indexOf(name)));
  }

  /** Reports a problem with the cell `name` of the record on `line`, while that record is being read. */
  problem(line: number, name: ColumnName<S>, what: string, expected?: string): void {
    this.#report({ at: this.at(line, name), what, ...(expected === undefined ? {} : { expected }) });
  }

  /** False, with a problem, when the record has more cells than there are columns; missing last cells are empty. */
  fits(record: readonly string[], line: number): boolean {
    const width = this.names.length;
    if (record.length <= width || record.slice(width).every(cell => cell.trim() === '')) return true;
    const what = `${record.length} cells under ${width} columns`;
    this.#report({ at: this.#locate(line, width), what, expected: 'a cell with a comma to stand in quotes' });
    return false;
  }
}

/** The header, or undefined when a required column is missing or one stands twice: then no row can be read. */
export function readHeader<S extends TableSpec>(
  spec: S,
  record: readonly string[],
  line: number,
  report: Report,
  locate: Locate,
): Header<S> | undefined {
  const names = record.map(cell => cell.trim());
  const problems = headerProblems(spec, names, field => locate(line, field));
  for (const problem of problems) report(problem);
  if (problems.some(problem => problem.severity !== 'warning')) return undefined;
  return new Header<S>(locate(line, 0).file, names, report, locate);
}

function headerProblems(
  spec: TableSpec,
  names: readonly string[],
  at: (field: number) => Position,
): Problem[] {
  const known = [...spec.columns.map(column => column.name), ...(spec.alsoKnown ?? [])];
  const twice = names.flatMap((name, field): Problem[] =>
    name !== '' && names.indexOf(name) < field
      ? [{ at: at(field), what: `column '${name}' stands twice` }]
      : [],
  );
  const strange = names.flatMap((name, field): Problem[] => {
    if (name === '' || known.includes(name)) return [];
    const meant = suggest(
      name,
      known.filter(column => !names.includes(column)),
    );
    const expected = meant === undefined ? {} : { expected: `'${meant}'?` };
    const severity = spec.strict ? 'error' : 'warning';
    return [{ at: at(field), what: `unknown column '${name}'`, ...expected, severity }];
  });
  const missing = spec.columns
    .filter(column => column.required && !names.includes(column.name))
    .map((column): Problem => ({ at: at(0), what: `column '${column.name}' is missing` }));
  return [...twice, ...missing, ...strange];
}
