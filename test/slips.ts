/** A tariff or a feed with a slip or two, and what is said of it: the tables of the tests of checks. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { formatProblem, type Problem, TuraError } from '../src/core/error.ts';
import { compileTariff } from '../src/fare.ts';

export type Files = Readonly<Record<string, string>>;

/** What stands there once, and what stands there instead; or a file's whole text. */
export type Change =
  | readonly [file: string, found: string, instead: string]
  | readonly [file: string, text: string];

/** Each problem as it is said, `error` or `warning` before it. */
export type Slip = readonly [name: string, changes: readonly Change[], ...said: string[]];

/** `problemsOf`: of a tariff, unless the files are those of something else. */
export function testSlips(files: Files, slips: readonly Slip[], problemsOf = problemsOfTariff): void {
  for (const [name, changes, ...said] of slips)
    test(`${name} ${said.length === 0 ? 'is no slip' : 'is told where it stands'}`, () =>
      assert.equal(problemsOf(changed(files, changes)).map(asSaid), said));
}

function asSaid(problem: Problem): string {
  return `${problem.severity ?? 'error'} ${formatProblem(problem).replace(/^tariff\//, '')}`;
}

function problemsOfTariff(files: Files): readonly Problem[] {
  try {
    return compileTariff(files, 'tariff').warnings;
  } catch (error) {
    if (error instanceof TuraError) return error.problems;
    throw error;
  }
}

export function changed(files: Files, changes: readonly Change[]): Files {
  const all = { ...files };
  for (const [name, found, instead] of changes) {
    const text = all[name] ?? '';
    if (instead !== undefined && !text.includes(found)) throw new Error(`${name} holds no '${found}'`);
    all[name] = instead === undefined ? found : text.replace(found, () => instead);
  }
  return all;
}
