/**
 * The ids met so far, by file, each with its line; and the check of the columns that refer to them.
 */
import type { Problem } from '../../core/error.ts';
import type { Header } from '../../gtfs/header.ts';
import type { Report } from '../../gtfs/problems.ts';
import { REFERENCES, type Reference } from '../../gtfs/references.ts';
import type { TableSpec } from '../../gtfs/spec.ts';

export class RowIds {
  readonly #lines = new Map<string, Map<string, number>>();
  readonly #spoilt = new Set<string>();

  /** The ids of `file` with their lines, to be filled as its rows come. */
  of(file: string): Map<string, number> {
    const lines = this.#lines.get(file) ?? new Map<string, number>();
    this.#lines.set(file, lines);
    return lines;
  }

  /** Says that rows of `file` were refused: what refers to it is no longer judged, or one error would make many. */
  spoil(file: string): void {
    this.#spoilt.add(file);
  }

  canJudge({ to }: Reference): boolean {
    return !to.some(file => this.#spoilt.has(file));
  }

  hasRead(file: string): boolean {
    return this.#lines.has(file);
  }

  knows({ to }: Reference, id: string): boolean {
    return to.some(file => this.#lines.get(file)?.has(id));
  }
}

type Cells = { readonly [column: string]: string | number | undefined; readonly line: number };

/** Checks the references of one table's rows; those to the table itself are judged at its end. */
export class ReferenceCheck {
  readonly #references: readonly Reference[];
  readonly #ids: RowIds;
  readonly #header: Header<TableSpec>;
  readonly #report: Report;
  readonly #forward: { readonly reference: Reference; readonly id: string; readonly problem: Problem }[] = [];

  constructor(spec: TableSpec, ids: RowIds, header: Header<TableSpec>, report: Report) {
    const own = REFERENCES.filter(
      reference =>
        reference.file === spec.file && header.indexOf(reference.column) >= 0 && ids.canJudge(reference),
    );
    this.#references = own.filter(({ to }) => to.some(file => ids.hasRead(file)));
    this.#ids = ids;
    this.#header = header;
    this.#report = report;
    for (const reference of own) if (!this.#references.includes(reference)) this.#reportLack(reference);
  }

  check(row: Cells): void {
    for (const reference of this.#references) {
      const id = row[reference.column];
      if (typeof id !== 'string' || this.#ids.knows(reference, id)) continue;
      const problem = this.#dangling(reference, id, row.line);
      if (reference.to.includes(reference.file)) this.#forward.push({ reference, id, problem });
      else this.#report(problem);
    }
  }

  end(): void {
    for (const { reference, id, problem } of this.#forward) {
      if (this.#ids.canJudge(reference) && !this.#ids.knows(reference, id)) this.#report(problem);
    }
  }

  #dangling({ column, to, severity }: Reference, id: string, line: number): Problem {
    const what = `${column} '${id}' stands nowhere in ${to.join(' or ')}`;
    return { at: this.#header.at(line, column), what, severity };
  }

  #reportLack({ column, to, severity }: Reference): void {
    const at = { file: this.#header.file, line: 1 };
    this.#report({ at, what: `${column} refers to ${to.join(' or ')}, which the feed lacks`, severity });
  }
}
