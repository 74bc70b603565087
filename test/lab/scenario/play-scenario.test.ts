/** A scenario played: what a card starts with, how time passes, what is missed and what is heard. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { playScenario } from '../../../src/lab/scenario/play-scenario.ts';
import { tellScenario } from '../../../src/lab/scenario/tell-scenario.ts';
import { city } from '../../core/fare/city.ts';
import { missesOf, paidIn, scenariosOf, shipped } from './scenarios.ts';

const TYUMEN = shipped('tyumen');
const LONDON = shipped('london-like');

const ride = (card: string, ...steps: readonly string[]) =>
  `scenario: x\ncard: ${card}\nsteps:\n${steps.map(step => `  - { ${step} }\n`).join('')}`;

test('every expectation that is not met is told, what it came to beside it', () => {
  const step =
    'at: 2026-03-02 07:30, decision: declined, pay: 8.40, others: 0, reason: fare-paid, quota: 51, purse: 1.00';
  assert.equal(missesOf(ride('{ category: student }', step), TYUMEN), [
    '1: decision is accepted, not declined',
    '1: pay is 21.00, not 8.40',
    '1: others is 21.00, not 0.00',
    '1: reason is concession, not fare-paid',
    '1: purse is none, not 1.00',
  ]);
});

test('without a card it is the first medium and the default category', () => {
  assert.equal(paidIn('scenario: x\nsteps: [{ at: 2026-03-02 07:30 }]\n', TYUMEN), ['37.00 fare-paid']);
});

test('a quota that is nearly used has so much left', () => {
  const card = '{ category: pupil, quotaUsed: { month: 2026-03, used: 43 } }';
  const steps = ['at: 2026-03-02 07:30, quota: 0, pay: 8.40', 'at: 08:00, pay: 37.00, reason: quota-spent'];
  assert.equal(missesOf(ride(card, ...steps), TYUMEN), []);
});

test('a category is good through its last day', () => {
  const card = '{ category: student, categoryExpiry: 2026-03-02 }';
  const steps = [
    'at: 2026-03-02 23:00, pay: 21.00',
    'at: 2026-03-03 08:00, pay: 37.00, reason: proof-expired',
  ];
  assert.equal(missesOf(ride(card, ...steps), TYUMEN), []);
});

test('a proof that has expired pays as the fallback does', () => {
  const card = '{ category: student, proofExpired: true }';
  assert.equal(missesOf(ride(card, 'at: 2026-03-02 08:00, reason: proof-expired'), TYUMEN), []);
});

test('a purse holds what it started with', () => {
  const step = 'at: 2026-03-02 10:00, network: bus, stop: bus-mill, purse: 8.25';
  assert.equal(missesOf(ride('{ purse: 10.00 }', step), LONDON), []);
});

test('points pay where the rider asks', () => {
  const loyal = city(`loyalty:
  - { id: bonus, partner: shop, point: '0.01', accrual: [{ id: ride, covers: {}, points: 1, source: assumed }], redemption: { product: 9, atMost: 50, bearer: partner }, source: assumed }
`);
  const steps = [
    'at: 2026-03-02 08:00, network: bus, redeem: [bonus], pay: 0.50, others: 0.50',
    'at: 09:00, network: bus, redeem: bonus, pay: 0.89',
  ];
  assert.equal(missesOf(ride('{ points: { bonus: 60 } }', ...steps), loyal), []);
});

test('a button asks for a further rider at any time of the trip', () => {
  const steps = [
    'at: 2026-03-02 08:00, trip: bus, pay: 37.00',
    'at: 08:40, trip: bus, reason: passback',
    'at: 08:45, trip: bus, riders: 2, pay: 37.00, reason: further-rider',
  ];
  assert.equal(missesOf(ride('{}', ...steps), TYUMEN), []);
});

test('a time of day that has passed is that of the next day', () => {
  const [scenario] = scenariosOf(
    ride('{}', 'at: 2026-03-02 23:50', 'at: 00:10', 'at: 2026-03-03T08:00:00+05:00'),
    TYUMEN,
  );
  const minutes = scenario?.steps.map(({ atMs }) => atMs / 60_000) ?? [];
  assert.equal(
    minutes.map(minute => minute - (minutes[0] ?? 0)),
    [0, 20, 490],
  );
});

test('a journey that nobody left is closed when the day after its own is over', () => {
  const steps = [
    'at: 2026-03-02 10:00, network: rail, stop: quay',
    'at: 2026-03-04 04:29, does: nothing, pay: 0.00',
    'at: 2026-03-04 04:30, does: nothing, pay: 9.40, reason: incomplete-journey',
  ];
  assert.equal(missesOf(ride('{}', ...steps), LONDON), []);
});

test('whoever listens hears what the engine looked at, then what the ride came to', () => {
  const heard: string[] = [];
  const [scenario] = scenariosOf(ride('{ category: pupil }', 'at: 2026-03-02 07:30', 'at: 08:00'), TYUMEN);
  if (scenario === undefined) throw new Error('one scenario is read');
  const observer = {
    applied: (rule: string) => heard.push(rule),
    passed: () => undefined,
    compared: () => undefined,
    rode: ({ ref }: { ref: string }, { reason }: { reason: string }) => heard.push(`${ref}: ${reason}`),
  };
  assert.is([...playScenario([TYUMEN], scenario, observer)].length, 2);
  assert.equal(
    heard.filter(each => /^(quota|step)/.test(each)),
    ['quota:pupil', 'step-1: concession', 'quota:pupil', 'step-2: concession'],
  );
});

test('what time closes is heard as well', () => {
  const text = ride(
    '{}',
    'at: 2026-03-02 10:00, network: rail, stop: quay',
    'at: 2026-03-04 12:00, does: nothing',
  );
  const [scenario] = scenariosOf(text, LONDON);
  if (scenario === undefined) throw new Error('one scenario is read');
  const told = tellScenario([LONDON], scenario);
  assert.match(
    told.get('step-2')?.join('\n') ?? '',
    /rider 9\.40: Incomplete journey, incomplete journey in rail \(tariff\.yaml:\d+/,
  );
});

test('played again with somebody listening, a scenario comes to the same', () => {
  const [scenario] = scenariosOf(
    ride('{}', ...['08:00', '08:20', '09:30'].map(at => `at: 2026-03-02 ${at}`)),
    TYUMEN,
  );
  if (scenario === undefined) throw new Error('one scenario is read');
  const deaf = { applied: () => undefined, passed: () => undefined, compared: () => undefined };
  assert.equal([...playScenario([TYUMEN], scenario)], [...playScenario([TYUMEN], scenario, deaf)]);
});

test.run();
