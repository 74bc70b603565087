/**
 * `npm run fuzz`: every parser takes any bytes at all, a million times each.
 *
 *   npm run fuzz                        all of them
 *   npm run fuzz -- tlv                 one of them
 *   npm run fuzz -- ticket --runs 1000  a smaller round
 *
 * A target that throws, or says what it must not, ends the run with the smallest input that makes it, and the seed.
 */
import * as fc from 'fast-check';
import { TuraError } from '../src/core/error.ts';
import { expectedOneOf } from '../src/core/suggest.ts';
import { ABOARD_TARGETS } from './fuzz/aboard.ts';
import { CARD_TARGETS } from './fuzz/card.ts';
import { SERIAL_TARGETS } from './fuzz/serial.ts';
import type { Target } from './fuzz/target.ts';
import { TICKET_TARGETS } from './fuzz/ticket.ts';

const TARGETS: Readonly<Record<string, Target>> = {
  ...CARD_TARGETS,
  ...SERIAL_TARGETS,
  ...TICKET_TARGETS,
  ...ABOARD_TARGETS,
};

const RUNS = 1_000_000;

const [runs, asked] = read(process.argv.slice(2));
for (const [name, target] of Object.entries(TARGETS)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  const startMs = performance.now();
  fc.assert(target(), { numRuns: runs });
  const seconds = (performance.now() - startMs) / 1000;
  process.stdout.write(`${name.padEnd(12)} ${runs} inputs taken in ${seconds.toFixed(0)} s\n`);
}

function read(words: readonly string[]): [runs: number, asked: readonly string[]] {
  const at = words.indexOf('--runs');
  const number = at === -1 ? RUNS : Number(words[at + 1]);
  if (!Number.isSafeInteger(number) || number < 1) {
    throw new TuraError('bad-usage', `--runs ${words[at + 1]}`, { expected: 'a whole number from 1' });
  }
  const names = words.filter((_, index) => at === -1 || (index !== at && index !== at + 1));
  for (const name of names) {
    if (name in TARGETS) continue;
    const expected = expectedOneOf(name, Object.keys(TARGETS));
    throw new TuraError('bad-usage', `no target '${name}' (expected ${expected})`, { expected });
  }
  return [number, names];
}
