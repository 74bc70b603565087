/** `tura bench` as it is called: what it says, its exit code, its report, its watch. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { cityIn, ride } from '../lab/bench/folders.ts';
import { start } from './child.ts';
import { FIXTURES, newState } from './input.ts';
import { objects, tura } from './tura.ts';

type Edits = Parameters<typeof cityIn>[2];

/** A folder of its own with a city in it, and these scenarios. */
function cityWith(scenarios: Readonly<Record<string, string>>, edits?: Edits): string {
  const folder = newState();
  for (const [path, text] of Object.entries(cityIn(folder, scenarios, edits))) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  return folder;
}

test('less coverage than is asked for is exit 1, and what was never touched is listed', async () => {
  const folder = cityWith({ 'one.yaml': ride('A bus costs a euro', '1.00') });
  const asked = ['bench', folder, '--coverage', '--min-coverage'];
  const [low, enough] = [await tura(...asked, '100'), await tura(...asked, '0')];
  assert.is(low.code, 1);
  assert.match(low.out, /never\s+leg::tram:tram fare_leg_rules\.txt:3/);
  assert.match(low.out, /less than the 100 % that is asked for/);
  assert.is(enough.code, 0);
});

/** What nothing sells is looked for until the last draft. */
const ALL_SOLD: Edits = [['  - { id: 9, name: { en: Limit, ru: Предел } }\n', '']];

test('--suggest writes what is missing as scenarios that wait for a person, and leaves what stands there', async () => {
  const folder = cityWith({ 'one.yaml': ride('A bus costs a euro', '1.00') }, ALL_SOLD);
  const { code, out } = await tura('bench', folder, '--suggest');
  assert.is(code, 0, out);
  const suggested = join(folder, 'scenarios/suggested');
  const tram = readFileSync(join(suggested, 'leg-tram-tram.yaml'), 'utf8');
  assert.match(tram, /unconfirmed: true\nsteps:\n.*network: tram, pay: '2\.50', reason: fare-paid/);
  const again = await tura('bench', folder, '--suggest', '--json');
  const [last, before] = objects(again).toReversed();
  assert.equal(before?.suggested, []);
  assert.is(last?.failed, 0);
  assert.ok(Number(last?.unconfirmed) > 0);
});

test('a tariff without any scenario is where suggestions begin', async () => {
  const folder = cityWith({}, ALL_SOLD);
  assert.is((await tura('bench', folder)).code, 2);
  const { code, out } = await tura('bench', folder, '--suggest');
  assert.is(code, 0);
  assert.match(out, /city: \d+ scenarios written into .*suggested\n {2}read each: where the answer is right/);
});

test('--mutate tells the changes of the tariff that its scenarios do not notice, once all pass', async () => {
  const noticed = cityWith({ 'one.yaml': ride('A bus costs a euro', '1.00') });
  const { code, out } = await tura('bench', noticed, '--mutate');
  assert.is(code, 1);
  assert.match(out, /tram\S*\.amount {2}2\.50 -> 2\.51 {2}no scenario notices/);
  assert.not.match(out, /1\.00 -> 1\.01/);
  const failing = await tura('bench', cityWith({ 'one.yaml': ride('dear', '2.00') }), '--mutate');
  assert.match(failing.out, /nothing is changed before all scenarios pass/);
  const told = objects(
    await tura('bench', cityWith({ 'one.yaml': ride('dear', '2.00') }), '--mutate', '--json'),
  );
  assert.is(told.at(-2)?.unchanged, 'nothing is changed before all scenarios pass');
});

test('whoever asks for a sample of the changes asks for changes', async () => {
  const city = cityWith({ 'one.yaml': ride('x', '1.00') });
  const { out } = await tura('bench', city, '--sample', '3');
  assert.match(out, /: 3 mutants: .*; \d+ in all/);
});

