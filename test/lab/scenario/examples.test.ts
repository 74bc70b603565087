/** One scenario, many runs: a table of examples fills its words. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { missesOf, problemsOf, scenariosOf, shipped } from './scenarios.ts';

const TYUMEN = shipped('tyumen');

const SHARES = `scenario: A ride of a <category> costs <pays>
card: { category: <category> }
steps:
  - { at: 2026-03-02 07:30, pay: <pays>, others: <region>, reason: <reason> }
examples:
  - [category, pays, region, reason]
  - [pupil, 8.40, 33.60, concession]
  - [pensioner, 0.00, 42.00, free-ride]
  - [general, 37.00, 0.00, '']
`;

test('each row of the examples is a run of its own', () => {
  assert.equal(
    scenariosOf(SHARES, TYUMEN).map(({ title, at }) => [title, at.line]),
    [
      ['A ride of a pupil costs 8.40', 7],
      ['A ride of a pensioner costs 0.00', 8],
      ['A ride of a general costs 37.00', 9],
    ],
  );
  assert.equal(missesOf(SHARES, TYUMEN), []);
});

test('an empty cell is not asked', () => {
  assert.equal(
    scenariosOf(SHARES, TYUMEN).map(({ steps }) => steps[0]?.reason),
    ['concession', 'free-ride', undefined],
  );
});

test('a title without a mark tells its runs apart by their cells', () => {
  const text = SHARES.replace(/^scenario: .*/, 'scenario: Shares');
  assert.is(scenariosOf(text, TYUMEN)[0]?.title, 'Shares (pupil, 8.40, 33.60, concession)');
});

test('a mark may stand inside a word', () => {
  const text = `scenario: x
steps: [{ at: '2026-03-02 <hour>:30', pay: 37.00 }]
examples: [[hour], [07], [08]]
`;
  assert.equal(missesOf(text, TYUMEN), []);
});

const WRONG: readonly [when: string, text: string, ...says: string[]][] = [
  [
    'a word of an example is wrong, it is told where that example stands',
    SHARES.replace('[pensioner', '[pensoner'),
    "x.yaml:8:6: no category 'pensoner' (expected 'pensioner')",
  ],
  [
    'a mark has no column',
    SHARES.replace('<pays>, others', '<pay>, others'),
    "x.yaml:4:34: no example gives <pay> (expected 'pays')",
  ],
  [
    'a column has no mark',
    SHARES.replace(', others: <region>', ''),
    "x.yaml:6:22: no step says <region> (expected 'reason')",
  ],
  [
    'a row is too short',
    SHARES.replace(', free-ride', ''),
    'x.yaml:8:5: 3 cells under 4 names (expected a cell for each name)',
  ],
  [
    'a column stands twice',
    SHARES.replace('[category, pays,', '[category, pays, pays,'),
    "x.yaml:6:22: a second column 'pays' (expected each once)",
    'x.yaml:7:5: 4 cells under 5 names (expected a cell for each name)',
    'x.yaml:8:5: 4 cells under 5 names (expected a cell for each name)',
    'x.yaml:9:5: 4 cells under 5 names (expected a cell for each name)',
  ],
  [
    'there are marks and no examples',
    'scenario: x\nsteps: [{ at: 2026-03-02 07:30, line: <line> }]\n',
    "x.yaml:2:39: no example gives <line> (expected 'examples' with a column 'line')",
  ],
];

for (const [when, text, ...says] of WRONG) {
  test(`where ${when}`, () => assert.equal(problemsOf(text, TYUMEN), says));
}

test.run();
