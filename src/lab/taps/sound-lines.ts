/**
 * A line that is no row is left out by itself: no cell of a tap holds a line end, and neither a quote left open nor a
 * line without end may swallow the taps that follow.
 */
import type { Position } from '../../core/error.ts';
import type { Report } from '../../gtfs/problems.ts';

/** No row of taps is longer. */
export const ROW_CHARS = 65_536;

const CELL = '(?:"(?:[^"]|"")*"\\s*|(?!")[^,]*)';
const CLOSED = new RegExp(`^${CELL}(?:,${CELL})*$`);

/** A whole text, with empty lines in place of those that are left out, so that the others keep their numbers. */
export function soundLines(text: string, file: string, report: Report): string {
  const lines = text.split('\n');
  return lines
    .map((line, index) => (isSound(line, { file, line: index + 1 }, report) ? line : ''))
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
