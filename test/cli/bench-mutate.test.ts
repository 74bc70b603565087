/** What `tura bench --mutate` says of a tariff and its scenarios. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { type MutateOptions, mutateTariffs, type ProvedTariff } from '../../src/cli/bench-mutate.ts';
import { createOutput } from '../../src/cli/output.ts';
import { readTariffFiles } from '../../src/gtfs/tariff-files.ts';
import type { Passes } from '../../src/lab/mutate/run-mutants.ts';
import { passes as passesIt } from '../../src/lab/scenario/play-scenario.ts';
import { nodeCrypto } from '../../src/wire/node-crypto.ts';
import { cityFiles } from '../core/fare/city.ts';
import { scenariosOf } from '../lab/scenario/scenarios.ts';
import { heard, objects, type Ran } from './tura.ts';

const FILES = new Map(Object.entries(cityFiles('')));
const ADULT = scenariosOf(
  `
scenario: An adult pays 1.00 for a bus and 2.50 for a tram
steps:
  - { at: 2026-03-02 08:00, network: bus, pay: '1.00' }
  - { at: 2026-03-02 12:00, network: tram, pay: '2.50' }
`,
  readTariffFiles(FILES, 'city', nodeCrypto).tariff,
);
const passes: Passes = tariffs => ADULT.every(scenario => passesIt(tariffs, scenario));

const CITY: ProvedTariff = {
  name: 'city',
  files: FILES,
  scenarios: [{ passes }],
};

function mutate(tariff: ProvedTariff, json: boolean, options: Partial<MutateOptions> = {}): Promise<Ran> {
  return heard(async () => {
    await mutateTariffs(createOutput(json), [tariff], { seed: 1, ...options });
    return Number(process.exitCode ?? 0);
  });
}

test('a change that no scenario notices is said with its place, and is the answer no', async () => {
  const { code, out } = await mutate(CITY, false);
  assert.is(code, 1);
  assert.match(
    out,
    /city\/fare_products\.txt:3:16 {2}bus\/child\/card\.amount {2}0\.50 -> 0\.51 {2}no scenario notices\n/,
  );
  assert.not.match(out, /1\.00 -> 1\.01/);
  assert.match(out, /city: \d+ mutants: \d+ noticed, \d+ not, 0 explained; \d+ no tariff, \d+ no change\n$/);
});

test('what a scenario file explains is no gap, and an explanation of nothing is said', async () => {
  const unnoticed = [
    { change: '*', why: 'only this test is about it' },
    { change: 'tariff.yaml caps.0 day -> removed', why: 'it was there once' },
  ];
  const { code, err, out } = await mutate({ ...CITY, scenarios: [{ passes, unnoticed }] }, false);
  assert.is(code, 0);
  assert.match(err, /warning city: this explains nothing: tariff\.yaml caps\.0 day -> removed/);
  assert.match(out, /^city: \d+ mutants: \d+ noticed, 0 not, \d+ explained/);
});

test('--json says every survivor, every explained one with its why, and the sums last', async () => {
  const unnoticed = [{ change: 'tariff.yaml passback.furtherRider 1 min -> *', why: 'nobody rides along' }];
  const lines = objects(await mutate({ ...CITY, scenarios: [{ passes, unnoticed }] }, true));
  const explained = lines.filter(({ fate }) => fate === 'explained');
  assert.equal(
    explained.map(({ to, why }) => [to, why]),
    ['59 s', '61 s'].map(other => [other, 'nobody rides along']),
  );
  const survived = lines.filter(({ fate }) => fate === 'survived');
  const last = lines.at(-1) ?? {};
  assert.equal(Object.keys(last), ['mutants', 'stillborn', 'same', 'killed', 'survived', 'explained']);
  assert.is(last.survived, survived.length);
  assert.is(last.explained, 2);
  const { mutants, ...fates } = last;
  assert.is(
    mutants,
    Object.values(fates).reduce((sum: number, count) => sum + Number(count), 0),
  );
});

test('a sample says of how many it is, and does not judge what explains nothing in it', async () => {
  const unnoticed = [{ change: 'tariff.yaml caps.0 day -> removed', why: 'it was there once' }];
  const { out, err } = await mutate({ ...CITY, scenarios: [{ passes, unnoticed }] }, false, { sample: 5 });
  assert.match(out, /city: 5 mutants: .*; \d+ in all\n$/);
  assert.is(err, '');
});

test.run();
