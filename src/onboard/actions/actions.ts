/** What the operator asks to be done to cards, by token. */
import { type CardAction, MAX_A_CARD } from '../../core/list/card-action.ts';
import type { Token } from '../../core/tap.ts';
import type { Database } from '../../disk/sqlite.ts';
import { CborReader } from '../../wire/cbor-reader.ts';
import { cardAction } from '../../wire/list/card-action.ts';
import { beyond, tokenKeyBytes } from '../../wire/list/key.ts';
import type { BundleSource } from '../../wire/list/read-bundle.ts';
import { type Applied, type ApplyOptions, applyList } from '../list/apply.ts';
import { type AskedList, openAsked } from '../list/asked-list.ts';

/** As `applyList`. Lookups go on while it runs, on the version they began with. */
export function applyActions(source: BundleSource, file: string, options: ApplyOptions): Promise<Applied> {
  return applyList('actions', source, file, options);
}

/** A card's actions by their number, done or not. */
export type Actions = AskedList<[token: Token], readonly CardAction[]>;

/** Throws `TuraError` for a file that is no action list; one that is not there yet is empty. */
export function openActions(file: string): Actions {
  return openAsked(file, 'actions', finder);
}

function finder(database: Database | undefined): Pick<Actions, 'lookup'> {
  if (database === undefined) return { lookup: () => [] };
  const all = database
    .prepare<[Uint8Array, Uint8Array, number], Buffer>(
      'SELECT body FROM entry WHERE key > ? AND key < ? ORDER BY key LIMIT ?',
    )
    .pluck();
  return {
    lookup(token) {
      const key = tokenKeyBytes(token);
      return all.all(key, beyond(key), MAX_A_CARD).map(body => cardAction.read(new CborReader(body)));
    },
  };
}
