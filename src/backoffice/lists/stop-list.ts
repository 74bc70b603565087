/** The stop list's plain file: a CSV that a person or an export writes, checked whole and then built into a bundle. */
import { refuseIfWrong } from '../../core/error.ts';
import { hexOfBytes } from '../../core/hex.ts';
import { MAX_BIN_RANGES, type StopEntry } from '../../core/list/stop-entry.ts';
import type { Tokeniser } from '../../core/list/subject-text.ts';
import type { Header } from '../../gtfs/header.ts';
import { ProblemList } from '../../gtfs/problems.ts';
import { rowReader } from '../../gtfs/row.ts';
import { TableReader } from '../../gtfs/table.ts';
import { stopEntryKey } from '../../wire/list/stop-entry.ts';
import { type Base, buildBundle } from './build.ts';
import { COLUMNS, readRow } from './stop-row.ts';
import type { Terms } from './terms.ts';

/**
 * Raw UIDs become tokens here; the bundle holds none. Throws `TuraError` bad-input with every problem of the file, each
 * with line and column.
 */
export function buildStopList(
  text: string,
  file: string,
  tokeniser: Tokeniser | undefined,
  terms: Terms,
  base?: Base,
): Uint8Array {
  const entries = readStopList(text, file, tokeniser);
  return buildBundle('stop-list', entries, tokenKeyIds(entries), terms, base);
}

function tokenKeyIds(entries: readonly StopEntry[]): number[] {
  const ids = new Set<number>();
  for (const { subject } of entries) if ('keyId' in subject) ids.add(subject.keyId);
  return [...ids].sort((a, b) => a - b);
}

function readStopList(text: string, file: string, tokeniser: Tokeniser | undefined): StopEntry[] {
  const problems = new ProblemList();
  const entries: StopEntry[] = [];
  // A stop list is not a feed: a column that nobody knows may be a validity that would silently not hold.
  const strict = (problem: Parameters<typeof problems.report>[0]) =>
    problems.report({ ...problem, severity: 'error' });
  const table = new TableReader(COLUMNS, file, strict, header => {
    const isNew = once(header);
    return rowReader(COLUMNS, header, row => {
      for (const entry of readRow(row, header, tokeniser)) if (isNew(entry, row.line)) entries.push(entry);
    });
  });
  // The mark is a habit of spreadsheets, not an error.
  table.push(text.startsWith('\uFEFF') ? text.slice(1) : text);
  table.end();
  const ranges = entries.filter(({ subject }) => subject.kind === 'binRange').length;
  if (ranges > MAX_BIN_RANGES) {
    strict({ at: { file }, what: `${ranges} BIN ranges`, expected: `at most ${MAX_BIN_RANGES}` });
  }
  refuseIfWrong(problems.all);
  return entries;
}

function once(header: Header<typeof COLUMNS>): (entry: StopEntry, line: number) => boolean {
  const lines = new Map<string, number>();
  return (entry, line) => {
    const key = hexOfBytes(stopEntryKey(entry));
    const same = lines.get(key);
    if (same === undefined) lines.set(key, line);
    else
      header.problem(line, 'subject', `names the same subject, side and scope as line ${same}`, 'each once');
    return same === undefined;
  };
}
