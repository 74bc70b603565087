/**
 * A table of a feed, read by its spec. Pure: text in, rows and problems out; a `TableReader` takes the text in
 * pieces, `readTable` at once.
 */
import type { Position, Problem } from '../core/error.ts';
import { type Header, readHeader } from './header.ts';
import { ProblemList, type Report } from './problems.ts';
import { locate, RecordReader, type TakeRecord } from './records.ts';
import { rowReader } from './row.ts';
import type { ColumnName, Row, TableSpec } from './spec.ts';

/** A small table in memory. Rows with an error among their cells are left out. */
export interface Table<S extends TableSpec> {
  readonly rows: readonly Row<S>[];
  /** Every column the header names, known or not: some rules depend on whether a column is there at all. */
  readonly columns: ReadonlySet<string>;
  /** At most 100 errors and 100 warnings, then 'and N more'. */
  readonly problems: readonly Problem[];
  /** Where a cell stands, for problems found later; the row itself when the file lacks the column. */
  readonly at: (row: { readonly line: number }, name: ColumnName<S>) => Position;
  /** Every row was read. */
  readonly isWhole: boolean;
  /** Does `text` stand in that column of a row that was left out? Whoever names it has made no slip. */
  readonly mayHold: (name: string, text: string) => boolean;
}

/** A file that is not there: a table without columns. What a feed must have may hold anything. */
export function absentTable<S extends TableSpec>(spec: S, file: string): Table<S> {
  return {
    rows: [],
    columns: new Set(),
    problems: [],
    at: () => ({ file }),
    isWhole: !spec.required,
    mayHold: spec.required ? heldBy(spec, undefined, []) : () => false,
  };
}

/** Reads the whole text of a table; `file` is how problems name it. */
export function readTable<S extends TableSpec>(text: string, file: string, spec: S): Table<S> {
  const problems = new ProblemList();
  const rows: Row<S>[] = [];
  const leftOut: (readonly string[])[] = [];
  let columns: readonly string[] | undefined;
  const reader = new TableReader(spec, file, problems.report, header => {
    columns = header.names;
    return rowReader(
      spec,
      header,
      row => rows.push(row),
      record => leftOut.push(record),
    );
  });
  reader.push(text);
  reader.end();
  const unmarked = text.startsWith('\uFEFF') ? text.slice(1) : text;
  return {
    rows,
    columns: new Set(columns),
    problems: problems.all,
    isWhole: columns !== undefined && leftOut.length === 0,
    mayHold: heldBy(spec, columns, leftOut),
    at: (row, name) => {
      const field = columns?.indexOf(name) ?? -1;
      return field === -1 ? { file, line: row.line } : { file, ...locate(unmarked, 1, row.line, field) };
    },
  };
}

/** Without a header that can be read, any text may stand in any column. */
function heldBy(
  spec: TableSpec,
  columns: readonly string[] | undefined,
  leftOut: readonly (readonly string[])[],
): (name: string, text: string) => boolean {
  if (columns === undefined) return name => spec.columns.some(column => column.name === name);
  const texts = new Map<string, ReadonlySet<string>>();
  return (name, text) => {
    if (leftOut.length === 0) return false;
    const field = columns.indexOf(name);
    const held = texts.get(name) ?? new Set(leftOut.map(record => record[field]?.trim() ?? ''));
    texts.set(name, held);
    return held.has(text);
  };
}

/** Takes a table's text in pieces of any size; `open` is given the header once and returns what takes the records. */
export class TableReader<S extends TableSpec> {
  readonly #records: RecordReader;
  readonly #report: Report;
  #headerSeen = false;
  #take: TakeRecord = () => undefined;

  constructor(spec: S, file: string, report: Report, open: (header: Header<S>) => TakeRecord) {
    this.#report = report;
    this.#records = new RecordReader(file, report, (record, line) => {
      if (this.#headerSeen) return this.#take(record, line);
      this.#headerSeen = true;
      const header = readHeader(spec, record, line, report, (at, field) => this.#records.at(at, field));
      if (header !== undefined) this.#take = open(header);
    });
  }

  /** The column names were read, whether they are right or not. */
  get isHeaded(): boolean {
    return this.#headerSeen;
  }

  /** `numbers` as a `RecordReader` takes them. */
  push(piece: string, numbers?: ArrayLike<number>): void {
    this.#records.push(piece, numbers);
  }

  /** After the last piece. */
  end(): void {
    this.#records.end();
    if (this.#headerSeen) return;
    this.#report({ at: { file: this.#records.file }, what: 'is empty', expected: 'a line of column names' });
  }
}
