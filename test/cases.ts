/**
 * Worked examples from public guides are not ours to ship: a test finds them in the folder TURA_CASES, by default
 * `../shared/cases` beside the repository. Where they are missing it says so and passes; in CI, where they must be, it fails.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = process.env.TURA_CASES ?? join(import.meta.dirname, '../../shared/cases');

export interface Case {
  readonly id: string;
  readonly title: string;
  readonly [part: string]: unknown;
}

/** The cases whose names begin so; without the folder one stand-in is given to `missing`, to be a test of its own. */
export function casesOf(beginning: string, missing: (body: () => void) => void): readonly Case[] {
  const names = existsSync(FOLDER) ? readdirSync(FOLDER).sort() : [];
  const found = names.filter(name => name.startsWith(beginning) && name.endsWith('.json'));
  if (found.length === 0) missing(sayMissing);
  return found.map(name => JSON.parse(readFileSync(join(FOLDER, name), 'utf8')) as Case);
}

function sayMissing(): void {
  if (process.env.CI) throw new Error(`no cases in ${FOLDER}: set TURA_CASES to the folder of the cases`);
  process.stdout.write(`skipped: no cases (${FOLDER}; set TURA_CASES)\n`);
}
