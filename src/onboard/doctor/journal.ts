/** The journal, what waits in it, and whether any of it arrives. */
import { join } from 'node:path';
import { homeOf, journalFile } from '../vehicle/fit-out.ts';
import { countText, spanText } from './amounts.ts';
import { type Check, type Finding, notAsked, ok, warning, wrong } from './check.ts';
import type { Vehicle } from './patient.ts';
import { shellWord } from './shell-word.ts';

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
      // With its log, which must not be taken for that of the next one.
      const file = shellWord(journalFile(device, stateFolder));
      const aside = shellWord(join(homeOf(device, stateFolder), 'damaged'));
      return wrong(seen.what, `mkdir ${aside} && mv ${file}* ${aside}/ && ${RESTART}`);
    }
    case 'whole':
      return ok(`whole: ${countText(seen.facts.records, 'record', 'records')}, chained by their hashes`);
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

interface Outbox {
  readonly waiting: number;
  /** How long the oldest has waited. */
  readonly waitedMs: number;
}

/** From the journal itself, or from the one who has it open. */
async function outboxOf({ journal, note, system }: Vehicle): Promise<Outbox | undefined> {
  const seen = journal();
  if (seen.kind === 'none') return { waiting: 0, waitedMs: 0 };
  const sinceMs = (ms: number | undefined) => (ms === undefined ? 0 : system.now() - ms);
  if (seen.kind === 'whole') {
    const { waiting, waitingAside, oldestMs } = seen.facts;
    return { waiting: waiting + waitingAside, waitedMs: sinceMs(oldestMs) };
  }
  const said = await note();
  return said?.waiting === undefined
    ? undefined
    : { waiting: said.waiting, waitedMs: sinceMs(said.oldestMs) };
}

async function askOutbox(vehicle: Vehicle): Promise<Finding> {
  const outbox = await outboxOf(vehicle);
  if (outbox === undefined) return notAsked('the validator at work has not said what waits');
  const { waiting, waitedMs } = outbox;
  if (waiting === 0) return ok('nothing waits');
  const found = `waiting: ${countText(waiting, 'record', 'records')}, the oldest for ${spanText(waitedMs)}`;
  return waitedMs < WAITED_LONG_MS ? ok(found) : warning(found, lineToCollector(vehicle.device.collector));
}

async function askUpload(vehicle: Vehicle): Promise<Finding> {
  const { system, device, note } = vehicle;
  if (device.collector === undefined) return notAsked('the device file names no collector');
  const acknowledgedMs = (await note())?.acknowledgedMs;
  const sinceMs = acknowledgedMs === undefined ? undefined : system.now() - acknowledgedMs;
  const found =
    sinceMs === undefined ? 'nothing was acknowledged yet' : `last acknowledged ${spanText(sinceMs)} ago`;
  const waitedMs = (await outboxOf(vehicle))?.waitedMs ?? 0;
  if (waitedMs < UNHEARD_MS || (sinceMs ?? UNHEARD_MS) < UNHEARD_MS) return ok(found);
  return warning(
    `${found}, and a record has waited for ${spanText(waitedMs)}`,
    lineToCollector(device.collector),
  );
}

function lineToCollector(collector: string | undefined): string {
  return collector === undefined
    ? "write the collector's address under 'collector' in the device file"
    : `curl -sS ${shellWord(collector)}`;
}
