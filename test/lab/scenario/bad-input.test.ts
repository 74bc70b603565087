/** Whatever is wrong with a scenario: where it stands, what was found, what was expected. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { problemsOf, shipped } from './scenarios.ts';

const TYUMEN = shipped('tyumen');
const LONDON = shipped('london-like');
const NEW_YORK = shipped('new-york-like');

/** A scenario whose one step is written so; the step begins in column 5 of line 3. */
const step = (words: string) => `scenario: x\nsteps:\n  - { at: 2026-03-02 08:00, ${words} }\n`;

const YAML: readonly [when: string, tariff: typeof TYUMEN, text: string, ...says: string[]][] = [
  ['a stop misspelt', LONDON, step('stop: mil'), "x.yaml:3:35: no stop 'mil' (expected 'mill')"],
  ['a destination misspelt', LONDON, step('to: quai'), "x.yaml:3:33: no stop 'quai' (expected 'quay')"],
  ['a network misspelt', LONDON, step('network: rial'), "x.yaml:3:38: no network 'rial' (expected 'rail')"],
  ['a deed misspelt', LONDON, step('does: leaves'), "x.yaml:3:35: no deed 'leaves' (expected 'leave')"],
  [
    'a reason misspelt',
    TYUMEN,
    step('reason: fare-payed'),
    "x.yaml:3:37: no reason 'fare-payed' (expected 'fare-paid')",
  ],
  [
    'a decision misspelt',
    TYUMEN,
    step('decision: acepted'),
    "x.yaml:3:39: no decision 'acepted' (expected 'accepted')",
  ],
  ['a key misspelt', TYUMEN, step('pya: 37.00'), "x.yaml:3:29: unknown key 'pya' (expected 'pay')"],
  [
    'a programme that is none',
    TYUMEN,
    step('redeem: [miles]'),
    "x.yaml:3:37: no programme 'miles' (expected one of none)",
  ],
  [
    'an amount in another currency',
    TYUMEN,
    step('pay: 8.40 EUR'),
    "x.yaml:3:34: '8.40 EUR' is in EUR (expected an amount in RUB)",
  ],
  [
    'a currency before the amount',
    TYUMEN,
    step('purse: USD 8.40'),
    "x.yaml:3:36: 'USD 8.40' is in USD (expected an amount in RUB)",
  ],
  [
    'too many decimals',
    TYUMEN,
    step('pay: 8.405'),
    "x.yaml:3:34: '8.405' has too many decimals (expected at most 2 decimals in RUB)",
  ],
  [
    'a decimal comma',
    TYUMEN,
    step("pay: '8,40'"),
    "x.yaml:3:34: '8,40' is no amount (expected a decimal amount in RUB)",
  ],
  [
    'an empty expectation',
    TYUMEN,
    step('pay: '),
    "x.yaml:3:35: '' is no amount (expected a decimal amount in RUB)",
  ],
  [
    'a number of riders that is none',
    TYUMEN,
    step('riders: 0'),
    "x.yaml:3:37: '0' is no such number (expected a whole number from 1 to 99)",
  ],
  ['nothing loaded', LONDON, step('does: load'), 'x.yaml:3:35: nothing is loaded (expected amount: 10.00)'],
  [
    'an amount that goes nowhere',
    LONDON,
    step('amount: 1.00'),
    'x.yaml:3:37: an amount, and no money is moved (expected does: load | paid | refused)',
  ],
  [
    'a payment of a card that pays at once',
    TYUMEN,
    step('does: paid'),
    'x.yaml:3:35: a transport-card is never asked to pay (expected a medium of openLoop)',
  ],
  [
    'a card asked that pays at once',
    TYUMEN,
    step('asks: 37.00'),
    'x.yaml:3:35: a transport-card is never asked to pay (expected a medium of openLoop)',
  ],
  [
    'no moment',
    TYUMEN,
    'scenario: x\nsteps:\n  - { pay: 37.00 }\n',
    'x.yaml:3:5: steps.0.at: missing (expected a moment: 2026-03-02 07:30)',
  ],
  [
    'a day that is none',
    TYUMEN,
    'scenario: x\nsteps:\n  - at: 2026-02-30 07:30\n',
    "x.yaml:3:9: '2026-02-30 07:30' is no moment (expected 2026-03-02 07:30)",
  ],
  [
    'a time of day before any day',
    TYUMEN,
    'scenario: x\nsteps: [{ at: 07:30 }, { at: 2026-03-02 07:30 }, { at: 7h30 }]\n',
    "x.yaml:2:15: '07:30' is no moment (expected 2026-03-02 07:30)",
    "x.yaml:2:56: '7h30' is no moment (expected 2026-03-02 07:30, or 07:31 of the same day)",
  ],
  [
    'a card that goes back in time',
    TYUMEN,
    'scenario: x\nsteps: [{ at: 2026-03-02 07:30 }, { at: 2026-03-01 07:30 }]\n',
    "x.yaml:2:41: '2026-03-01 07:30' is before this card's last step (expected the order of time)",
  ],
  [
    'a card misspelt',
    TYUMEN,
    'scenario: x\ncards: { anna: {}, petr: {} }\nsteps: [{ at: 2026-03-02 07:30, card: ana }, { at: 07:31 }]\n',
    "x.yaml:3:39: no card 'ana' (expected 'anna')",
    'x.yaml:3:46: no card is named (expected anna | petr)',
  ],
  [
    'a category misspelt',
    TYUMEN,
    `card: { category: studnt }\n${step('')}`,
    "x.yaml:1:19: no category 'studnt' (expected 'student')",
  ],
  [
    'a medium misspelt',
    TYUMEN,
    `card: { medium: bankcard }\n${step('')}`,
    "x.yaml:1:17: no medium 'bankcard' (expected 'bank-card')",
  ],
  [
    'a pass that is none',
    TYUMEN,
    `card: { passes: [{ pass: month }] }\n${step('')}`,
    "x.yaml:1:26: no pass 'month' (expected qr-ride)",
  ],
  [
    'a quota of no month',
    TYUMEN,
    `card: { quotaUsed: { month: 2026-13, used: x } }\n${step('')}`,
    "x.yaml:1:29: '2026-13' is no month (expected a month: 2026-03)",
    "x.yaml:1:44: 'x' is no such number (expected a whole number from 0 to 9999)",
  ],
  [
    'a purse where there is none',
    TYUMEN,
    `card: { purse: 10.00 }\n${step('')}`,
    "x.yaml:1:16: no purse on a transport-card (expected one of the media of the tariff's purse)",
  ],
  [
    'a card that paid and pays at once',
    TYUMEN,
    `card: { paidOn: 2026-03-01 }\n${step('')}`,
    'x.yaml:1:17: a transport-card pays at once (expected one of the media of openLoop)',
  ],
  [
    'an expiry that is no day',
    TYUMEN,
    `card: { categoryExpiry: soon, proofExpired: perhaps }\n${step('')}`,
    "x.yaml:1:45: 'perhaps' is neither (expected true or false)",
    "x.yaml:1:25: 'soon' is no day (expected a day: 2026-03-02)",
  ],
  [
    'points of no programme',
    NEW_YORK,
    `card: { points: { miles: many } }\n${step('')}`,
    "x.yaml:1:26: no programme 'miles' (expected one of none)",
    "x.yaml:1:26: 'many' is no such number (expected a whole number from 0 to 999999999)",
  ],
  [
    'no steps',
    TYUMEN,
    'scenario: x\nsteps: []\n',
    'x.yaml:2:8: steps: an empty list (expected at least 1 entries)',
  ],
  [
    'no title',
    TYUMEN,
    'steps: [{ at: 2026-03-02 07:30 }]\n',
    'x.yaml:1:1: scenario: missing (expected what it proves, in a sentence)',
  ],
  [
    'no YAML',
    TYUMEN,
    'scenario: [\n',
    'x.yaml:2:1: Flow sequence in block collection must be sufficiently indented and end with a ] (expected YAML 1.2)',
  ],
];

