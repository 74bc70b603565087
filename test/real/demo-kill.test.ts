/**
 * The demo killed at chosen system calls, from the first write into a new state folder on: while the feed is imported,
 * between a bundle and its note, in the middle of a commit, at the checkpoint when it closes. Then one run to its end.
 */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { Child, program } from '../cli/child.ts';
import { newState } from '../cli/input.ts';
import { type Answered, answersIn, proveNothingLost } from '../cli/kept.ts';
import { needs } from './needs.ts';

/** Every kill of a row happens in the state that the kill before it left. */
const ROWS: readonly (readonly [call: string, ...nth: number[]])[] = [
  ['pwrite64', 4, 250],
  ['rename', 1, 4],
  ['fsync', 12, 45],
];

const testTraced = needs({
  works: ['strace', '-f', '-e', 'inject=close:signal=SIGCHLD:when=1', '-o', '/dev/null', 'true'],
  install: 'apt install strace, and the right to trace',
});

async function killedAt(call: string, nth: number, state: string): Promise<readonly Answered[]> {
  const inject = ['-e', `trace=${call}`, '-e', `inject=${call}:signal=SIGKILL:when=${nth}`];
  const demo = [process.execPath, await program(), 'demo', '--once', '--json', '--state', state];
  const child = new Child(['strace', '-f', '-qq', '-o', '/dev/null', ...inject, ...demo]);
  assert.is((await child.ended).signal, 'SIGKILL', `${call} ${nth} was reached`);
  assert.not.match(child.out, /"error"/, `${call} ${nth}: the kill before it left something in the way`);
  return answersIn(child.out);
}

async function killedThroughout([call, ...nths]: (typeof ROWS)[number]): Promise<void> {
  const state = newState();
  const shown: Answered[] = [];
  for (const nth of nths) shown.push(...(await killedAt(call, nth, state)));
  const last = new Child([process.execPath, await program(), 'demo', '--once', '--json', '--state', state]);
  assert.equal(await last.ended, { code: 0, signal: null }, last.err);
  await proveNothingLost(state, [...shown, ...answersIn(last.out)]);
}

testTraced('a demo killed at any write, rename or sync goes on from what was on disk', async () => {
  await program();
  await Promise.all(ROWS.map(killedThroughout));
});

test.run();
