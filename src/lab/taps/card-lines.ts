/** Whose row a line of a table is, told from its one cell: it is cut into all its cells when its card's turn comes. */
import type { Report } from '../../gtfs/problems.ts';
import { cellsOf } from '../../gtfs/records.ts';
import { TableReader } from '../../gtfs/table.ts';
import type { TakeLine } from './by-card.ts';
import type { TapsReader } from './fare-tap.ts';
import { TAPS } from './tap-row.ts';

/** The reader of the table tells of it. */
const BYTE_ORDER_MARK = '\uFEFF';

/** Takes whole lines. */
export class CardLines implements TapsReader {
  readonly #take: TakeLine;
  readonly #table: TableReader<typeof TAPS>;
  /** Which column holds the card, from 0; undefined until the header was read, and where it cannot be. */
  #column: number | undefined = undefined;
  #heading = '';
  #line = 1;

  constructor(file: string, report: Report, take: TakeLine) {
    this.#take = take;
    this.#table = new TableReader(TAPS, file, report, header => {
      this.#column = header.indexOf('card');
      return () => undefined;
    });
  }

  /** The line of column names. */
  get heading(): string {
    return this.#heading;
  }

  push(lines: string): void {
    const isQuoted = lines.includes('"');
    for (let start = 0; start < lines.length; ) {
      const newline = lines.indexOf('\n', start);
      const end = newline === -1 ? lines.length : newline;
      // A line without anything is not worth its cutting: a file may be full of them.
      if (end > start) this.#read(lines, start, end, isQuoted);
      this.#line += 1;
      start = end + 1;
    }
  }

  end(): void {
    this.#table.end();
  }

  #read(lines: string, start: number, end: number, isQuoted: boolean): void {
    const text = end === lines.length ? `${lines.slice(start)}\n` : lines.slice(start, end + 1);
    if (!this.#table.isHeaded) this.#head(text);
    else if (this.#column !== undefined) {
      const cell = isQuoted ? (cellsOf(text)[this.#column] ?? '') : cellOf(lines, start, end, this.#column);
      this.#take(cell.trim(), this.#line, text);
    }
  }

  /** Whatever stands before the column names, be it without end, is read and not kept. */
  #head(line: string): void {
    if (line.trim() === '' && !line.startsWith(BYTE_ORDER_MARK)) return;
    this.#heading = line;
    this.#table.push(line, [this.#line]);
  }
}

/** Of a line from `start` to `end` without quotes; '' where it has no such cell. */
function cellOf(lines: string, start: number, end: number, column: number): string {
  let at = start;
  for (let passed = 0; passed < column; passed++) {
    at = lines.indexOf(',', at) + 1;
    if (at === 0 || at > end) return '';
  }
  const comma = lines.indexOf(',', at);
  return lines.slice(at, comma === -1 || comma > end ? end : comma);
}
