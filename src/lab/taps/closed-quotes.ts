/**
 * A line whose quotes do not close is left out by itself: no cell of a tap holds a line end, and a quote left open must
 * not swallow the taps that follow.
 */
import type { TapsFor, TapsReader } from './fare-tap.ts';

/** A longer line is left to whoever reads the records: it is refused there. */
const LINE_CHARS = 65_536;

const CELL = '(?:"(?:[^"]|"")*"\\s*|(?!")[^,]*)';
const CLOSED = new RegExp(`^${CELL}(?:,${CELL})*$`);

export class ClosedQuotes implements TapsReader {
  readonly #file: string;
  readonly #leaveOut: TapsFor['leaveOut'];
  readonly #then: TapsReader;
  /** Of the first line in `#rest`. */
  #line = 1;
  #rest = '';

  constructor(file: string, leaveOut: TapsFor['leaveOut'], then: TapsReader) {
    this.#file = file;
    this.#leaveOut = leaveOut;
    this.#then = then;
  }

  push(piece: string): void {
    const text = this.#rest + piece;
    const end = text.length > LINE_CHARS && !piece.includes('\n') ? text.length : text.lastIndexOf('\n') + 1;
    this.#rest = text.slice(end);
    this.#hand(text.slice(0, end));
  }

  end(): void {
    this.#hand(this.#rest);
    this.#then.end();
  }

  #hand(text: string): void {
    const first = this.#line;
    for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) this.#line += 1;
    this.#then.push(text.includes('"') ? this.#closed(text, first) : text);
  }

  /** Empty lines in place of those that are left out, so that the others keep their numbers. */
  #closed(text: string, first: number): string {
    const lines = text.split('\n').map((line, index) => {
      if (!line.includes('"') || line.length > LINE_CHARS || CLOSED.test(line)) return line;
      this.#refuse(first + index, line.indexOf('"') + 1);
      return '';
    });
    return lines.join('\n');
  }

  #refuse(line: number, column: number): void {
    this.#leaveOut(line, () => ({
      at: { file: this.#file, line, column },
      what: 'a quote is left open, or text follows a closing quote',
      expected: 'quotes around the whole cell, and those inside it doubled',
    }));
  }
}
