/** Runs one suite file with uvu in this process: its name, its dots, and whatever failed in it. */
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { A_FAILURE, added, NOTHING, type Tally } from './tally.ts';

type Outcome = [errors: string | true, passed: number, skipped: number, total: number];
type Suite = () => Promise<Outcome>;

/** How uvu is told that somebody else runs what a file registers, and where to leave it. */
declare global {
  var UVU_DEFER: number;
  var UVU_INDEX: number;
  var UVU_QUEUE: Suite[][];
}

globalThis.UVU_DEFER = 1;
globalThis.UVU_QUEUE = [];
globalThis.UVU_INDEX = 0;

export async function runFile(file: string): Promise<Tally> {
  say(`${file}\n`);
  const suites: Suite[] = [];
  globalThis.UVU_QUEUE = [suites];
  const error = await import(pathToFileURL(resolve(file)).href).then(() => undefined, String);
  let tally = NOTHING;
  for (const suite of suites) tally = added(tally, await run(suite));
  const wrong = error === undefined ? undefined : `cannot be loaded: ${error}`;
  const why = wrong ?? (suites.length === 0 ? "registers no test: is '.run()' missing?" : undefined);
  if (why !== undefined) say(`\n  ${file} ${why}\n`);
  say('\n');
  return why === undefined ? tally : added(tally, A_FAILURE);
}

async function run(suite: Suite): Promise<Tally> {
  const [errors, passed, skipped, total] = await suite();
  if (errors !== true) say(`\n${errors}\n`);
  return { passed, failed: total - passed, skipped };
}

function say(text: string): void {
  process.stdout.write(text);
}
