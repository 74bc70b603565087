/**
 * Whose row a line of a table is, told from its one cell: it is cut into all its cells when its card's turn comes. Lines
 * stay the bytes they are in the file: most of them are only looked at and handed on.
 */
import type { Report } from '../../gtfs/problems.ts';
import { cellsOf } from '../../gtfs/records.ts';
import { TableReader } from '../../gtfs/table.ts';
import type { TakeLine } from './by-card.ts';
import { cardHash, cardHashIn } from './card-hash.ts';
import { isSound, ROW_CHARS } from './sound-lines.ts';
import { TAPS } from './tap-row.ts';

const [LINE_END, COMMA, QUOTE] = [0x0a, 0x2c, 0x22];

/** UTF-8 has no character of more bytes to a UTF-16 unit: a longer line is too long for a row, however it goes on. */
const ROW_BYTES = ROW_CHARS * 3 + 1;

/** The reader of the table tells of it. */
const BYTE_ORDER_MARK = '\uFEFF';

export class CardLines {
  readonly #file: string;
  readonly #report: Report;
  readonly #take: TakeLine;
  readonly #table: TableReader<typeof TAPS>;
  /** Which column holds the card, from 0; undefined until the header was read, and where it cannot be. */
  #column: number | undefined = undefined;
  #heading = '';
  /** Of the first line in `#rest`. */
  #line = 1;
  #rest: Buffer = Buffer.alloc(0);

  constructor(file: string, report: Report, take: TakeLine) {
    this.#file = file;
    this.#report = report;
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

  /** A piece of UTF-8, of any size. */
  push(piece: Buffer): void {
    const bytes = this.#rest.length === 0 ? piece : Buffer.concat([this.#rest, piece]);
    const end = bytes.lastIndexOf(LINE_END) + 1;
    this.#cut(bytes.subarray(0, end));
    this.#rest = bytes.subarray(end, end + ROW_BYTES);
  }

  /** After the last piece. */
  end(): void {
    this.#cut(this.#rest);
    this.#table.end();
  }

  #cut(lines: Buffer): void {
    const isQuoted = lines.includes(QUOTE);
    for (let start = 0; start < lines.length; ) {
      const end = endOf(lines, start);
      // A line without anything is not worth its cutting: a file may be full of them.
      if (end > start) this.#read(lines, start, end, isQuoted);
      this.#line += 1;
      start = end + 1;
    }
  }

  /** Only a line that may have quotes, or too many characters, is read as a text. */
  #read(lines: Buffer, start: number, end: number, isQuoted: boolean): void {
    const column = this.#column;
    if (isQuoted || column === undefined || end - start > ROW_CHARS)
      this.#readText(lines.toString('utf8', start, end), lines, start, end);
    else this.#take(hashIn(lines, start, end, column), this.#line, lines, start, end);
  }

  #readText(text: string, lines: Buffer, start: number, end: number): void {
    if (!isSound(text, { file: this.#file, line: this.#line }, this.#report)) return;
    if (!this.#table.isHeaded) this.#head(`${text}\n`);
    else if (this.#column !== undefined)
      this.#take(hashOf(text, this.#column), this.#line, lines, start, end);
  }

  /** Whatever stands before the column names, be it without end, is read and not kept. */
  #head(line: string): void {
    if (line.trim() === '' && !line.startsWith(BYTE_ORDER_MARK)) return;
    this.#heading = line;
    this.#table.push(line, [this.#line]);
  }
}

/** Of the line that begins at `start`. */
function endOf(lines: Buffer, start: number): number {
  const end = lines.indexOf(LINE_END, start);
  return end === -1 ? lines.length : end;
}

function hashOf(line: string, column: number): number {
  return cardHash((cellsOf(`${line}\n`)[column] ?? '').trim());
}

/** Of a line from `start` to `end` without quotes, which need not have such a cell. */
function hashIn(lines: Buffer, start: number, end: number, column: number): number {
  let from = start;
  for (let passed = 0; passed < column; passed++) {
    from = commaFrom(lines, from, end) + 1;
    if (from > end) return NO_CARD;
  }
  return cardHashIn(lines, from, commaFrom(lines, from, end));
}

const NO_CARD = cardHash('');

/** `end` where there is none. To look at so few bytes takes less time than to call `indexOf`. */
function commaFrom(lines: Buffer, from: number, end: number): number {
  let at = from;
  while (at < end && lines[at] !== COMMA) at++;
  return at;
}
