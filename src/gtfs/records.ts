/**
 * CSV text in pieces -> records with the line each begins on (RFC 4180 as GTFS narrows it: comma, double quote,
 * UTF-8). Tolerated: a byte order mark, CRLF and LF mixed, empty lines, a last line without its end.
 */
import Papa from 'papaparse';
import type { Position } from '../core/error.ts';
import type { Report } from './problems.ts';

/**
 * The longest record that is certainly read. One that is longer by more than a piece is refused and ends the file:
 * it is nearly always a quote left open, which would otherwise swallow the rest of the file into memory.
 */
export const RECORD_CHARS = 1_048_576;

export type TakeRecord = (record: readonly string[], line: number) => void;

/** The parts of a parser's answer that are used here; its own type is `any`. */
interface Parsed {
  readonly data: string[][];
  readonly errors: readonly { readonly row: number; readonly index: number; readonly code: string }[];
  readonly meta: { readonly cursor: number };
}

const NEWLINE = '\n';

// The bare parser: no guessing of delimiters, no copies of the configuration, no step calls; 1.6 x Papa.parse.
const newParser = () => new Papa.Parser({ delimiter: ',', newline: NEWLINE });
const PARSER = newParser();

/** Of one whole line. */
export function cellsOf(line: string): readonly string[] {
  const { data }: Parsed = PARSER.parse(line, 0, false);
  return data[0] ?? [];
}

export class RecordReader {
  readonly file: string;
  readonly #report: Report;
  readonly #take: TakeRecord;
  readonly #parser = newParser();
  #text = '';
  #rest = '';
  /** The line on which `#text` begins, and how many of its lines were handed on. */
  #firstLine = 1;
  #linesTaken = 0;
  /** What they are called, where they were chosen from a file: each has the number that it has there. */
  #numbers: ArrayLike<number> | undefined = undefined;
  #begun = false;
  #ended = false;
  #toldEncoding = false;

  constructor(file: string, report: Report, take: TakeRecord) {
    this.file = file;
    this.#report = report;
    this.#take = take;
  }

  /** `numbers` are those of the piece's lines, which are whole ones then; absent: they follow one another. */
  push(piece: string, numbers?: ArrayLike<number>): void {
    if (this.#ended) return;
    this.#numbers = numbers;
    this.#read(this.#begun ? piece : this.#withoutMark(piece), false);
    if (this.#rest.length > RECORD_CHARS) this.#refuseEndlessRecord();
  }

  end(): void {
    if (this.#ended) return;
    this.#read('', true);
    this.#ended = true;
  }

  /** Where the `field`-th cell (from 0) of the record on `line` stands. Only for records of the last piece. */
  at(line: number, field: number): Position {
    const numbers = this.#numbers;
    const own = numbers === undefined ? line : this.#firstLine + Array.from(numbers).indexOf(line);
    const found = locate(this.#text, this.#firstLine, own, field);
    return { file: this.file, line: this.#numberOf(found.line), column: found.column };
  }

  #numberOf(line: number): number {
    return this.#numbers?.[line - this.#firstLine] ?? line;
  }

  #withoutMark(piece: string): string {
    if (piece === '') return piece;
    this.#begun = true;
    if (!piece.startsWith('\uFEFF')) return piece;
    const at = { file: this.file, line: 1, column: 1 };
    this.#report({ at, what: 'begins with a byte order mark', severity: 'warning' });
    return piece.slice(1);
  }

  #read(piece: string, last: boolean): void {
    const joined = this.#rest + piece;
    const text = joined.includes('\r\n') ? joined.replaceAll('\r\n', NEWLINE) : joined;
    this.#firstLine += this.#linesTaken;
    this.#text = text;
    if (!this.#toldEncoding) this.#checkEncoding(text);
    const { data, errors, meta }: Parsed = this.#parser.parse(text, 0, !last);
    this.#rest = last ? '' : text.slice(meta.cursor);
    this.#linesTaken = newlinesIn(text) - newlinesIn(this.#rest);
    this.#refuseQuotes(errors, data.length);
    this.#hand(data, this.#linesTaken > (last ? data.length - 1 : data.length));
  }

  /** Counts inside cells only where the piece has more line ends than records: quoted ones are rare. */
  #hand(data: readonly string[][], quotedNewlines: boolean): void {
    let line = this.#firstLine;
    for (const record of data) {
      if (record.length > 1 || record[0]?.trim() !== '') this.#take(record, this.#numberOf(line));
      line += 1;
      if (quotedNewlines) for (const cell of record) line += newlinesIn(cell);
    }
  }

  #checkEncoding(text: string): void {
    const offset = text.indexOf('\uFFFD');
    if (offset === -1) return;
    this.#toldEncoding = true;
    const what = "has bytes that are not UTF-8, read as '\uFFFD'";
    this.#report({ at: this.#position(offset), what, expected: 'UTF-8', severity: 'warning' });
  }

  /** One problem a record; the record that is still incomplete is read, and complained of, again with the next piece. */
  #refuseQuotes(errors: Parsed['errors'], records: number): void {
    let told = -1;
    for (const { row, index, code } of errors) {
      if (row === told || row >= records) continue;
      told = row;
      const what = code === 'MissingQuotes' ? 'a quote is left open' : 'text follows a closing quote';
      const expected = 'quotes around the whole cell, and those inside it doubled';
      this.#report({ at: this.#position(index - 1), what, expected });
    }
  }

  #refuseEndlessRecord(): void {
    this.#ended = true;
    const line = this.#firstLine + this.#linesTaken;
    const what = `a record of more than ${RECORD_CHARS.toLocaleString('en')} characters: is a quote left open?`;
    this.#report({ at: { file: this.file, line }, what });
  }

  #position(offset: number): Position {
    const before = this.#text.slice(0, offset);
    const column = offset - before.lastIndexOf(NEWLINE);
    return { file: this.file, line: this.#numberOf(this.#firstLine + newlinesIn(before)), column };
  }
}

function newlinesIn(text: string): number {
  let count = 0;
  for (let at = text.indexOf(NEWLINE); at !== -1; at = text.indexOf(NEWLINE, at + 1)) count += 1;
  return count;
}

/** Line and column, from 1, of a cell of the record that begins on `line` of a text that begins on `firstLine`. */
export function locate(text: string, firstLine: number, line: number, field: number) {
  let start = 0;
  for (let at = firstLine; at < line; at += 1) start = text.indexOf(NEWLINE, start) + 1;
  const cell = /(?:"(?:[^"]|"")*")?[^,\n]*(,|\n|$)/y;
  cell.lastIndex = start;
  for (let passed = 0; passed < field; passed += 1) {
    // A record that is shorter than its header lacks this cell: its end is the place to look at.
    const end = cell.exec(text)?.[1];
    if (end !== ',') return { line, column: cell.lastIndex - start + (end === '\n' ? 0 : 1) };
  }
  const before = text.slice(start, cell.lastIndex);
  return { line: line + newlinesIn(before), column: before.length - before.lastIndexOf(NEWLINE) };
}
