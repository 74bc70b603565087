/**
 * The back office's part for a device whose lists are plain files: a stop list in CSV and synthetic cards become
 * bundles in the state folder, with a version that rises whenever the file changes. Bundles are passed on as they are.
 */
import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { buildEntitlements } from '../backoffice/lists/entitlements.ts';
import { buildStopList } from '../backoffice/lists/stop-list.ts';
import { type Terms, termsFrom } from '../backoffice/lists/terms.ts';
import { writeBundle } from '../backoffice/lists/write-bundle.ts';
import { type CardFile, cardFileSchema } from '../core/card/card-file.ts';
import { type KeyRing, readKeyRing } from '../core/card/token-key.ts';
import type { Crypto } from '../core/crypto.ts';
import { refuseIfWrong } from '../core/error.ts';
import { readYaml } from '../core/source/yaml.ts';
import type { EpochMs } from '../core/time.ts';
import { diskFault } from '../disk/sqlite.ts';
import { derivedFrom, nameOfPath } from '../disk/stamp.ts';
import type { Device } from '../onboard/device.ts';
import { bundleFile } from '../wire/list/bundle-file.ts';
import { readBundle } from '../wire/list/read-bundle.ts';

export interface Bundles {
  readonly stopList: string;
  readonly cards?: string;
}

export interface Publisher {
  readonly stateFolder: string;
  readonly crypto: Crypto;
  /** The moment from which what is made now holds. */
  readonly atMs: EpochMs;
}

const BUNDLE = '.cbor';

/** Throws `bad-input` with every problem of a plain file. */
export async function publishLists(device: Device, publisher: Publisher): Promise<Bundles> {
  const ring = readKeys(device);
  const tokeniser = { keys: ring.keys, crypto: publisher.crypto };
  const stopList = await publish(
    publisher,
    device.stopList,
    'stop-list',
    ring,
    device.tokenKeys,
    (text, terms) => buildStopList(text, device.stopList, tokeniser, terms),
  );
  const { cards } = device;
  if (cards === undefined) return { stopList };
  return {
    stopList,
    cards: await publish(publisher, cards, 'cards', ring, device.tokenKeys, (text, terms) =>
      buildEntitlements(cardFile(text, cards), tokeniser, terms),
    ),
  };
}

export function readKeys(device: Device): KeyRing {
  return readKeyRing(device.tokenKeys.map(file => ({ file, text: readInput(file, 'token key') })));
}

export function readCardFile(file: string): CardFile {
  return cardFile(readInput(file, 'card file'), file);
}

function cardFile(text: string, file: string): CardFile {
  const { value, problems } = readYaml(text, file, cardFileSchema);
  refuseIfWrong(problems);
  if (value === undefined) throw new Error('broken invariant: a card file without problems has a value');
  return value;
}

async function publish(
  { stateFolder, atMs }: Publisher,
  file: string,
  listId: string,
  { realm }: KeyRing,
  keyFiles: readonly string[],
  build: (text: string, terms: Terms) => Uint8Array,
): Promise<string> {
  if (file.endsWith(BUNDLE)) return file;
  const bundle = join(stateFolder, 'published', `${basename(file)}-${nameOfPath(file)}${BUNDLE}`);
  const derived = derivedFrom(bundle, [file, ...keyFiles]);
  const standing = existsSync(bundle)
    ? await readBundle(bundleFile(bundle), () => () => undefined)
    : undefined;
  if (derived.current && standing !== undefined && atMs < standing.staleAfter) return bundle;
  const version = (standing?.version ?? 0) + 1;
  const bytes = build(readInput(file, listId), termsFrom(atMs, { listId, issuer: 'tura', realm, version }));
  writeBundle(bundle, bytes);
  derived.stamp();
  return bundle;
}

function readInput(file: string, what: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw diskFault(error, file, what);
  }
}
