/** Blocked cards, looked up offline on every tap. */
import { type Asked, CLEAR, type Verdict, verdictOf } from '../../core/list/verdict.ts';
import type { EpochMs } from '../../core/time.ts';
import type { Database } from '../../disk/sqlite.ts';
import { type AskedList, openAsked } from '../list/asked-list.ts';
import { finder } from './find.ts';

/** `atMs` is the corrected time. */
export type StopList = AskedList<[asked: Asked, atMs: EpochMs], Verdict>;

/** Throws `TuraError` for a file that is no stop list; one that is not there yet is empty. */
export function openStopList(file: string): StopList {
  return openAsked(file, 'stop-list', verdicts);
}

function verdicts(database: Database | undefined, entries: number) {
  const { entriesOn, close } = finder(database, entries);
  const lookup = (asked: Asked, atMs: EpochMs): Verdict => {
    const found = entriesOn(asked);
    return found === undefined ? CLEAR : verdictOf(found, asked, atMs);
  };
  return { lookup, close };
}
