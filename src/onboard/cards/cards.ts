/** What cards may use, by token. */
import type { Entitlement } from '../../core/entitlement.ts';
import type { Token } from '../../core/tap.ts';
import type { Database } from '../../disk/sqlite.ts';
import { CborReader } from '../../wire/cbor-reader.ts';
import { entitlement } from '../../wire/list/entitlement.ts';
import { TOKEN_KEY_BYTES, writeTokenKey } from '../../wire/list/key.ts';
import type { BundleSource } from '../../wire/list/read-bundle.ts';
import { type Applied, type ApplyOptions, applyList } from '../list/apply.ts';
import { type AppliedList, openSnapshot } from '../list/snapshot.ts';

/** As `applyList`. Lookups go on while it runs, on the version they began with. */
export function applyCards(source: BundleSource, file: string, options: ApplyOptions): Promise<Applied> {
  return applyList('entitlements', source, file, options);
}

export interface Cards extends AppliedList {
  lookup(token: Token): Entitlement | undefined;
}

/** Throws `TuraError` for a file that is no card list; one that is not there yet is empty. */
export function openCards(file: string): Cards {
  const snapshot = openSnapshot(file, 'entitlements');
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
    lookup: token => find(token),
    freshness: snapshot.freshness,
    refresh() {
      const changed = snapshot.refresh();
      if (changed) find = finder(snapshot.database);
      return changed;
    },
    close: snapshot.close,
  };
}

function finder(database: Database | undefined): Cards['lookup'] {
  if (database === undefined) return () => undefined;
  const one = database.prepare<[Uint8Array], Uint8Array>('SELECT body FROM entry WHERE key = ?').pluck();
  const key = new Uint8Array(TOKEN_KEY_BYTES);
  return token => {
    writeTokenKey(key, token);
    const body = one.get(key);
    return body === undefined ? undefined : entitlement.read(new CborReader(body));
  };
}
