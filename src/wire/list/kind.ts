/** What differs between the lists of one envelope: how an entry is written, and under which key it stands. */
import type { Entitlement } from '../../core/entitlement.ts';
import type { CardAction } from '../../core/list/card-action.ts';
import type { ListKind } from '../../core/list/envelope.ts';
import type { StopEntry } from '../../core/list/stop-entry.ts';
import type { CborReader } from '../cbor-reader.ts';
import type { Codec } from '../codec.ts';
import { cardAction, cardActionKey } from './card-action.ts';
import { entitlement, entitlementKey } from './entitlement.ts';
import { stopEntry, stopEntryKey } from './stop-entry.ts';

interface ListType<Entry> {
  readonly codec: Codec<Entry>;
  readonly keyOf: (entry: Entry) => Uint8Array;
  /** Reads the next entry, wholly checked, for its key alone. */
  readonly readKey: (reader: CborReader) => Uint8Array;
}

export interface Entries {
  readonly 'stop-list': StopEntry;
  readonly entitlements: Entitlement;
  readonly actions: CardAction;
}

export const LIST_TYPES: { readonly [Kind in ListKind]: ListType<Entries[Kind]> } = {
  'stop-list': listType(stopEntry, stopEntryKey),
  entitlements: listType(entitlement, entitlementKey),
  actions: listType(cardAction, cardActionKey),
};

function listType<Entry>(codec: Codec<Entry>, keyOf: (entry: Entry) => Uint8Array): ListType<Entry> {
  return { codec, keyOf, readKey: reader => keyOf(codec.read(reader)) };
}
