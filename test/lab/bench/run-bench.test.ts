/** A run of the bench: what passes, what fails, what cannot be run and hinders nobody else. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { findSuites } from '../../../src/lab/bench/find-suites.ts';
import { cityIn, ride, run, TICK_MS, withFiles } from './folders.ts';

type Files = Readonly<Record<string, string>>;
const bench = (files: Files, filter?: string) =>
  withFiles(files, folder => run(findSuites([folder]), filter));

test('a scenario passes, fails, or waits for a person, and each is counted by itself', () => {
  const { suites, totals } = bench(
    cityIn('a', {
      'one.yaml': ride('right', '1.00'),
      'two.yaml': ride('wrong', '2.00'),
      'waiting.yaml': ride('wrong, and unconfirmed', '2.00', 'unconfirmed: true\n'),
    }),
  );
  assert.equal(totals, { scenarios: 3, passed: 1, failed: 1, unconfirmed: 1, wrongFiles: 0 });
  const [suite] = suites;
  assert.equal(suite?.kind === 'ran' && suite.scenarios.map(({ verdict }) => verdict), [
    'passed',
    'failed',
    'unconfirmed',
  ]);
});

test('a step that failed is told by its number, with why it came to that', () => {
  const [suite] = bench(cityIn('a', { 'one.yaml': ride('wrong', '2.00') })).suites;
  if (suite?.kind !== 'ran') throw new Error('the suite runs');
  const [result] = suite.scenarios;
  const [failure] = result?.failures ?? [];
  assert.is(failure?.number, 1);
  assert.equal(failure?.misses, [{ key: 'pay', expected: '2.00', actual: '1.00' }]);
  assert.match(
    failure?.told.join('\n') ?? '',
    /^fare paid\nrider 1\.00: Bus, fare bus bus \(fare_leg_rules\.txt:2/,
  );
  assert.is(result?.ms, TICK_MS);
});

test('a scenario that is wrong is not run, and the others run', () => {
  const { suites, totals } = bench(
    cityIn('a', {
      'one.yaml': ride('wrong', 'x'),
      'two.yaml': ride('right', '1.00'),
      'rows.csv': 'scenario,att\n',
    }),
  );
  assert.equal([totals.passed, totals.wrongFiles], [1, 2]);
  const [suite] = suites;
  assert.equal(suite?.kind === 'ran' && suite.wrongFiles.map(({ problems }) => problems[0]?.what), [
    "'x' is no amount",
    "column 'at' is missing",
  ]);
});

test('a tariff that does not compile fails as one, and the others run', () => {
  const { suites, totals } = bench({
    ...cityIn('a', { 'one.yaml': ride('never run', '1.00') }),
    'a/fare_leg_rules.txt': 'network_id,fare_product_id\nbus,buss\n',
    ...cityIn('b', { 'one.yaml': ride('right', '1.00') }),
  });
  assert.equal(totals, { scenarios: 2, passed: 1, failed: 1, unconfirmed: 0, wrongFiles: 0 });
  const [broken] = suites;
  assert.match((broken?.kind === 'broken' && broken.problems[0]?.what) || '', "no fare product 'buss'");
});

test('a filter takes what has it in its title, its file or its tariff, whatever the case', () => {
  const files = cityIn('a', { 'bus.yaml': ride('One', '1.00'), 'tram.yaml': ride('Two', '1.00') });
  const titles = (filter: string) => bench(files, filter).totals.scenarios;
  assert.equal(['TRAM.', 'one', 'city', 'three'].map(titles), [1, 1, 2, 0]);
});

test('progress is told scenario by scenario', async () => {
  const { runBench } = await import('../../../src/lab/bench/run-bench.ts');
  const { nodeCrypto } = await import('../../../src/wire/node-crypto.ts');
  const told: string[] = [];
  withFiles(cityIn('a', { '1.yaml': ride('x', '1.00'), '2.yaml': ride('y', '1.00') }), folder =>
    runBench(findSuites([folder]), {
      crypto: nodeCrypto,
      clock: () => 0,
      onScenario: (done, of) => told.push(`${done} of ${of}`),
    }),
  );
  assert.equal(told, ['1 of 2', '2 of 2']);
});

test.run();
