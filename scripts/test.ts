/**
 * Runs the suites under `test/` with uvu and ends with the line `N passed, N failed`.
 *
 *   tsx scripts/test.ts              all of them, side by side
 *   tsx scripts/test.ts core fare    those whose path contains one of the words, one after another
 *
 * A suite file that registers no test (a forgotten `.run()`) is a failure: uvu alone would pass it silently. So is one
 * that cannot be loaded, and one whose process dies. None of them hides the others.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { runFile } from './test/run-file.ts';
import { runSideBySide } from './test/side-by-side.ts';
import { added, NOTHING, type Tally } from './test/tally.ts';

const root = new URL('..', import.meta.url).pathname;
const words = process.argv.slice(2);
const files = readdirSync(join(root, 'test'), { recursive: true, encoding: 'utf8' })
  .filter(name => name.endsWith('.test.ts'))
  .map(name => join('test', name))
  .sort();

process.chdir(root);
const isAll = words.length === 0;
const { passed, failed, skipped } = isAll
  ? await runSideBySide(files)
  : await inTurn(files.filter(file => words.some(word => file.includes(word))));
process.stdout.write(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}\n`);
process.exit(failed > 0 || passed === 0 ? 1 : 0);

async function inTurn(chosen: readonly string[]): Promise<Tally> {
  let tally = NOTHING;
  for (const file of chosen) tally = added(tally, await runFile(file));
  return tally;
}
