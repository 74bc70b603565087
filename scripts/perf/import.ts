/**
 * The import of a real feed (Tampa, 435,507 stop times) into SQLite, side by side with the `gtfs` package: each in a
 * process of its own, by turns, the median of the rounds. Alone: `npx tsx scripts/perf/import.ts`.
 */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Measured, measure } from './child.ts';
import type { Figure } from './figure.ts';
import { median } from './statistics.ts';

const ROOT = join(import.meta.dirname, '../..');
const FEED = join(process.env.TURA_FEEDS ?? join(ROOT, '../shared/feeds'), 'hart-tampa-bus-streetcar.zip');
const BUILD = 'dist/tura.js';
const ROUNDS = 3;
const TIMES_FASTER = 5;
const MEMORY_SHARE = 0.7;
const PEER = 'gtfs 4.17.5';

/** The peer with its log off; all else is its default, which is its fastest. */
const PEER_PROGRAM = `import { importGtfs } from 'gtfs';
  const [feed, file] = process.argv.slice(1);
  await importGtfs({ agencies: [{ path: feed }], sqlitePath: file, verbose: false });`;

/** None, with a word on stderr, where the feed is missing. */
export async function figures(): Promise<readonly Figure[]> {
  if (!existsSync(FEED)) {
    process.stderr.write(`skipped: no feeds (${FEED}; set TURA_FEEDS)\n`);
    return [];
  }
  if (!existsSync(join(ROOT, BUILD))) throw new Error(`no ${BUILD}: npm run build makes it`);
  const ours: Measured[] = [];
  const peers: Measured[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    ours.push(await importedBy([BUILD, 'stops', 'import', FEED, '--db']));
    peers.push(await importedBy(['--input-type=module', '--eval', PEER_PROGRAM, '--', FEED]));
  }
  return [timeFigure(ours, peers), memoryFigure(ours, peers)];
}

/** `command` is given one more argument: the file to make, in a folder of its own. */
async function importedBy(command: readonly string[]): Promise<Measured> {
  const folder = mkdtempSync(join(tmpdir(), 'tura-perf-'));
  try {
    return await measure([...command, join(folder, 'feed.db')], { cwd: ROOT });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function timeFigure(ours: readonly Measured[], peers: readonly Measured[]): Figure {
  const own = median(ours.map(run => run.seconds));
  const peer = median(peers.map(run => run.seconds));
  const ratio = peer / own;
  return {
    figure: 'import time',
    value: own,
    unit: 's',
    goal: `at least ${TIMES_FASTER} x faster`,
    peer: `${PEER}: ${peer.toFixed(2)} s`,
    ratio,
    met: ratio >= TIMES_FASTER,
  };
}

function memoryFigure(ours: readonly Measured[], peers: readonly Measured[]): Figure {
  const own = median(ours.map(run => run.megabytes));
  const peer = median(peers.map(run => run.megabytes));
  return {
    figure: 'import memory',
    value: own,
    unit: 'MB',
    goal: `at most ${MEMORY_SHARE} x the memory`,
    peer: `${PEER}: ${peer.toFixed(0)} MB`,
    ratio: own / peer,
    met: own / peer <= MEMORY_SHARE,
  };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) console.table(await figures());
