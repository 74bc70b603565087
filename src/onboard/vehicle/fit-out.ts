/**
 * From a device file to a vehicle that can take taps: everything it keeps is opened or derived below the state folder.
 *
 *   <state>/feeds/          one stops database a feed, shared by the vehicles that run on it
 *   <state>/<deviceId>/     journal.db, stop-list.db, cards.db
 */
import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { TokenKeys } from '../../core/card/identity.ts';
import type { Crypto } from '../../core/crypto.ts';
import { assert, type Problem, TuraError } from '../../core/error.ts';
import { known } from '../../core/known.ts';
import type { Tariff } from '../../core/tariff/tariff.ts';
import type { Zone } from '../../core/time.ts';
import { derivedFrom, nameOfPath, noteDerived } from '../../disk/derived.ts';
import { bundleFile } from '../../wire/list/bundle-file.ts';
import { applyCards, openCards } from '../cards/cards.ts';
import type { OnboardClock } from '../clock.ts';
import type { Device } from '../device.ts';
import { openJournal } from '../journal/file-journal.ts';
import type { Journal } from '../journal/journal.ts';
import { openPosition } from '../position/open-position.ts';
import type { Reader } from '../reader/reader.ts';
import { applyStopList } from '../stoplist/apply.ts';
import { openStopList } from '../stoplist/stop-list.ts';
import type { Progress } from '../stops/feed-input.ts';
import { openStops, type Stops } from '../stops/stops.ts';
import type { VehicleParts } from './vehicle.ts';

export interface JournalKeeper {
  readonly stateFolder: string;
  readonly crypto: Crypto;
  readonly random: (length: number) => Uint8Array;
  readonly firmware: string;
}

/** Opened before the rest: what it holds says from which moment the lists must be good. */
export function openJournalOf(device: Device, keeper: JournalKeeper): Journal {
  return openJournal(join(homeOf(device, keeper.stateFolder), 'journal.db'), { ...keeper, ...device });
}

export interface FitOutOptions {
  readonly stateFolder: string;
  readonly crypto: Crypto;
  readonly keys: TokenKeys;
  readonly tariff: Tariff;
  readonly journal: Journal;
  readonly clock: OnboardClock;
  readonly readers: readonly Reader[];
  /** Bundles to apply; one that stands already costs a look. */
  readonly lists: { readonly stopList: string; readonly cards?: string };
  readonly onProgress?: (progress: Progress) => void;
}

export interface Outfit {
  readonly parts: VehicleParts;
  /** What is worth saying about the files it stands on. */
  readonly warnings: readonly Problem[];
  /** Closes everything but the journal. */
  close(): void;
}

/** Throws whatever is wrong with the device's data or disk, and leaves nothing open. */
export async function fitOut(device: Device, options: FitOutOptions): Promise<Outfit> {
  const { stateFolder, crypto, keys, tariff, journal, clock, readers, lists } = options;
  const home = homeOf(device, stateFolder);
  const closing: (() => void)[] = [];
  const open = <Part extends { close(): void }>(part: Part): Part => {
    closing.unshift(() => part.close());
    return part;
  };
  const close = () => {
    for (const step of closing.splice(0)) step();
  };
  try {
    const feed = await openFeedOf(device, options);
    const stops = open(feed.stops);
    checkRoute(device, stops);
    const gate = { atMs: clock.now(), realm: device.realm };
    const stopListFile = join(home, 'stop-list.db');
    await derive(stopListFile, [lists.stopList], () =>
      applyStopList(bundleFile(lists.stopList), stopListFile, gate),
    );
    const cardsFile = join(home, 'cards.db');
    const { cards: cardsBundle } = lists;
    if (cardsBundle !== undefined) {
      await derive(cardsFile, [cardsBundle], () => applyCards(bundleFile(cardsBundle), cardsFile, gate));
    }
    const parts = {
      device,
      tariff,
      keys,
      crypto,
      journal,
      clock,
      readers,
      stopList: open(openStopList(stopListFile)),
      cards: cardsBundle === undefined ? undefined : open(openCards(cardsFile)),
      position: openPosition(device.position, stops, await zoneOf(stops, tariff)),
      feedVersion: stops.feed.hash,
    };
    return { parts, warnings: feed.warnings, close };
  } catch (error) {
    close();
    throw error;
  }
}

function homeOf(device: Device, stateFolder: string): string {
  return join(stateFolder, device.deviceId);
}

/** Rises when the same sources would give another file. */
const MAKER = 'fit-out 1';

async function derive(file: string, sources: readonly string[], make: () => Promise<unknown>): Promise<void> {
  const note = `${file}.json`;
  if (existsSync(file) && derivedFrom(note, MAKER)?.current) return;
  await make();
  noteDerived(note, MAKER, sources);
}

async function openFeedOf(
  device: Device,
  { stateFolder, onProgress }: FitOutOptions,
): Promise<{ stops: Stops; warnings: readonly Problem[] }> {
  const file = join(stateFolder, 'feeds', `${basename(device.feed)}-${nameOfPath(device.feed)}.db`);
  let warnings: readonly Problem[] = [];
  await derive(file, [device.feed], async () => {
    const [{ openFeed }, { importStops }] = await Promise.all([
      import('../../gtfs/open-feed.ts'),
      import('../stops/import.ts'),
    ]);
    const source = await openFeed(device.feed);
    try {
      const report = await importStops(source, file, known({ onProgress }));
      warnings = report.warnings;
    } finally {
      await source.close();
    }
  });
  return { stops: openStops(file), warnings };
}

function checkRoute({ position, file, feed }: Device, stops: Stops): void {
  if (stops.route(position.routeId) !== undefined) return;
  const what = `${file}: no route '${position.routeId}' in ${feed}`;
  throw new TuraError('bad-input', what, { where: file, expected: 'a route_id of the feed' });
}

/** The feed's clock is nearly always the tariff's, which is compiled already. */
async function zoneOf(stops: Stops, tariff: Tariff): Promise<Zone> {
  if (stops.timezone === tariff.zone.name) return tariff.zone;
  const { compileZone } = await import('../../core/tariff/zone.ts');
  const zone = compileZone(stops.timezone);
  assert(zone !== undefined, `the feed's time zone ${stops.timezone} was checked when it was imported`);
  return zone;
}
