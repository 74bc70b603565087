/**
 * The back office's part for a device whose lists are plain files: a stop list in CSV and synthetic cards become
 * bundles in the state folder, with a version that rises whenever the file changes. Bundles are passed on as they are.
 */
import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Terms } from '../backoffice/lists/terms.ts';
import type { TokenKeys } from '../core/card/identity.ts';
import type { Crypto } from '../core/crypto.ts';
import type { Tokeniser } from '../core/list/subject-text.ts';
import type { EpochMs } from '../core/time.ts';
import { derivedFrom, nameOfPath, noteDerived } from '../disk/derived.ts';
import { diskFault } from '../disk/sqlite.ts';
import type { Device } from '../onboard/device.ts';

export interface Bundles {
  readonly stopList: string;
  readonly cards?: string;
}

export interface Publisher {
  readonly stateFolder: string;
  readonly crypto: Crypto;
  readonly keys: TokenKeys;
  /** The moment from which what is made now holds. */
  readonly atMs: EpochMs;
}

const BUNDLE = '.cbor';
/** Rises when the same file would become another bundle. */
const MAKER = 'publish 1';

/** What the newest bundle of a plain file says of itself. */
interface Published {
  readonly version: number;
  readonly staleAfter: EpochMs;
}

type Build = (text: string, tokeniser: Tokeniser, terms: Terms) => Promise<Uint8Array>;

/** Throws `bad-input` with every problem of a plain file. */
export async function publishLists(device: Device, publisher: Publisher): Promise<Bundles> {
  const { stopList, cards } = device;
  const bundle = await publish(device, publisher, stopList, 'stop-list', async (text, tokeniser, terms) => {
    const { buildStopList } = await import('../backoffice/lists/stop-list.ts');
    return buildStopList(text, stopList, tokeniser, terms);
  });
  if (cards === undefined) return { stopList: bundle };
  const cardsBundle = await publish(device, publisher, cards, 'cards', async (text, tokeniser, terms) => {
    const { buildEntitlements } = await import('../backoffice/lists/entitlements.ts');
    const { parseCardFile } = await import('./card-input.ts');
    return buildEntitlements(parseCardFile(text, cards), tokeniser, terms);
  });
  return { stopList: bundle, cards: cardsBundle };
}

async function publish(
  device: Device,
  { stateFolder, atMs, keys, crypto }: Publisher,
  file: string,
  listId: string,
  build: Build,
): Promise<string> {
  if (file.endsWith(BUNDLE)) return file;
  const bundle = join(stateFolder, 'published', `${basename(file)}-${nameOfPath(file)}${BUNDLE}`);
  const note = `${bundle}.json`;
  const standing = derivedFrom<Published>(note, MAKER);
  if (standing?.current && existsSync(bundle) && atMs < standing.value.staleAfter) return bundle;
  const { termsFrom } = await import('../backoffice/lists/terms.ts');
  const { writeBundle } = await import('../backoffice/lists/write-bundle.ts');
  const version = (standing?.value.version ?? 0) + 1;
  const terms = termsFrom(atMs, { listId, issuer: 'tura', realm: device.realm, version });
  writeBundle(bundle, await build(readInput(file, listId), { keys, crypto }, terms));
  const published: Published = { version, staleAfter: terms.staleAfter };
  noteDerived(note, MAKER, [file, ...device.tokenKeys], published);
  return bundle;
}

function readInput(file: string, what: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw diskFault(error, file, what);
  }
}
