/**
 * A list as one file: the envelope, then its entries as a CBOR sequence (RFC 8742), in ascending order of their keys.
 * A whole list holds the entries themselves; a delta holds pairs [operation, entry], and a `remove` carries the entry
 * as it stood, so that nothing else can be removed by mistake.
 */
import { createHash } from 'node:crypto';
import {
  LIST_SCHEMA,
  type ListEnvelope,
  type ListKind,
  OPERATIONS,
  type Operation,
} from '../../core/list/envelope.ts';
import type { CborReader } from '../cbor-reader.ts';
import { CborWriter } from '../cbor-writer.ts';
import { encode, oneOf } from '../codec.ts';
import { Malformed } from '../malformed.ts';
import { listEnvelope } from './envelope.ts';
import { compareKeys } from './key.ts';
import { type Entries, LIST_TYPES } from './kind.ts';

/** No entry, and no envelope, is larger; what claims to be is refused before it is read. */
export const MAX_ITEM_BYTES = 8192;

/** An entry and what is to be done with it; in a whole list every entry is added. */
export interface Item {
  readonly operation: Operation;
  readonly key: Uint8Array;
  readonly body: Uint8Array;
}

const operation = oneOf(OPERATIONS);

export function itemOf<Kind extends ListKind>(kind: Kind, entry: Entries[Kind]): Item {
  const { codec, keyOf } = LIST_TYPES[kind];
  const body = encode(codec, entry);
  if (body.length > MAX_ITEM_BYTES) {
    throw new Malformed(`an entry of ${body.length} bytes where at most ${MAX_ITEM_BYTES} may stand`);
  }
  return { operation: 'add', key: keyOf(entry), body };
}

/** The next item of a bundle; `body` is a view of `bytes`, which `reader` reads from its beginning. */
export function readItem(kind: ListKind, isDelta: boolean, reader: CborReader, bytes: Uint8Array): Item {
  if (isDelta && reader.array(2) !== 2) throw new Malformed('an operation without its entry');
  const done = isDelta ? operation.read(reader) : 'add';
  const start = reader.offset;
  const key = LIST_TYPES[kind].readKey(reader);
  return { operation: done, key, body: bytes.subarray(start, reader.offset) };
}

/** What an envelope says before its entries are known. */
export type Head = Omit<ListEnvelope, 'schema' | 'count' | 'rootHash'>;

/** The file. `items` may come in any order, each key once. */
export function bundleOf(head: Head, items: readonly Item[]): Uint8Array {
  const sorted = items.toSorted((a, b) => compareKeys(a.key, b.key));
  const writer = new CborWriter();
  for (const item of sorted) {
    if (head.baseVersion !== undefined) {
      writer.array(2);
      operation.write(writer, item.operation);
    }
    writer.raw(item.body);
  }
  const entries = writer.take();
  const rootHash = createHash('sha256').update(entries).digest('hex');
  const envelope = encode(listEnvelope, { ...head, schema: LIST_SCHEMA, count: items.length, rootHash });
  const bundle = new Uint8Array(envelope.length + entries.length);
  bundle.set(envelope);
  bundle.set(entries, envelope.length);
  return bundle;
}
