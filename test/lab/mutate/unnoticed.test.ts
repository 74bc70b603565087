/** What a scenario file explains, and what it only says. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Mutant } from '../../../src/lab/mutate/mutant.ts';
import { explainSurvivors } from '../../../src/lab/mutate/unnoticed.ts';

function survivor(path: string, from: string, to: string): Mutant {
  const edit = { start: 0, end: 0, text: '' };
  return { at: { file: 'tariff.yaml', line: 1, column: 1 }, path, from, to, offset: 0, edit };
}

const UP = survivor('rounding.mode', 'half-up', 'up');
const DOWN = survivor('rounding.mode', 'half-up', 'down');
const LIMIT = survivor('caps.0.limit.amount', '8.90', '8.91');

const SURVIVORS = [UP, DOWN, LIMIT];
const WHY = 'every price is whole';

const CASES: readonly [what: string, change: string, explained: readonly Mutant[]][] = [
  ['one change by its words', 'tariff.yaml rounding.mode half-up -> up', [UP]],
  ['whatever it becomes by a star', 'tariff.yaml rounding.mode half-up -> *', [UP, DOWN]],
  ['every limit by a star in its path', 'tariff.yaml caps.*.limit.amount * -> *', [LIMIT]],
  ['a point is a point and no sign of its own', 'tariff.yaml rounding?mode half-up -> up', []],
  ['half a change is none', 'tariff.yaml rounding.mode', []],
];

for (const [what, change, expected] of CASES) {
  test(`explained is ${what}: ${change}`, () => {
    const entry = { change, why: WHY };
    const { explained, unexplained, idle } = explainSurvivors(SURVIVORS, [entry]);
    assert.equal(
      explained,
      expected.map(mutant => ({ mutant, why: WHY })),
    );
    assert.equal(
      unexplained,
      SURVIVORS.filter(mutant => !expected.includes(mutant)),
    );
    assert.equal(idle, expected.length === 0 ? [entry] : []);
  });
}

test('of two that explain one change both are of use', () => {
  const changes = ['tariff.yaml rounding.mode half-up -> *', 'tariff.yaml rounding.mode half-up -> up'];
  const { idle } = explainSurvivors(
    SURVIVORS,
    changes.map(change => ({ change, why: WHY })),
  );
  assert.equal(idle, []);
});

test.run();
