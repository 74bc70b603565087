/** Blocked cards, looked up offline on every tap. */
import type { Freshness } from '../../core/list/envelope.ts';
import { type Asked, CLEAR, type Verdict, verdictOf } from '../../core/list/verdict.ts';
import type { EpochMs } from '../../core/time.ts';
import type { WireEnvelope } from '../../wire/list/envelope.ts';
import { openSnapshot } from '../list/snapshot.ts';
import { finder } from './find.ts';

export interface StopList {
  /** Absent where no list was ever applied: then everything is clear and the freshness `missing`. */
  readonly version: number | undefined;
  readonly envelope: WireEnvelope | undefined;
  readonly count: number;
  /** `atMs` is the corrected time. */
  lookup(asked: Asked, atMs: EpochMs): Verdict;
  freshness(atMs: EpochMs): Freshness;
  /** Goes over to what was applied since; true when that is another version. */
  refresh(): boolean;
  close(): void;
}

/** Throws `TuraError` for a file that is no stop list; one that is not there yet is empty. */
export function openStopList(file: string): StopList {
  const snapshot = openSnapshot(file, 'stop-list');
  let find = finder(snapshot.database);
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
      const entries = find(asked);
      return entries === undefined ? CLEAR : verdictOf(entries, asked, atMs);
    },
    freshness: snapshot.freshness,
    refresh() {
      const changed = snapshot.refresh();
      if (changed) find = finder(snapshot.database);
      return changed;
    },
    close: snapshot.close,
  };
}
