/**
 * A line that is no row is left out by itself: no cell of a tap holds a line end, and neither a quote left open nor a
 * line without end may swallow the taps that follow.
 */
import type { Position } from '../../core/error.ts';
import type { Report } from '../../gtfs/problems.ts';
import type { TapsReader } from './fare-tap.ts';

/** No row of taps is longer. */
export const ROW_CHARS = 65_536;

const CELL = '(?:"(?:[^"]|"")*"\\s*|(?!")[^,]*)';
const CLOSED = new RegExp(`^${CELL}(?:,${CELL})*$`);

export class SoundLines implements TapsReader {
  readonly #file: string;
  readonly #report: Report;
  readonly #then: TapsReader;
  /** Of the first line in `#rest`. */
  #line = 1;
  #rest = '';

  constructor(file: string, report: Report, then: TapsReader) {
    this.#file = file;
    this.#report = report;
    this.#then = then;
  }

  push(piece: string): void {
    const text = this.#rest + piece;
    const end = text.lastIndexOf('\n') + 1;
    this.#hand(text.slice(0, end));
    // A line that is too long already is refused however it goes on.
    this.#rest = text.slice(end, end + ROW_CHARS + 1);
  }

  end(): void {
    this.#hand(this.#rest);
    this.#then.end();
  }

  #hand(text: string): void {
    const first = this.#line;
    let [start, longest] = [0, 0];
    for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', start)) {
      longest = Math.max(longest, end - start);
      start = end + 1;
      this.#line += 1;
    }
    longest = Math.max(longest, text.length - start);
    const isAsked = longest > ROW_CHARS || text.includes('"');
    this.#then.push(isAsked ? soundLines(text, this.#file, first, this.#report) : text);
  }
}

/** Empty lines in place of those that are left out, so that the others keep their numbers. */
function soundLines(text: string, file: string, first: number, report: Report): string {
  const lines = text.split('\n');
  return lines
    .map((line, index) => (isSound(line, { file, line: first + index }, report) ? line : ''))
    .join('\n');
}

/** Whether a line, without its end, can be a row; otherwise it is told. */
export function isSound(line: string, at: Position, report: Report): boolean {
  const wrong = faultOf(line);
  if (wrong !== undefined) report({ at: { ...at, column: wrong.column }, ...wrong.said });
  return wrong === undefined;
}

function faultOf(line: string) {
  if (line.length > ROW_CHARS) return { column: ROW_CHARS, said: TOO_LONG };
  if (!line.includes('"') || CLOSED.test(line)) return undefined;
  return { column: line.indexOf('"') + 1, said: OPEN_QUOTE };
}

const TOO_LONG = {
  what: `a line of more than ${ROW_CHARS.toLocaleString('en')} characters`,
  expected: 'a row of taps',
};
const OPEN_QUOTE = {
  what: 'a quote is left open, or text follows a closing quote',
  expected: 'quotes around the whole cell, and those inside it doubled',
};
