/** `tura tariff check --search`: findings are the answer no, and each can be cut out as a scenario. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { missesOf, shipped } from '../lab/scenario/scenarios.ts';
import { FLAT } from '../lab/search/planted.ts';
import { FIXTURES, folder } from './input.ts';
import { objects, tura } from './tura.ts';

const TYUMEN = join(FIXTURES, 'tariffs/tyumen');

function flatTariff(): string {
  const flat = mkdtempSync(join(folder, 'flat-'));
  for (const [name, text] of Object.entries(FLAT)) writeFileSync(join(flat, name), text);
  return flat;
}

test('a plain flat fare has no findings: exit code 0', async () => {
  const { code, out } = await tura('tariff', 'check', flatTariff(), '--search', '--tries', '100');
  assert.is(code, 0);
  assert.match(out, /nothing wrong\n0 findings in 100 outings, seed 1\n$/);
});

test('findings are said as YAML between their sums, and end with exit code 1', async () => {
  const { code, out } = await tura('tariff', 'check', TYUMEN, '--search', '--tries', '1000');
  assert.is(code, 1);
  assert.match(
    out,
    /\n# \d\. right: as student 42\.00, as general 37\.00: concession:student \(tariff\.yaml:74\) against transfer:general-60 \(tariff\.yaml:88\)\n/,
  );
  const documents = out.slice(out.indexOf('\n') + 1, out.lastIndexOf('---')).split('---\n');
  assert.ok(documents.length >= 2);
  for (const text of documents) assert.equal(missesOf(text, shipped('tyumen')), [], text);
});

test('--json says a finding with both scenarios a line, and how many there were last', async () => {
  const lines = objects(
    await tura('tariff', 'check', TYUMEN, '--search', '--tries', '1000', '--seed', '2', '--json'),
  );
  const found = lines.flatMap(({ finding }) => (finding === undefined ? [] : [finding]));
  assert.ok(found.length > 0);
  const text = JSON.stringify(found[0]);
  assert.match(
    text,
    /"kind":"[a-z-]+","why":".+","dear":\{"name":".+","amount":"[\d.]+","rules":\[.*\],"scenario":"scenario: /,
  );
  assert.equal(lines.at(-1), { outings: 1000, seed: 2, findings: found.length });
});

const SLIPS: readonly [line: string, says: RegExp][] = [
  [`tariff check ${TYUMEN} --seed 3`, /--seed without a search\n {2}expected: --search/],
  [
    `tariff check ${FIXTURES}/feeds/tyumen --search`,
    /a feed has no taps to search\n {2}expected: a folder with tariff\.yaml/,
  ],
  [`tariff check ${TYUMEN} --search --tries none`, /Expected a whole number from 1/],
  ['tariff check nowhere --search', /no tariff folder nowhere/],
];

for (const [line, says] of SLIPS) {
  test(`'tura ${line.replaceAll(FIXTURES, '')}' is bad usage or bad input: exit code 2`, async () => {
    const { code, out, err } = await tura(...line.split(' '));
    assert.is(code, 2);
    assert.is(out, '');
    assert.match(err, says);
  });
}

test('a tariff with an error is not searched, and its error is told', async () => {
  const flat = flatTariff();
  writeFileSync(join(flat, 'fare_leg_rules.txt'), 'fare_product_id\nrude\n');
  const { code, out, err } = await tura('tariff', 'check', flat, '--search');
  assert.is(code, 1);
  assert.match(err, /fare_leg_rules\.txt:2:1: no fare_product_id 'rude' \(expected 'ride'\)/);
  assert.not.match(out, /findings/);
});

test.run();
