/**
 * Runs the suites under `test/` with uvu and ends with the line `N passed, N failed`.
 *
 *   tsx scripts/test.ts              all of them
 *   tsx scripts/test.ts core fare    those whose path contains one of the words
 *
 * A suite file that registers no test (a forgotten `.run()`) is a failure: uvu alone would pass it silently. So is one
 * that cannot be loaded, and it hides none of the others.
 */
import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';

type Outcome = [errors: string | true, passed: number, skipped: number, total: number];
type Suite = () => Promise<Outcome>;
type Queue = [name: string | null, ...suites: Suite[]][];

const root = new URL('..', import.meta.url).pathname;
const words = process.argv.slice(2);
const tally = { passed: 0, failed: 0, skipped: 0 };

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
process.stdout.write(
  `${tally.passed} passed, ${tally.failed} failed${tally.skipped > 0 ? `, ${tally.skipped} skipped` : ''}\n`,
);
process.exit(tally.failed > 0 || tally.passed === 0 ? 1 : 0);

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
