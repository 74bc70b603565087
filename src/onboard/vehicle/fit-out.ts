/**
 * From a device file to a vehicle that can take taps: everything it keeps is opened or derived below the state folder.
 *
 *   <state>/feeds/          one stops database a feed, shared by the vehicles that run on it
 *   <state>/<deviceId>/     journal.db, stop-list.db, cards.db, actions.db, published/, payments/
 */
import { existsSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { TokenKeys } from '../../core/card/identity.ts';
import type { TransitKey } from '../../core/card/transit/session.ts';
import type { Crypto } from '../../core/crypto.ts';
import { assert, type Problem, refuseIfWrong, TuraError } from '../../core/error.ts';
import { known } from '../../core/known.ts';
import type { Tariffs } from '../../core/tariff/versions.ts';
import type { Zone } from '../../core/time.ts';
import { derivedFrom, lookAt, nameOfPath, noteDerived } from '../../disk/derived.ts';
import { bundleFile } from '../../wire/list/bundle-file.ts';
import { type Actions, applyActions, openActions } from '../actions/actions.ts';
import { applyCards, type Cards, openCards } from '../cards/cards.ts';
import type { OnboardClock } from '../clock.ts';
import type { Device } from '../device.ts';
import { type MendableJournal, openMendable } from '../journal/mendable.ts';
import type { ApplyOptions } from '../list/apply.ts';
import type { AppliedList } from '../list/snapshot.ts';
import type { AcquirerKey } from '../payment/acquirer-key.ts';
import { openFolderSink } from '../payment/folder-sink.ts';
import type { Payments } from '../payment/payments.ts';
import { openPosition } from '../position/open-position.ts';
import type { Reader } from '../reader/reader.ts';
import { applyStopList } from '../stoplist/apply.ts';
import { openStopList, type StopList } from '../stoplist/stop-list.ts';
import type { Progress } from '../stops/feed-input.ts';
import { openStops, type Stops } from '../stops/stops.ts';
import { systemTimers, type Timers } from '../timers.ts';
import type { OpenedList } from './mending-list.ts';
import type { VehicleParts } from './vehicle.ts';

export interface JournalKeeper {
  readonly stateFolder: string;
  readonly crypto: Crypto;
  readonly random: (length: number) => Uint8Array;
  readonly firmware: string;
}

/** Opened before the rest: what it holds says from which moment the lists must be good. */
export function openJournalOf(device: Device, keeper: JournalKeeper): MendableJournal {
  return openMendable(journalFile(device, keeper.stateFolder), { ...keeper, ...device });
}

export interface FitOutOptions {
  readonly stateFolder: string;
  readonly crypto: Crypto;
  readonly random: (length: number) => Uint8Array;
  readonly keys: TokenKeys;
  /** Whom bank cards' data are sealed to. */
  readonly acquirer?: AcquirerKey | undefined;
  /** By which keys transit applications are known. */
  readonly transitKeys?: readonly TransitKey[] | undefined;
  readonly tariffs: Tariffs;
  readonly journal: MendableJournal;
  readonly clock: OnboardClock;
  readonly readers: readonly Reader[];
  /** Bundles to apply; one that stands already costs a look. */
  readonly lists: { readonly stopList: string; readonly cards?: string; readonly actions?: string };
  /** For whatever is tried again while running. Default: the system's. */
  readonly timers?: Timers;
  readonly onProgress?: (progress: Progress) => void;
}

export interface Outfit {
  readonly parts: VehicleParts;
  /** Where names of lines, trips and stops are looked up. */
  readonly stops: Stops;
  /** What is worth saying about the files it stands on. */
  readonly warnings: readonly Problem[];
  /** Closes everything but the journal. */
  close(): void;
}

/** Throws whatever is wrong with the device's data or disk, and leaves nothing open. */
export async function fitOut(device: Device, options: FitOutOptions): Promise<Outfit> {
  const { stateFolder, crypto, random, keys, tariffs, journal, clock, readers, lists } = options;
  const files = listFiles(device, stateFolder);
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
    await checkPlace(device, stops);
    const gate = () => ({ atMs: clock.now(), realm: device.realm });
    const stopList = await opened('stop list', files.stopList, file =>
      openStopListOf(file, lists.stopList, gate()),
    );
    open(stopList.list);
    const { cards: bundle } = lists;
    const cards =
      bundle === undefined
        ? undefined
        : await opened('card list', files.cards, file => openCardsOf(file, bundle, gate()));
    if (cards !== undefined) open(cards.list);
    const { actions: errands } = lists;
    const actions =
      errands === undefined
        ? undefined
        : await opened('action list', files.actions, file => openActionsOf(file, errands, gate()));
    if (actions !== undefined) open(actions.list);
    const parts = {
      device,
      tariffs,
      keys,
      crypto,
      random,
      transitKeys: options.transitKeys ?? [],
      payments: openPayments(device, options),
      journal,
      clock,
      readers,
      stopList,
      cards,
      actions,
      timers: options.timers ?? systemTimers,
      position: openPosition(device.position, stops, await zoneOf(stops, tariffs[0].zone)),
      // Sixteen digits tell feeds apart, and stand on every record.
      feedVersion: stops.feed.hash.slice(0, 16),
    };
    return { parts, stops, warnings: feed.warnings, close };
  } catch (error) {
    close();
    throw error;
  }
}

