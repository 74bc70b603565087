/** A list that is asked one kind of question: how it is answered is made anew for every version that is gone over to. */
import type { ListKind } from '../../core/list/envelope.ts';
import type { Database } from '../../disk/sqlite.ts';
import { type AppliedList, openSnapshot } from './snapshot.ts';

export interface AskedList<Question, Said> extends AppliedList {
  lookup(question: Question): Said;
}

/** `finder` is given no database where no list was ever applied. Throws as `openSnapshot`. */
export function openAsked<Question, Said>(
  file: string,
  kind: ListKind,
  finder: (database: Database | undefined) => (question: Question) => Said,
): AskedList<Question, Said> {
  const snapshot = openSnapshot(file, kind);
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
    lookup: question => find(question),
    freshness: snapshot.freshness,
    refresh() {
      const changed = snapshot.refresh();
      if (changed) find = finder(snapshot.database);
      return changed;
    },
    close: snapshot.close,
  };
}
