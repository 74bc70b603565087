/** `tura stops import` and `tura stops near`. */
import type { Command } from 'commander';
import { openFeed } from '../gtfs/open-feed.ts';
import { importStops } from '../onboard/stops/import.ts';
import { openStops } from '../onboard/stops/stops.ts';
import { count, latitude, longitude } from './arguments.ts';
import { createOutput, warn } from './output.ts';
import { progressBar } from './progress.ts';

interface Options {
  readonly db: string;
  readonly limit: number;
  readonly json?: boolean;
}

const EXAMPLES = `
Examples:
  tura stops import fixtures/feeds/tyumen --db stops.db
  tura stops near 57.153 65.534 --db stops.db`;

export function describe(command: Command): void {
  command.addHelpText('after', EXAMPLES);
  command
    .command('import')
    .description('turn a GTFS zip or folder into one SQLite file, all or nothing')
    .argument('<gtfs>', 'the feed')
    .requiredOption('--db <file>', 'the stops database to make or replace')
    .option('--json', 'one JSON object on stdout')
    .addHelpText('after', '\nExample:\n  tura stops import fixtures/feeds/tyumen --db stops.db')
    .action(importFeed);
  command
    .command('near')
    .description('the stops nearest to a place')
    .argument('<lat>', 'degrees north', latitude)
    .argument('<lon>', 'degrees east', longitude)
    .requiredOption('--db <file>', 'a stops database')
    .option('--limit <n>', 'how many', count, 5)
    .option('--json', 'NDJSON on stdout')
    .addHelpText(
      'after',
      '\nExamples:\n  tura stops near 57.153 65.534 --db stops.db\n  tura stops near --db tampa.db 27.95 -82.457',
    )
    .action(near);
}

async function importFeed(gtfs: string, options: Options): Promise<void> {
  const output = createOutput(options.json === true);
  const feed = await openFeed(gtfs);
  const bar = progressBar('importing');
  try {
    const report = await importStops(feed, options.db, {
      onProgress: ({ file, bytesRead, bytesTotal }) => bar.update(bytesRead, bytesTotal, file),
    });
    bar.end();
    warn(report.warnings);
    const rows = Object.entries(report.counts).filter(([, rows]) => rows > 0);
    for (const [table, number] of rows)
      output.say(`${table.padEnd(22)} ${number.toLocaleString('en').padStart(11)}`);
    output.say(`${gtfs} -> ${options.db} (${report.stations} stations, ${report.zones} zones)`);
    output.emit({ ...report, db: options.db });
  } finally {
    bar.end();
    await feed.close();
  }
}

function near(lat: number, lon: number, options: Options): void {
  const output = createOutput(options.json === true);
  const stops = openStops(options.db);
  try {
    for (const stop of stops.near(lat, lon, options.limit)) {
      const metres = `${Math.round(stop.metres)} m`.padStart(9);
      output.say(`${metres}  ${stop.stopId.padEnd(16)} ${stop.name ?? ''}`);
      output.emit(stop);
    }
  } finally {
    stops.close();
  }
}
