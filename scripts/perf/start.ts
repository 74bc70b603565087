/**
 * Process start to 'ready to tap', from the build, against the floor: a bare node that opens the same SQLite files.
 * Both are timed from spawn to their first line on stdout, in turns, in one run.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Figure } from './figure.ts';
import { median } from './statistics.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const RUNS = 21;
const GOAL = 2;

export async function figures(): Promise<readonly Figure[]> {
  const state = mkdtempSync(join(tmpdir(), 'tura-start-'));
  try {
    const build = join(root, 'dist/tura.js');
    if (!existsSync(build)) throw new Error('no dist/tura.js: npm run build makes it');
    const validator = [build, 'run', join(root, 'devices/demo-bus.yaml'), '--json', '--state', state];
    // The first start imports the feed and applies the lists; what is measured is every later one.
    await untilFirstLine(validator);
    const floor = ['--input-type=commonjs', '-e', openAll(databasesIn(state))];
    const times = { validator: [] as number[], floor: [] as number[] };
    for (let run = 0; run < RUNS; run++) {
      times.floor.push(await untilFirstLine(floor));
      times.validator.push(await untilFirstLine(validator));
    }
    const [value, peer] = [median(times.validator), median(times.floor)];
    return [
      {
        figure: 'start to ready to tap',
        value,
        unit: 'ms',
        goal: `under ${GOAL} x`,
        peer: `node -e that opens the same files: ${peer.toFixed(1)} ms`,
        ratio: value / peer,
        met: value / peer < GOAL,
      },
    ];
  } finally {
    rmSync(state, { recursive: true, force: true });
  }
}

function databasesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.db'))
    .map(name => join(folder, name));
}

function openAll(files: readonly string[]): string {
  const library = join(root, 'node_modules/better-sqlite3');
  return `const Database = require(${JSON.stringify(library)});
    for (const file of ${JSON.stringify(files)}) new Database(file).prepare('SELECT count(*) FROM sqlite_schema').get();
    process.stdout.write('ready\\n'); setInterval(() => undefined, 1000);`;
}

/** Milliseconds from spawn to the first line; the process is ended then. */
function untilFirstLine(words: readonly string[]): Promise<number> {
  return new Promise((resolve, reject) => {
    const startedMs = performance.now();
    let tookMs = Number.NaN;
    const child = spawn(process.execPath, words, { stdio: ['pipe', 'pipe', 'inherit'] });
    child.stdout.once('data', () => {
      tookMs = performance.now() - startedMs;
      child.kill('SIGTERM');
    });
    child.once('error', reject);
    child.once('exit', () =>
      Number.isNaN(tookMs) ? reject(new Error('ended before its first line')) : resolve(tookMs),
    );
  });
}
