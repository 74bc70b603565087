/**
 * Makes the GTFS tables of `fixtures/feeds/tyumen` from the `lines.yaml` beside them, always the same bytes:
 *
 *   npx tsx scripts/make-tyumen-feed.ts
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readSource } from './tyumen-feed/source.ts';
import { tablesOf } from './tyumen-feed/tables.ts';
import { stopsOf, tripsOf } from './tyumen-feed/timetable.ts';

const FOLDER = join(import.meta.dirname, '../fixtures/feeds/tyumen');

/** `lines.yaml` -> contents by file name. Throws a `bad-input` when the source does not hold together. */
export function makeTyumenFeed(yaml: string): ReadonlyMap<string, string> {
  const source = readSource(yaml);
  const stops = Object.entries(source.stops).flatMap(([id, place]) => stopsOf(id, place));
  return tablesOf(source, stops, tripsOf(source, stops));
}

if (import.meta.filename === process.argv[1]) {
  for (const [name, text] of makeTyumenFeed(readFileSync(join(FOLDER, 'lines.yaml'), 'utf8'))) {
    writeFileSync(join(FOLDER, name), text);
    process.stderr.write(`${name}: ${Buffer.byteLength(text).toLocaleString('en')} bytes\n`);
  }
}
