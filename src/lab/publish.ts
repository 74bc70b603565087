/**
 * The back office's part for a device whose lists are plain files: a stop list and actions in CSV and synthetic cards
 * become bundles in its state folder, with a version that rises whenever the file or the device's keys change. Bundles are
 * passed on as they are.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Terms } from '../backoffice/lists/terms.ts';
import type { TokenKeys } from '../core/card/identity.ts';
import type { Crypto } from '../core/crypto.ts';
import { known } from '../core/known.ts';
import type { Tokeniser } from '../core/list/subject-text.ts';
import type { EpochMs } from '../core/time.ts';
import { derivedFrom, lookAt, noteDerived } from '../disk/derived.ts';
import { readText } from '../disk/read-text.ts';
import type { Device } from '../onboard/device.ts';
import { homeOf, listFiles } from '../onboard/vehicle/fit-out.ts';

export interface Bundles {
  readonly stopList: string;
  readonly cards?: string;
  readonly actions?: string;
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
const MAKER = 'publish 2';

/** One plain file on its way to one list of one device. */
interface Plain {
  readonly file: string;
  readonly listId: 'stop-list' | 'cards' | 'actions';
  /** For whoever gave something else. */
  readonly what: string;
  readonly expected: string;
  readonly build: (text: string, tokeniser: Tokeniser, terms: Terms) => Promise<Uint8Array>;
  /** The version in force in the vehicle. */
  readonly standing: () => Promise<number | undefined>;
}

/** What the newest bundle of a plain file says of itself. */
interface Published {
  /** Realm, plain file and keys. */
  readonly madeOf: string;
  readonly version: number;
  readonly goodFrom: EpochMs;
  readonly staleAfter: EpochMs;
}

/** Throws `bad-input` with every problem of a plain file. */
export async function publishLists(device: Device, publisher: Publisher): Promise<Bundles> {
  const stopList = await publish(device, publisher, plainStopList(device, publisher));
  const { cards, actions } = device;
  return known({
    stopList,
    cards: cards && (await publish(device, publisher, plainCards(device, cards, publisher))),
    actions: actions && (await publish(device, publisher, plainActions(device, actions, publisher))),
  });
}

function plainStopList(device: Device, { stateFolder }: Publisher): Plain {
  return {
    file: device.stopList,
    listId: 'stop-list',
    what: 'stop list',
    expected: 'a CSV file: fixtures/stoplist.csv shows one',
    async build(text, tokeniser, terms) {
      const { buildStopList } = await import('../backoffice/lists/stop-list.ts');
      return buildStopList(text, device.stopList, tokeniser, terms);
    },
    async standing() {
      const { openStopList } = await import('../onboard/stoplist/stop-list.ts');
      return versionOf(openStopList(listFiles(device, stateFolder).stopList));
    },
  };
}

function plainCards(device: Device, cards: string, { stateFolder }: Publisher): Plain {
  return {
    file: cards,
    listId: 'cards',
    what: 'card file',
    expected: 'a card file: fixtures/cards.yaml shows one',
    async build(text, tokeniser, terms) {
      const { buildEntitlements } = await import('../backoffice/lists/entitlements.ts');
      const { parseCardFile } = await import('./card-input.ts');
      return buildEntitlements(parseCardFile(text, cards), tokeniser, terms);
    },
    async standing() {
      const { openCards } = await import('../onboard/cards/cards.ts');
      return versionOf(openCards(listFiles(device, stateFolder).cards));
    },
  };
}

function plainActions(device: Device, actions: string, { stateFolder, crypto }: Publisher): Plain {
  return {
    file: actions,
    listId: 'actions',
    what: 'action list',
    expected: 'a CSV file: fixtures/actions.csv shows one',
    async build(text, tokeniser, terms) {
      const { buildCardActions } = await import('../backoffice/lists/card-actions.ts');
      const { readTariff } = await import('../gtfs/tariff-folder.ts');
      const { tariff } = readTariff(device.tariff, crypto);
      return buildCardActions(text, actions, { tokeniser, tariff }, terms);
    },
    async standing() {
      const { openActions } = await import('../onboard/actions/actions.ts');
      return versionOf(openActions(listFiles(device, stateFolder).actions));
    },
  };
}

function versionOf(list: { readonly version: number | undefined; close(): void }): number | undefined {
  const { version } = list;
  list.close();
  return version;
}

async function publish(device: Device, publisher: Publisher, plain: Plain): Promise<string> {
  const { stateFolder, atMs, keys, crypto } = publisher;
  const { file, listId } = plain;
  if (file.endsWith(BUNDLE)) return file;
  const bundle = join(homeOf(device, stateFolder), 'published', `${listId}${BUNDLE}`);
  const note = `${bundle}.json`;
  const sources = [file, ...device.tokenKeys];
  const madeOf = [device.realm, ...sources].join('\n');
  const last = derivedFrom<Published>(note, MAKER);
  if (last?.current && existsSync(bundle) && isGood(last.value, madeOf, atMs)) return bundle;
  const looks = lookAt(...sources);
  const [{ termsFrom }, { writeBundle }, standing] = await Promise.all([
    import('../backoffice/lists/terms.ts'),
    import('../backoffice/lists/write-bundle.ts'),
    plain.standing(),
  ]);
  // A note may be lost, or a list applied by hand: the version rises above both.
  const version = Math.max(last?.value?.version ?? 0, standing ?? 0) + 1;
  const terms = termsFrom(atMs, { listId, issuer: 'tura', realm: device.realm, version });
  writeBundle(bundle, await plain.build(readText(file, plain.what, plain.expected), { keys, crypto }, terms));
  const published: Published = { madeOf, version, goodFrom: atMs, staleAfter: terms.staleAfter };
  noteDerived(note, MAKER, looks, published);
  return bundle;
}

/** The device file may name other things by now, and the clock may stand before what was made. */
function isGood({ madeOf, goodFrom, staleAfter }: Published, wanted: string, atMs: EpochMs): boolean {
  return madeOf === wanted && atMs >= goodFrom && atMs < staleAfter;
}
