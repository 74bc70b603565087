/**
 * Lines of cards that nobody asks for, emptied before they are cut into cells: of a file that several processes read, each
 * of them asks for a part, and whoever tells of a few riders for hardly a line.
 */
import type { TapsReader } from './fare-tap.ts';

export class WantedLines implements TapsReader {
  /** Which column holds the card, from 0. Until it is known, every line goes on. */
  column: number | undefined = undefined;
  readonly #isWanted: (card: string) => boolean;
  readonly #then: TapsReader;

  constructor(isWanted: (card: string) => boolean, then: TapsReader) {
    this.#isWanted = isWanted;
    this.#then = then;
  }

  /** Whole lines. Where a quote is among them a comma may stand in a cell, and whoever cuts them is to ask. */
  push(lines: string): void {
    const { column } = this;
    this.#then.push(column === undefined || lines.includes('"') ? lines : this.#wanted(lines, column));
  }

  end(): void {
    this.#then.end();
  }

  /** Those that go on keep their numbers. */
  #wanted(lines: string, column: number): string {
    let [wanted, from] = ['', 0];
    for (let start = 0; start < lines.length; ) {
      const newline = lines.indexOf('\n', start);
      const end = newline === -1 ? lines.length : newline;
      if (!this.#isWanted(cellOf(lines, start, end, column))) {
        wanted += lines.slice(from, start);
        from = end;
      }
      start = end + 1;
    }
    return wanted + lines.slice(from);
  }
}

/** Of a line from `start` to `end`; '' where it has no such cell. */
function cellOf(lines: string, start: number, end: number, column: number): string {
  let at = start;
  for (let passed = 0; passed < column; passed++) {
    at = lines.indexOf(',', at) + 1;
    if (at === 0 || at > end) return '';
  }
  const comma = lines.indexOf(',', at);
  return lines.slice(at, comma === -1 || comma > end ? end : comma).trim();
}
