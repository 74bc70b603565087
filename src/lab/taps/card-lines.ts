/**
 * Whose row a line of a table is, told from its one cell: it is cut into all its cells when its card's turn comes. Lines
 * stay the bytes they are in the file: most of them are only looked at and handed on.
 */
import type { Report } from '../../gtfs/problems.ts';
import { cellsOf } from '../../gtfs/records.ts';
import { TableReader } from '../../gtfs/table.ts';
import type { TakeLine } from './by-card.ts';
import { cardHash, cardHashIn } from './card-hash.ts';
import { ROW_CHARS, soundLines } from './sound-lines.ts';
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
    this.#hand(bytes.subarray(0, end));
    this.#rest = bytes.subarray(end, end + ROW_BYTES);
  }

  /** After the last piece. */
  end(): void {
    this.#hand(this.#rest);
    this.#table.end();
  }

  #hand(lines: Buffer): void {
    const isQuoted = lines.includes(QUOTE);
    if (!isQuoted && !isAnyLong(lines)) this.#cut(lines, false);
    else this.#cut(Buffer.from(soundLines(lines.toString(), this.#file, this.#line, this.#report)), isQuoted);
  }

  #cut(lines: Buffer, isQuoted: boolean): void {
    for (let start = 0; start < lines.length; ) {
      const end = endOf(lines, start);
      // A line without anything is not worth its cutting: a file may be full of them.
      if (end > start) this.#read(lines, start, end, isQuoted);
      this.#line += 1;
      start = end + 1;
    }
  }

  #read(lines: Buffer, start: number, end: number, isQuoted: boolean): void {
    const column = this.#column;
    if (!this.#table.isHeaded) this.#head(`${lines.toString('utf8', start, end)}\n`);
    else if (column !== undefined) {
      const hash = isQuoted
        ? quotedHash(lines.toString('utf8', start, end), column)
        : hashIn(lines, start, end, column);
      this.#take(hash, this.#line, lines, start, end);
    }
  }

  /** Whatever stands before the column names, be it without end, is read and not kept. */
  #head(line: string): void {
    if (line.trim() === '' && !line.startsWith(BYTE_ORDER_MARK)) return;
    this.#heading = line;
    this.#table.push(line, [this.#line]);
  }
}

/** In bytes: whether it has too many characters is seen when it is read as text. */
function isAnyLong(lines: Buffer): boolean {
  for (let start = 0; lines.length - start > ROW_CHARS; ) {
    const end = endOf(lines, start);
    if (end - start > ROW_CHARS) return true;
    start = end + 1;
  }
  return false;
}

/** Of the line that begins at `start`. */
function endOf(lines: Buffer, start: number): number {
  const end = lines.indexOf(LINE_END, start);
  return end === -1 ? lines.length : end;
}

function quotedHash(line: string, column: number): number {
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