test('every shipped tariff passes, with all of its rules and limits tried; the last line of --json says it', async () => {
  const ran = await tura('bench', '--json');
  assert.is(ran.code, 0, ran.err);
  const last = objects(ran).at(-1) ?? {};
  assert.is(last.failed, 0);
  assert.equal([last.ruleCoverage, last.boundaryCoverage], [100, 100]);
  assert.is(last.scenarios, last.passed);
  assert.is(objects(ran).length - 1, last.scenarios, 'a line a scenario before it');
  assert.match(ran.err, /✓ Up to four riders on one card, and all of them change for free/);
});

test('a scenario that fails is exit 1: expected beside actual, and the trace', async () => {
  const city = cityWith({ 'one.yaml': ride('A bus costs two euros', '2.00'), 'two.yaml': ride('x', '1.00') });
  const { code, out } = await tura('bench', city);
  assert.is(code, 1);
  assert.match(out, '✗ A bus costs two euros');
  assert.match(
    out,
    /FAILED city: A bus costs two euros\n {2}.*one\.yaml:2:9: step 1 of 1, 2026-03-02 08:00:00, enters, network bus\n/,
  );
  assert.match(out, /\n {6}pay {2}2\.00 {6}1\.00\n {6}fare paid\n {6}rider 1\.00: Bus, fare bus bus/);
  assert.match(out, /\n2 scenarios: 1 passed, 1 failed /);
});

test('what failed stands in --json with its place, its moment and what it came to', async () => {
  const city = cityWith({ 'one.yaml': ride('dear', '2.00') });
  const [failed] = objects(await tura('bench', city, '--json'));
  assert.equal(
    [failed?.tariff, failed?.scenario, failed?.verdict, failed?.line],
    ['city', 'dear', 'failed', 1],
  );
  const [failure] = (failed?.failures ?? []) as { at: string; misses: unknown }[];
  assert.is(failure?.at, '2026-03-02T08:00:00+05:00');
  assert.equal(failure?.misses, [{ key: 'pay', expected: '2.00', actual: '1.00' }]);
});

test('a file that is wrong is exit 2; the others run, and the report says so', async () => {
  const city = cityWith({
    'one.yaml': ride('sound', '1.00'),
    'two.yaml': ride('misspelt', '1.00', 'crad: {}\n'),
  });
  const ran = await tura('bench', city, '--json');
  assert.is(ran.code, 2);
  assert.match(ran.err, /two\.yaml:2:1: unknown key 'crad' \(expected 'card'\)/);
  assert.match(ran.err, /1 scenario: 1 passed, 0 failed, 1 file wrong/);
  assert.equal(
    objects(ran).map(line => Object.keys(line).slice(0, 3)),
    [
      ['tariff', 'scenario', 'file'],
      ['tariff', 'file', 'problems'],
      ['scenarios', 'passed', 'failed'],
    ],
  );
});

test('what is unconfirmed fails nothing and is listed, with a word where its answer has changed', async () => {
  const city = cityWith({ 'one.yaml': ride('waiting', '2.00', 'unconfirmed: true\n') });
  const { code, out } = await tura('bench', city);
  assert.is(code, 0);
  assert.match(out, /UNCONFIRMED.*\n {2}.*one\.yaml:1:1: waiting \(the answer has changed since\)\n/);
  assert.match(out, '1 scenario: 0 passed, 0 failed, 1 unconfirmed');
});

test('a tariff that does not compile is one failure with its problems', async () => {
  const city = cityWith({ 'one.yaml': ride('x', '1.00') });
  writeFileSync(join(city, 'fare_leg_rules.txt'), 'network_id,fare_product_id\nbus,buss\n');
  const { code, out } = await tura('bench', city);
  assert.is(code, 1);
  assert.match(out, /fare_leg_rules\.txt:2:5: no fare_product_id 'buss' \(expected 'bus'\)/);
});

test('many scenarios are dots', async () => {
  const row = (number: number) => `ride ${number},2026-03-02 08:00,bus,${number === 7 ? '2.00' : '1.00'}`;
  const rows = Array.from({ length: 90 }, (_, number) => row(number)).join('\n');
  const { out } = await tura('bench', cityWith({ 'many.csv': `scenario,at,network,pay\n${rows}\n` }));
  assert.match(out, /\n {2}✓{7}✗✓{72}\n {2}✓{10}\n/);
});

