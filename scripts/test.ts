/**
 * Runs the suites under `test/` with uvu and ends with the line `N passed, N failed`.
 *
 *   tsx scripts/test.ts              all of them, in two processes
 *   tsx scripts/test.ts core fare    those whose path contains one of the words
 *
 * A suite file that registers no test (a forgotten `.run()`) is a failure: uvu alone would pass it silently. So is one
 * that cannot be loaded, and it hides none of the others.
 */
import { fork } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

type Outcome = [errors: string | true, passed: number, skipped: number, total: number];
type Suite = () => Promise<Outcome>;
type Queue = [name: string | null, ...suites: Suite[]][];

const root = new URL('..', import.meta.url).pathname;
const words = process.argv.slice(2);
const tally = { passed: 0, failed: 0, skipped: 0 };

/** What needs the one pcscd of a machine is in one process, and waits for most of its time. */
const FIRST = ['real', 'lab'];

if (words.length === 0) {
  const others = readdirSync(join(root, 'test')).filter(name => !FIRST.includes(name));
  const [waited, ran] = await Promise.all([inProcess(FIRST, false), inProcess(others, true)]);
  process.stdout.write(waited);
  for (const text of [waited, ran]) addUp(text);
  end();
}

const files = readdirSync(join(root, 'test'), { recursive: true, encoding: 'utf8' })
  .filter(name => name.endsWith('.test.ts'))
  .map(name => join(root, 'test', name))
  .filter(file => words.length === 0 || words.some(word => file.includes(word)))
  .sort();

const shared = globalThis as unknown as { UVU_DEFER: number; UVU_INDEX: number; UVU_QUEUE: Queue };
shared.UVU_DEFER = 1;
const uvu = await import('uvu');
shared.UVU_QUEUE.length = 0;

for (const file of files) {
  const name = relative(root, file);
  shared.UVU_INDEX = shared.UVU_QUEUE.push([name]) - 1;
  const error = await import(pathToFileURL(file).href).then(() => undefined, String);
  const [, ...suites] = shared.UVU_QUEUE[shared.UVU_INDEX] ?? [null];
  const counted = suites.map(counting);
  if (error !== undefined) counted.push(failing(`  ${name} cannot be loaded: ${error}\n`));
  else if (counted.length === 0) counted.push(failing(`  ${name} registers no test: is '.run()' missing?\n`));
  shared.UVU_QUEUE[shared.UVU_INDEX] = [name, ...counted];
}

await uvu.exec();
end();

function end(): never {
  const { passed, failed, skipped } = tally;
  process.stdout.write(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}\n`);
  process.exit(failed > 0 || passed === 0 ? 1 : 0);
}

/** All that it wrote; `live`: as it comes, too. */
function inProcess(folders: readonly string[], live: boolean): Promise<string> {
  const paths = folders.map(name => join('test', name));
  const child = fork(fileURLToPath(import.meta.url), paths, { stdio: ['ignore', 'pipe', 'inherit', 'ipc'] });
  let written = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    written += text;
    if (live) process.stdout.write(text);
  });
  return new Promise(resolve => child.once('close', () => resolve(written)));
}

/** A process that died before it could say what it came to has failed. */
function addUp(written: string): void {
  const [, passed, failed, skipped] = /(\d+) passed, (\d+) failed(?:, (\d+) skipped)?\n$/.exec(written) ?? [];
  tally.passed += Number(passed ?? 0);
  tally.failed += Number(failed ?? 1);
  tally.skipped += Number(skipped ?? 0);
}

function counting(suite: Suite): Suite {
  return async () => {
    const outcome = await suite();
    const [, passed, skipped, total] = outcome;
    tally.passed += passed;
    tally.failed += total - passed;
    tally.skipped += skipped;
    return outcome;
  };
}

function failing(why: string): Suite {
  return async () => {
    tally.failed += 1;
    return [why, 0, 0, 1];
  };
}
