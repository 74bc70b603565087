/** The journal, what waits in it, and whether any of it arrives. */
import { journalFile } from '../vehicle/fit-out.ts';
import { countText, spanText } from './amounts.ts';
import { type Check, type Finding, notAsked, ok, warning, wrong } from './check.ts';
import type { Vehicle } from './patient.ts';

const RESTART = 'sudo systemctl restart tura';

/** A validator at work writes its note every half minute; the disk may be mended for ten minutes meanwhile. */
const NOTE_OLD_MS = 15 * 60_000;

/** Longer than a day's work without a depot in reach. */
const WAITED_LONG_MS = 24 * 3_600_000;
/** A link that is there takes what waits within minutes. */
const UNHEARD_MS = 3_600_000;

const after = ['better-sqlite3', 'state-folder'];

export const JOURNAL: readonly Check[] = [
  { name: 'journal', after, of: 'vehicle', ask: askJournal },
  { name: 'outbox', after: ['journal'], of: 'vehicle', ask: askOutbox },
  { name: 'upload', after: ['journal'], of: 'vehicle', ask: askUpload },
];

async function askJournal({ system, device, stateFolder, journal, note }: Vehicle): Promise<Finding> {
  const seen = journal();
  switch (seen.kind) {
    case 'none':
      return ok('no tap yet: it is made when the validator starts');
    case 'damaged': {
      const file = journalFile(device, stateFolder);
      return wrong(seen.what, `mv ${file} ${file}.damaged && ${RESTART}`);
    }
    case 'whole':
      return ok(`whole: ${recordsText(seen.facts.records)}, chained by their hashes`);
    case 'in-use': {
      const atMs = (await note())?.atMs;
      const silentMs = system.now() - (atMs ?? system.now());
      if (silentMs < NOTE_OLD_MS) return ok('a validator is at work with it');
      return wrong(`a validator holds it, and was last well ${spanText(silentMs)} ago`, RESTART);
    }
    default:
      return seen satisfies never;
  }
}

interface Waiting {
  readonly waiting: number;
  readonly oldestMs?: number | undefined;
}

/** From the journal itself, or from the one who has it open. */
async function waitingIn({ journal, note }: Vehicle): Promise<Waiting | undefined> {
  const seen = journal();
  if (seen.kind === 'none') return { waiting: 0 };
  if (seen.kind === 'whole') {
    const { waiting, waitingAside, oldestMs } = seen.facts;
    return { waiting: waiting + waitingAside, oldestMs };
  }
  const said = await note();
  return said?.waiting === undefined ? undefined : { waiting: said.waiting, oldestMs: said.oldestMs };
}

async function askOutbox(vehicle: Vehicle): Promise<Finding> {
  const { system, device } = vehicle;
  const outbox = await waitingIn(vehicle);
  if (outbox === undefined) return notAsked('the validator at work has not said what waits');
  const { waiting, oldestMs } = outbox;
  if (waiting === 0) return ok('nothing waits');
  const waitedMs = system.now() - (oldestMs ?? system.now());
  const found = `waiting: ${recordsText(waiting)}, the oldest for ${spanText(waitedMs)}`;
  if (waitedMs < WAITED_LONG_MS) return ok(found);
  return warning(found, lineToCollector(device.collector));
}

async function askUpload(vehicle: Vehicle): Promise<Finding> {
  const { system, device, note } = vehicle;
  if (device.collector === undefined) return notAsked('the device file names no collector');
  const outbox = await waitingIn(vehicle);
  const acknowledgedMs = (await note())?.acknowledgedMs;
  const sinceMs = acknowledgedMs === undefined ? undefined : system.now() - acknowledgedMs;
  const found =
    sinceMs === undefined ? 'nothing was acknowledged yet' : `last acknowledged ${spanText(sinceMs)} ago`;
  if (outbox === undefined || outbox.waiting === 0 || (sinceMs ?? UNHEARD_MS) < UNHEARD_MS) return ok(found);
  return warning(`${found}; waiting: ${recordsText(outbox.waiting)}`, lineToCollector(device.collector));
}

function lineToCollector(collector: string | undefined): string {
  return collector === undefined
    ? "write the collector's address under 'collector' in the device file"
    : `curl -sS ${collector}`;
}

function recordsText(count: number): string {
  return countText(count, 'record', 'records');
}