test('the report is written where it was asked for, and its folder made', async () => {
  const [city, file] = [cityWith({ 'one.yaml': ride('x', '1.00') }), join(newState(), 'reports/bench.xml')];
  assert.is((await tura('bench', city, '--junit', file)).code, 0);
  assert.match(
    readFileSync(file, 'utf8'),
    /^<\?xml version="1\.0" encoding="UTF-8"\?>\n<testsuites name="tura bench" tests="1"/,
  );
});

const SLIPS: readonly [what: string, words: readonly string[], says: RegExp][] = [
  ['no such path', ['fixtures/tarifs'], /fixtures\/tarifs: nothing is here \(expected 'fixtures\/tariffs'\)/],
  [
    'no such tariff',
    [join(FIXTURES, 'tariffs/tyumen'), '--tariff', 'src'],
    /src: no tariff is here \(expected a folder with tariff\.yaml\)/,
  ],
  ['a folder without scenarios', ['src'], /src: no scenarios here/],
  [
    'a filter that fits none',
    [join(FIXTURES, 'tariffs/tyumen'), '--filter', 'metro'],
    /no scenario has 'metro' in its name/,
  ],
  [
    'a suggestion for nothing in particular',
    ['--suggest'],
    /--suggest without a tariff\n {2}expected: a tariff's folder: tura bench my-tariff --suggest/,
  ],
  [
    'a suggestion for some scenarios of a tariff',
    [join(FIXTURES, 'tariffs/tyumen/scenarios'), '--suggest'],
    /tyumen\/scenarios: no tariff is here \(expected a folder with tariff\.yaml\)/,
  ],
  [
    'a suggestion for what a filter leaves',
    [join(FIXTURES, 'tariffs/tyumen'), '--suggest', '--filter', 'pupil'],
    /'--suggest' cannot be used with option '--filter <text>'/,
  ],
  [
    'a suggestion for one tariff by the scenarios of another',
    [join(FIXTURES, 'tariffs/tyumen'), '--suggest', '--tariff', join(FIXTURES, 'tariffs/london-like')],
    /'--suggest' cannot be used with option '--tariff <dir>'/,
  ],
  [
    'a report where a folder stands',
    [join(FIXTURES, 'tariffs/tyumen'), '--junit', FIXTURES],
    /report .*: a folder stands where a file belongs/,
  ],
];

for (const [what, words, says] of SLIPS) {
  test(`${what} is bad usage`, async () => {
    const { code, err } = await tura('bench', ...words);
    assert.is(code, 2);
    assert.match(err, says);
  });
}

test('--watch runs again when a scenario or the tariff is saved, through mistakes, until Ctrl-C', async () => {
  const city = cityWith({ 'one.yaml': ride('A bus costs a euro', '2.00') });
  const child = await start(['bench', city, '--watch']);
  const counted = async (words: string) => {
    await child.says(words);
    await child.says('Waiting for a save');
    child.out = '';
    child.err = '';
  };
  await counted('1 scenario: 0 passed, 1 failed');
  writeFileSync(join(city, 'scenarios/one.yaml'), ride('A bus costs a euro', '1.00'));
  await counted('1 scenario: 1 passed, 0 failed');
  writeFileSync(join(city, 'fare_leg_rules.txt'), 'network_id,fare_product_id\nbus,buss\n');
  await counted("no fare_product_id 'buss'");
  writeFileSync(join(city, 'fare_leg_rules.txt'), 'network_id,fare_product_id\nbus,tram\n');
  await child.says(/saved \S*fare_leg_rules\.txt/);
  await counted('pay  1.00      2.50');
  writeFileSync(join(city, 'scenarios/one.yaml'), ride('A bus costs as much as a tram', '2.50'));
  await counted('1 scenario: 1 passed, 0 failed');
  child.interrupt();
  assert.equal(await child.ended, { code: 0, signal: null });
});

test.run();