/** Where a device keeps what is its own. */
export function homeOf(device: Device, stateFolder: string): string {
  return join(stateFolder, device.deviceId);
}

export function journalFile(device: Device, stateFolder: string): string {
  return join(homeOf(device, stateFolder), 'journal.db');
}

/** What its feed is imported into; the vehicles that run on the feed share it. */
export function feedFile({ feed }: Device, stateFolder: string): string {
  return join(stateFolder, 'feeds', `${basename(feed)}-${nameOfPath(feed)}.db`);
}

/** The lists in force, which may not be there yet. */
export function listFiles(
  device: Device,
  stateFolder: string,
): { stopList: string; cards: string; actions: string } {
  const home = homeOf(device, stateFolder);
  return {
    stopList: join(home, 'stop-list.db'),
    cards: join(home, 'cards.db'),
    actions: join(home, 'actions.db'),
  };
}

function openPayments(device: Device, { stateFolder, acquirer }: FitOutOptions): Payments | undefined {
  if (acquirer === undefined) return undefined;
  return { acquirer, sink: openFolderSink(join(homeOf(device, stateFolder), 'payments')) };
}

/** Rises when the same sources would give another file. */
const MAKER = 'fit-out 1';

/** A derived file that does not open (another version's, or a damaged one) is nobody's loss: it is derived again. */
async function openDerived<Part>(
  file: string,
  source: string,
  make: () => Promise<unknown>,
  open: (file: string) => Part,
): Promise<Part> {
  await derive(file, source, make);
  try {
    return open(file);
  } catch (error) {
    if (!(error instanceof TuraError) || error.retryable) throw error;
    for (const end of ['.json', '-wal', '-shm', '']) rmSync(`${file}${end}`, { force: true });
    await derive(file, source, make);
    return open(file);
  }
}

async function derive(file: string, source: string, make: () => Promise<unknown>): Promise<void> {
  const note = `${file}.json`;
  if (existsSync(file) && derivedFrom(note, MAKER)?.current) return;
  const looks = lookAt(source);
  await make();
  noteDerived(note, MAKER, looks);
}

async function opened<List extends AppliedList>(
  what: string,
  file: string,
  open: (file: string) => Promise<List>,
): Promise<OpenedList<List>> {
  const reopen = () => open(file);
  return { what, file, list: await reopen(), reopen };
}

function openStopListOf(file: string, bundle: string, gate: ApplyOptions): Promise<StopList> {
  return openDerived(file, bundle, () => applyStopList(bundleFile(bundle), file, gate), openStopList);
}

function openCardsOf(file: string, bundle: string, gate: ApplyOptions): Promise<Cards> {
  return openDerived(file, bundle, () => applyCards(bundleFile(bundle), file, gate), openCards);
}

function openActionsOf(file: string, bundle: string, gate: ApplyOptions): Promise<Actions> {
  return openDerived(file, bundle, () => applyActions(bundleFile(bundle), file, gate), openActions);
}

async function openFeedOf(
  device: Device,
  { stateFolder, onProgress }: FitOutOptions,
): Promise<{ stops: Stops; warnings: readonly Problem[] }> {
  const file = feedFile(device, stateFolder);
  let warnings: readonly Problem[] = [];
  const make = async () => {
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
  };
  const stops = await openDerived(file, device.feed, make, openStops);
  return { stops, warnings };
}

/** What the device file names must be in the feed: a slip would grace every tap as 'stop unknown'. */
async function checkPlace(device: Device, stops: Stops): Promise<void> {
  const { position } = device;
  if (position.routeId !== undefined && stops.route(position.routeId) === undefined) {
    await refuseName(device, 'routeId', position.routeId, stops.routeIds());
  }
  if (position.source !== 'driver' || position.stopId === undefined) return;
  if (stops.stop(position.stopId) === undefined) {
    await refuseName(device, 'stopId', position.stopId, stops.stopIds());
  }
}

async function refuseName(
  device: Device,
  key: 'routeId' | 'stopId',
  name: string,
  right: readonly string[],
): Promise<void> {
  const [{ positionIn }, { expectedOneOf }] = await Promise.all([
    import('../device.ts'),
    import('../../core/suggest.ts'),
  ]);
  const at = positionIn(device, ['position', key]);
  refuseIfWrong([
    { at, what: `no ${key} '${name}' in ${device.feed}`, expected: expectedOneOf(name, right) },
  ]);
}

/** The feed's clock is nearly always the tariff's, which is compiled already. */
async function zoneOf(stops: Stops, own: Zone): Promise<Zone> {
  if (stops.timezone === own.name) return own;
  const { compileZone } = await import('../../core/tariff/zone.ts');
  const zone = compileZone(stops.timezone);
  assert(zone !== undefined, `the feed's time zone ${stops.timezone} was checked when it was imported`);
  return zone;
}
