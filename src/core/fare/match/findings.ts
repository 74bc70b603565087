/**
 * What is wrong with fare tables, found while they are compiled. A name that is nowhere is said once, whatever the number
 * of rows that use it; and problems are kept up to a limit, for nobody reads the second hundred.
 */
import type { Position, Problem } from '../../error.ts';
import { expectedOneOf } from '../../suggest.ts';
import type { FareTable } from '../../tariff/tables.ts';

/** Of errors, and again of warnings: each may cost a search through the file and for the nearest spelling. */
const KEPT = 100;

interface Found {
  readonly what: string;
  readonly expected?: string | undefined;
  /** What has this in common is said once, with the number of rows: a slip of a whole column is one slip. */
  readonly kind?: string;
}

type Column<Row> = Exclude<keyof Row & string, 'line'>;

/** One problem, and in how many more rows it was met. */
interface Kept {
  readonly problem: Problem;
  more: number;
}

class KeptProblems {
  readonly #kept: Kept[] = [];
  readonly #byName = new Map<string, Kept>();
  #count = 0;

  get count(): number {
    return this.#count;
  }

  /** Where more were found than are kept, the last says how many. */
  get all(): readonly Problem[] {
    const last = this.#kept.at(-1);
    const rest = this.#count - this.#kept.length;
    const all = this.#kept.map(({ problem, more }) =>
      more === 0 ? problem : { ...problem, what: `${problem.what}, here and in ${rows(more)}` },
    );
    if (last === undefined || rest === 0) return all;
    const { at, severity } = last.problem;
    const what = `and ${rest} more in the fare tables`;
    return [...all, { at: { file: at.file }, what, ...(severity === undefined ? {} : { severity }) }];
  }

  keep(problem: () => Problem, name?: string): void {
    const same = name === undefined ? undefined : this.#byName.get(name);
    if (same !== undefined) {
      same.more += 1;
      return;
    }
    this.#count += 1;
    if (this.#kept.length >= KEPT) return;
    const kept = { problem: problem(), more: 0 };
    this.#kept.push(kept);
    if (name !== undefined) this.#byName.set(name, kept);
  }
}

function rows(more: number): string {
  return more === 1 ? 'one more row' : `${more} more rows`;
}

type Lost = Pick<FareTable<never>, 'mayHold'>;

/** What the columns name that are no ids of their own: `from_area_id` an area. */
const NAMED: Readonly<Record<string, string>> = {
  parent_station: 'stop_id',
  origin_id: 'zone_id',
  destination_id: 'zone_id',
  contains_id: 'zone_id',
};

function namedBy(column: string): string {
  return NAMED[column] ?? column.replace(/^(from|to|filter|contains|contains_exactly)_/, '');
}

export class Findings {
  readonly #errors = new KeptProblems();
  readonly #warnings = new KeptProblems();
  readonly #tables: readonly Lost[];

  /** `tables` are those that names are looked for in: what stood in a row that could not be read is not missed. */
  constructor(tables: Readonly<Record<string, Lost>> = {}) {
    this.#tables = Object.values(tables);
  }

  get hasErrors(): boolean {
    return this.#errors.count > 0;
  }

  /** Errors first. */
  get problems(): readonly Problem[] {
    return [...this.#errors.all, ...this.#warnings.all];
  }

  add(problem: Problem): void {
    (problem.severity === 'warning' ? this.#warnings : this.#errors).keep(() => problem);
  }

  wrong<Row extends { readonly line: number }>(
    table: FareTable<Row>,
    row: Row,
    column: Column<Row>,
    found: Found,
  ): void {
    this.#errors.keep(() => problemAt(table.at(row, column), found), found.kind);
  }

  warn<Row extends { readonly line: number }>(
    table: FareTable<Row>,
    row: Row,
    column: Column<Row>,
    found: Found,
  ): void {
    const problem = (): Problem => ({ ...problemAt(table.at(row, column), found), severity: 'warning' });
    this.#warnings.keep(problem, found.kind);
  }

  /** Does `id`, as `column` names it, stand in a row that could not be read? That row is the slip, and told already. */
  isLost(column: string, id: string): boolean {
    return this.#tables.some(table => table.mayHold(namedBy(column), id));
  }

  /** The cell names something that is nowhere; `known` is what there is. */
  unknown<Row extends { readonly line: number }>(
    table: FareTable<Row>,
    row: Row,
    column: Column<Row>,
    known: readonly string[],
    severity: 'error' | 'warning' = 'error',
  ): void {
    const id = String(row[column]);
    if (this.isLost(column, id)) return;
    const found = () => ({ what: `no ${column} '${id}'`, expected: expectedOneOf(id, known) });
    const name = [table.at({ line: 1 }, column).file, column, id].join('\n');
    if (severity === 'error') this.#errors.keep(() => problemAt(table.at(row, column), found()), name);
    else this.#warnings.keep(() => ({ ...problemAt(table.at(row, column), found()), severity }), name);
  }
}

function problemAt(at: Position, { what, expected }: Found): Problem {
  return expected === undefined ? { at, what } : { at, what, expected };
}
