/**
 * What itineraries are priced by, read from a GTFS zip or folder. A folder may hold a `tariff.yaml`, of which only the drafts it switches on are looked at here.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Problem } from '../core/error.ts';
import { readYaml } from '../core/source/yaml.ts';
import { draftsSchema, type Switches } from '../core/tariff/drafts.ts';
import type { ItineraryTables } from '../core/tariff/tables.ts';
import { readText } from '../disk/read-text.ts';
import { FARE_FILE_NAMES, type FareText, readFareTables } from './fare-files.ts';
import { type FeedFile, notAFeed } from './feed.ts';
import { GTFS_FILES, meantFile } from './file-names.ts';
import { openFeed } from './open-feed.ts';

/** Held whole, for positions; no fare table comes near, and the stops of a country stay below. */
const TABLE_BYTES = 2 ** 28;

const SETTINGS_FILE = 'tariff.yaml';

export interface FareFolder {
  readonly tables: ItineraryTables;
  readonly drafts: Switches;
  /** Of what stands in them. Tables with an error among these are not whole, and nothing is priced by them. */
  readonly problems: readonly Problem[];
}

/** Throws a `bad-input` only where there is no feed, or none that can be opened. */
export async function readFareFolder(path: string): Promise<FareFolder> {
  const feed = await openFeed(path);
  try {
    const texts = new Map<string, FareText>();
    for (const file of feed.files) {
      if (FARE_FILE_NAMES.has(file.name)) texts.set(file.name, { path: file.path, text: await textOf(file) });
    }
    const { tables, problems } = readFareTables(texts, path);
    const switches = readSwitches(path);
    const all = [...strangers(feed.files), ...problems, ...switches.problems];
    return { tables, drafts: switches.drafts, problems: all };
  } finally {
    feed.close();
  }
}

/** Feeds keep files of their own; but a file that is missing, and one of nearly its name, are one slip. */
function strangers(files: readonly FeedFile[]): Problem[] {
  const present = files.map(({ name }) => name);
  return files.flatMap(({ name, path }): Problem[] => {
    const meant = GTFS_FILES.includes(name) ? undefined : meantFile(name, GTFS_FILES, present);
    if (meant === undefined) return [];
    return [
      { at: { file: path }, what: 'this file is not read', expected: `'${meant}'?`, severity: 'warning' },
    ];
  });
}

async function textOf(file: FeedFile): Promise<string> {
  if (file.bytes > TABLE_BYTES) throw notAFeed(file.path, `is larger than ${TABLE_BYTES / 2 ** 20} MiB`);
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  const pieces: string[] = [];
  for await (const piece of file.stream()) pieces.push(decoder.decode(piece, { stream: true }));
  return pieces.join('') + decoder.decode();
}

/** A zip holds tables alone: like a folder without `tariff.yaml` it has nowhere to put a switch. */
function readSwitches(path: string): { readonly drafts: Switches; readonly problems: readonly Problem[] } {
  const file = join(path, SETTINGS_FILE);
  if (!existsSync(file)) return { drafts: 'bare', problems: [] };
  const { value, problems } = readYaml(
    readText(file, 'the tariff', 'its settings in YAML'),
    file,
    draftsSchema,
  );
  return { drafts: value?.drafts ?? [], problems };
}
