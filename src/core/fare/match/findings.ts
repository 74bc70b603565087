/** What is wrong with fare tables, found while they are compiled; kept up to a limit, for nobody reads the second hundred. */
import type { Position, Problem } from '../../error.ts';
import { expectedOneOf } from '../../suggest.ts';
import type { FareTable } from '../../tariff/tables.ts';

/** Of errors, and again of warnings: each may cost a search through the file and for the nearest spelling. */
const KEPT = 100;

interface Found {
  readonly what: string;
  readonly expected?: string | undefined;
}

type Column<Row> = Exclude<keyof Row & string, 'line'>;

export class Findings {
  readonly #errors: Problem[] = [];
  readonly #warnings: Problem[] = [];
  #errorCount = 0;
  #warningCount = 0;

  get hasErrors(): boolean {
    return this.#errorCount > 0;
  }

  /** Errors first; where more were found than are kept, the last of a kind says how many. */
  get problems(): readonly Problem[] {
    return [
      ...withRest(this.#errors, this.#errorCount, 'error'),
      ...withRest(this.#warnings, this.#warningCount, 'warning'),
    ];
  }

  add(problem: Problem): void {
    if (problem.severity === 'warning') this.#keepWarning(() => problem);
    else this.#keepError(() => problem);
  }

  wrong<Row extends { readonly line: number }>(
    table: FareTable<Row>,
    row: Row,
    column: Column<Row>,
    found: Found,
  ): void {
    this.#keepError(() => problemAt(table.at(row, column), found));
  }

  warn<Row extends { readonly line: number }>(
    table: FareTable<Row>,
    row: Row,
    column: Column<Row>,
    found: Found,
  ): void {
    this.#keepWarning(() => ({ ...problemAt(table.at(row, column), found), severity: 'warning' }));
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
    const problem = () =>
      problemAt(table.at(row, column), { what: `no ${column} '${id}'`, expected: expectedOneOf(id, known) });
    if (severity === 'error') this.#keepError(problem);
    else this.#keepWarning(() => ({ ...problem(), severity }));
  }

  #keepError(problem: () => Problem): void {
    this.#errorCount += 1;
    if (this.#errors.length < KEPT) this.#errors.push(problem());
  }

  #keepWarning(problem: () => Problem): void {
    this.#warningCount += 1;
    if (this.#warnings.length < KEPT) this.#warnings.push(problem());
  }
}

function problemAt(at: Position, { what, expected }: Found): Problem {
  return expected === undefined ? { at, what } : { at, what, expected };
}

function withRest(
  kept: readonly Problem[],
  count: number,
  severity: 'error' | 'warning',
): readonly Problem[] {
  const last = kept.at(-1);
  if (last === undefined || count === kept.length) return kept;
  const what = `and ${count - kept.length} more ${severity}s in the fare tables`;
  return [...kept, { at: { file: last.at.file }, what, severity }];
}
