/** The report for CI systems: well-formed XML that says what the run came to. */
import { SaxesParser, type SaxesTagPlain } from 'saxes';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { findSuites } from '../../../src/lab/bench/find-suites.ts';
import { junitOf } from '../../../src/lab/bench/junit.ts';
import { cityIn, ride, run, withFiles } from './folders.ts';

interface Node {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Node[];
  text: string;
}

/** By a strict parser, which throws at the first thing that is no XML. */
function parsed(xml: string): Node {
  const root: Node = { name: '', attributes: {}, children: [], text: '' };
  const open = [root];
  const parser = new SaxesParser();
  parser.on('error', error => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }: SaxesTagPlain) => {
    const node: Node = { name, attributes: { ...attributes }, children: [], text: '' };
    open.at(-1)?.children.push(node);
    open.push(node);
  });
  parser.on('text', text => {
    const node = open.at(-1);
    if (node !== undefined) node.text += text;
  });
  parser.on('closetag', () => open.pop());
  parser.write(xml).close();
  return root.children[0] ?? root;
}

function reported(files: Readonly<Record<string, string>>): Node {
  return withFiles(files, folder => {
    const xml = junitOf(run(findSuites([folder])), 1.5);
    return parsed(xml.replaceAll(folder, '.'));
  });
}

test('a suite is a tariff, a case a scenario, with its place and its time', () => {
  const report = reported(cityIn('a', { 'one.yaml': ride('right', '1.00') }));
  assert.equal(report.attributes, {
    name: 'tura bench',
    tests: '1',
    failures: '0',
    errors: '0',
    skipped: '0',
    time: '1.500',
  });
  const [suite] = report.children;
  assert.equal(
    [suite?.attributes.name, suite?.attributes.file, suite?.attributes.time],
    ['city', './a', '0.250'],
  );
  const [one] = suite?.children ?? [];
  assert.equal(one?.attributes, {
    name: 'right',
    classname: 'city',
    file: './a/scenarios/one.yaml',
    line: '1',
    time: '0.250',
  });
});

test('a failure says the first miss, and the whole of it with its trace', () => {
  const [suite] = reported(cityIn('a', { 'one.yaml': ride('wrong', '2.00') })).children;
  const [failure] = suite?.children[0]?.children ?? [];
  assert.is(failure?.name, 'failure');
  assert.is(failure?.attributes.message, 'pay is 1.00, not 2.00');
  assert.match(failure?.text ?? '', /one\.yaml:2:9: step 1 of 1, 2026-03-02 08:00:00, enters, network bus\n/);
  assert.match(failure?.text ?? '', /\n {4}pay {2}2\.00 {6}1\.00\n {4}fare paid\n/);
});

test('what waits for a person is skipped; what could not be run is an error', () => {
  const report = reported({
    ...cityIn('a', {
      'one.yaml': ride('waiting', '1.00', 'unconfirmed: true\n'),
      'two.yaml': ride('wrong', 'x'),
    }),
    ...cityIn('b', { 'one.yaml': ride('never run', '1.00') }),
    'b/fare_leg_rules.txt': 'network_id,fare_product_id\nbus,buss\n',
  });
  const { tests, errors, skipped } = report.attributes;
  assert.equal([tests, errors, skipped], ['3', '2', '1']);
  const kinds = report.children.flatMap(suite =>
    suite.children.flatMap(({ children }) => children.map(({ name }) => name)),
  );
  assert.equal(kinds, ['skipped', 'error', 'error']);
});

test('whatever a title holds, it is read as it was, but for what XML cannot hold', () => {
  const titles = ['<&> "\'" ]]>', 'пересадка — 60 мин 🚋', 'two\\nlines\\tand a tab', 'bell \\a'];
  const files = Object.fromEntries(
    titles.map((title, index) => [`${index}.yaml`, ride(`"${title.replaceAll('"', '\\"')}"`, '2.00')]),
  );
  const [suite] = reported(cityIn('a', files)).children;
  assert.equal(
    suite?.children.map(({ attributes }) => attributes.name),
    ['<&> "\'" ]]>', 'пересадка — 60 мин 🚋', 'two\nlines\tand a tab', 'bell \ufffd'],
  );
});

test.run();