for (const [when, tariff, text, ...says] of YAML) {
  test(`${when} is told with its place and what was expected`, () => {
    assert.equal(problemsOf(text, tariff), says);
  });
}

const CSV: readonly [when: string, text: string, ...says: string[]][] = [
  [
    'a column misspelt',
    'scenario,at,netwrok\nx,2026-03-02 08:00,rail\n',
    "x.csv:1:13: unknown column 'netwrok' (expected 'network'?)",
  ],
  [
    'a stop misspelt',
    'scenario,at,stop\nx,2026-03-02 08:00,quai\n',
    "x.csv:2:20: no stop 'quai' (expected 'quay')",
  ],
  [
    'a wrong currency',
    'scenario,at,stop,pay\nx,2026-03-02 08:00,quay,EUR 1.75\n',
    "x.csv:2:25: 'EUR 1.75' is in EUR (expected an amount in GBP)",
  ],
  [
    'a row of no scenario',
    'scenario,at\n,2026-03-02 08:00\n',
    'x.csv:2:1: a step of no scenario (expected what it proves, in a sentence)',
  ],
  [
    'a row without a moment',
    'scenario,at,stop\nx,,quay\n',
    "x.csv:2:3: '' is no moment (expected 2026-03-02 07:30)",
  ],
  [
    'a cell too many',
    'scenario,at\nx,2026-03-02 08:00,mill\n',
    'x.csv:2:20: 3 cells under 2 columns (expected a cell with a comma to stand in quotes)',
  ],
  [
    'a card that is two things',
    'scenario,card,purseBefore,at\nx,anna,5.00,2026-03-02 08:00\n,anna,6.00,08:10\n',
    "x.csv:3:7: '6.00', and line 2 says otherwise (expected '5.00')",
  ],
  [
    'passes, a quota and points of another form',
    'scenario,at,passes,quotaUsed,points\nx,2026-03-02 08:00,:..,2026-03,bonus\n',
    "x.csv:2:20: passes ':..' (expected passes parted by spaces: 'zone-1' or 'zone-1:2026-03-01..2026-03-31')",
    "x.csv:2:24: quotaUsed '2026-03' (expected a month and its rides: '2026-03:40')",
    "x.csv:2:32: points 'bonus' (expected points by programme, parted by spaces: 'bonus:120')",
  ],
  ['an empty file', '', 'x.csv: is empty (expected a line of column names)'],
];

for (const [when, text, ...says] of CSV) {
  test(`in a table, ${when} is told with its place and what was expected`, () => {
    assert.equal(problemsOf(text, LONDON, 'x.csv'), says);
  });
}

test('of a table the scenarios that nothing is wrong with are there all the same', async () => {
  const { readScenarios } = await import('../../../src/lab/scenario/read-scenarios.ts');
  const text = 'scenario,at,stop\nwrong,2026-03-02 08:00,quai\nsound,2026-03-02 08:00,quay\n';
  const { scenarios } = readScenarios(text, 'x.csv', LONDON);
  assert.equal(
    scenarios.map(({ title }) => title),
    ['sound'],
  );
});

test('where a tariff names no stops and no lines, any will do', () => {
  assert.equal(problemsOf(step('stop: anywhere, line: 25'), TYUMEN), []);
});

test.run();
