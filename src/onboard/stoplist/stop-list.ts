/** Blocked cards, looked up offline on every tap. */
import { type Asked, CLEAR, type Verdict, verdictOf } from '../../core/list/verdict.ts';
import type { EpochMs } from '../../core/time.ts';
import { type AppliedList, openSnapshot } from '../list/snapshot.ts';
import { finder } from './find.ts';

export interface StopList extends AppliedList {
  /** `atMs` is the corrected time. */
  lookup(asked: Asked, atMs: EpochMs): Verdict;
}

/** Throws `TuraError` for a file that is no stop list; one that is not there yet is empty. */
export function openStopList(file: string): StopList {
  const snapshot = openSnapshot(file, 'stop-list');
  let find = finder(snapshot.database, snapshot.count);
  return {
    get version() {
      return snapshot.version;
    },
    get envelope() {
      return snapshot.envelope;
    },
    get count() {
      return snapshot.count;
    },
    lookup: (asked, atMs) => {
      const entries = find.entriesOn(asked);
      return entries === undefined ? CLEAR : verdictOf(entries, asked, atMs);
    },
    freshness: snapshot.freshness,
    refresh() {
      const changed = snapshot.refresh();
      if (changed) {
        find.close();
        find = finder(snapshot.database, snapshot.count);
      }
      return changed;
    },
    close() {
      find.close();
      snapshot.close();
    },
  };
}
