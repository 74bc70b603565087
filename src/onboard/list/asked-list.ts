/** A list that is asked one kind of question: how it is answered is made anew for every version that is gone over to. */
import type { ListKind } from '../../core/list/envelope.ts';
import type { Database } from '../../disk/sqlite.ts';
import { type AppliedList, openSnapshot } from './snapshot.ts';

export interface AskedList<Question extends readonly unknown[], Said> extends AppliedList {
  lookup(...question: Question): Said;
}

/** How one version is asked. */
export interface Finder<Question extends readonly unknown[], Said> {
  lookup(...question: Question): Said;
  /** Before the list goes over to another version, or closes. */
  close?(): void;
}

/** `finderOf` is given no database where no list was ever applied. Throws as `openSnapshot`. */
export function openAsked<Question extends readonly unknown[], Said>(
  file: string,
  kind: ListKind,
  finderOf: (database: Database | undefined, entries: number) => Finder<Question, Said>,
): AskedList<Question, Said> {
  const snapshot = openSnapshot(file, kind);
  let finder = finderOf(snapshot.database, snapshot.count);
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
    lookup: (...question) => finder.lookup(...question),
    freshness: snapshot.freshness,
    refresh() {
      const changed = snapshot.refresh();
      if (changed) {
        finder.close?.();
        finder = finderOf(snapshot.database, snapshot.count);
      }
      return changed;
    },
    close() {
      finder.close?.();
      snapshot.close();
    },
  };
}
