/** The shipped tariff with an edit in it, and what it is refused for. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { formatProblem, TuraError } from '../../../src/core/error.ts';
import { type Edit, readEdited } from '../../tariffs.ts';

/** The problems of whatever `read` refuses, one a line, files named as they stand in their folder. */
export function refusal(read: () => unknown): string[] {
  try {
    read();
  } catch (error) {
    if (!(error instanceof TuraError)) throw error;
    assert.is(error.code, 'bad-input');
    const errors = error.problems.filter(({ severity }) => severity !== 'warning');
    assert.is(error.message, errors.map(formatProblem).join('\n'));
    return errors.map(problem =>
      formatProblem({ ...problem, at: { ...problem.at, file: problem.at.file.replace(/^.*\//, '') } }),
    );
  }
  return [];
}

export const yaml = (found: string, instead: string): Edit => ['tariff.yaml', found, instead];
export const products = (found: string, instead: string): Edit => ['fare_products.txt', found, instead];
export const legRules = (instead: string): Edit => ['fare_leg_rules.txt', 'ride,,,,single', instead];

export type Refusal = [name: string, edit: Edit, ...problems: string[]];

export function refuses(refusals: readonly Refusal[]): void {
  for (const [name, edit, ...problems] of refusals) {
    test(`a tariff is refused for ${name}`, () => {
      assert.equal(
        refusal(() => readEdited(edit)),
        problems,
      );
    });
  }
}
