/** What cards may use, by token. */
import type { EntitlementTerms } from '../../core/entitlement.ts';
import type { Token } from '../../core/tap.ts';
import type { Database } from '../../disk/sqlite.ts';
import { CborReader } from '../../wire/cbor-reader.ts';
import { entitlement } from '../../wire/list/entitlement.ts';
import { TOKEN_KEY_BYTES, writeTokenKey } from '../../wire/list/key.ts';
import type { BundleSource } from '../../wire/list/read-bundle.ts';
import { type Applied, type ApplyOptions, applyList } from '../list/apply.ts';
import { type AskedList, openAsked } from '../list/asked-list.ts';

/** As `applyList`. Lookups go on while it runs, on the version they began with. */
export function applyCards(source: BundleSource, file: string, options: ApplyOptions): Promise<Applied> {
  return applyList('entitlements', source, file, options);
}

export type Cards = AskedList<[token: Token], EntitlementTerms | undefined>;

/** Throws `TuraError` for a file that is no card list; one that is not there yet is empty. */
export function openCards(file: string): Cards {
  return openAsked(file, 'entitlements', finder);
}

/** Of a million cards most say the same as many others, but for their token: what was decoded once is not again. */
const DECODED_AT_MOST = 1024;

function finder(database: Database | undefined): Pick<Cards, 'lookup'> {
  if (database === undefined) return { lookup: () => undefined };
  const one = database.prepare<[Uint8Array], Buffer>('SELECT body FROM entry WHERE key = ?').pluck();
  const key = new Uint8Array(TOKEN_KEY_BYTES);
  const decoded = new Map<string, EntitlementTerms>();
  const lookup = (token: Token) => {
    writeTokenKey(key, token);
    const body = one.get(key);
    if (body === undefined) return undefined;
    const said = body.toString('latin1', termsAt(body));
    const standing = decoded.get(said);
    if (standing !== undefined) return standing;
    if (decoded.size >= DECODED_AT_MOST) decoded.clear();
    const { token: _token, ...terms } = entitlement.read(new CborReader(body));
    decoded.set(said, terms);
    return terms;
  };
  return { lookup };
}

/** Behind the first field, which is the token. */
function termsAt(body: Uint8Array): number {
  const reader = new CborReader(body);
  reader.map(body.length);
  reader.integer();
  reader.raw();
  return reader.offset;
}
