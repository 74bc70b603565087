/** Entries -> a bundle: the whole list, or only what changed since a bundle that vehicles have. */

import { TuraError } from '../../core/error.ts';
import { hexOfBytes } from '../../core/hex.ts';
import type { ListKind } from '../../core/list/envelope.ts';
import { bundleOf, type Item, itemOf } from '../../wire/list/bundle.ts';
import type { WireEnvelope } from '../../wire/list/envelope.ts';
import type { Entries } from '../../wire/list/kind.ts';
import { type BundleSource, readBundle } from '../../wire/list/read-bundle.ts';
import type { Terms } from './terms.ts';

/** A whole list that was built before, held in memory to be compared with. */
export interface Base {
  readonly name: string;
  readonly envelope: WireEnvelope;
  /** By key in hex. */
  readonly items: ReadonlyMap<string, Item>;
}

/** Throws `TuraError` bad-input for a damaged bundle, and for one that is a delta itself. */
export async function readBase(source: BundleSource): Promise<Base> {
  const items = new Map<string, Item>();
  const envelope = await readBundle(source, ({ baseVersion }) => {
    if (baseVersion !== undefined) throw wrong(source.name, 'is a delta', 'a whole list');
    // The item's bytes are a view of a piece that is gone after the call.
    return ({ operation, key, body }) => items.set(hexOfBytes(key), { operation, key, body: body.slice() });
  });
  return { name: source.name, envelope, items };
}

/** The bundle's bytes. Entries come in any order, each key once; `tokenKeyIds` are the keys of their subjects. */
export function buildBundle<Kind extends ListKind>(
  kind: Kind,
  entries: readonly Entries[Kind][],
  tokenKeyIds: readonly number[],
  terms: Terms,
  base?: Base,
): Uint8Array {
  const items = entries.map(entry => itemOf(kind, entry));
  const head = { ...terms, kind, tokenKeyIds };
  if (base === undefined) return bundleOf(head, items);
  const { envelope, name } = base;
  if (envelope.kind !== kind || envelope.listId !== terms.listId || envelope.realm !== terms.realm) {
    const found = `holds ${envelope.listId}, a list of kind ${envelope.kind} in the realm ${envelope.realm}`;
    throw wrong(name, found, `${terms.listId}, ${kind}, ${terms.realm}`);
  }
  if (envelope.version >= terms.version) {
    throw wrong(name, `has version ${envelope.version}`, `a version before ${terms.version}`);
  }
  return bundleOf({ ...head, baseVersion: envelope.version }, changes(base, items));
}

/** What turns the base into `items`. */
function changes(base: Base, items: readonly Item[]): Item[] {
  const left = new Map(base.items);
  const changed: Item[] = [];
  for (const item of items) {
    const name = hexOfBytes(item.key);
    const before = left.get(name);
    left.delete(name);
    if (before === undefined) changed.push(item);
    else if (hexOfBytes(before.body) !== hexOfBytes(item.body))
      changed.push({ ...item, operation: 'replace' });
  }
  for (const item of left.values()) changed.push({ ...item, operation: 'remove' });
  return changed;
}

function wrong(name: string, what: string, expected: string): TuraError {
  return new TuraError('bad-input', `${name}: ${what}`, { where: name, expected });
}
