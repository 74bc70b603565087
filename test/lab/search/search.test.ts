/** What the search finds in a tariff, how small it makes it, and that it finds nothing where there is nothing. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { readTariff } from '../../../src/gtfs/tariff-folder.ts';
import { Random } from '../../../src/lab/random.ts';
import type { Finding } from '../../../src/lab/search/finding.ts';
import { MOST_FINDINGS, search } from '../../../src/lab/search/search.ts';
import { type Told, tell } from '../../../src/lab/search/told.ts';
import { type World, worldOf } from '../../../src/lab/search/world.ts';
import { nodeCrypto } from '../../../src/wire/node-crypto.ts';
import { FLAT, PLANTED, upsideDown, worldIn } from './planted.ts';

const TARIFFS = join(import.meta.dirname, '../../../fixtures/tariffs');
const DEFAULT_TRIES = 10_000;

function* findings(world: World, tries: number, seed: number): Generator<Finding> {
  for (const step of search(world, tries, new Random(seed))) if (step.kind === 'found') yield step.finding;
}

function toldOf(world: World, tries: number, seed: number): readonly Told[] {
  return [...findings(world, tries, seed)].map(finding => tell(world.tariffs, finding));
}

/** The three, each with both sums, and how many rides its dearer way has left. */
const FAULTS = [
  'splitting 5.00 > 4.00, 1 ride',
  'detour 4.00 > 3.00, 1 ride',
  'right 4.00 > 3.00, 4 rides',
] as const;

for (const seed of [1, 2, 3, 4, 5]) {
  test(`with seed ${seed} the three planted faults are found, each as small as it can be`, () => {
    const world = worldIn(PLANTED);
    const left = new Set<string>(FAULTS);
    for (const finding of findings(world, DEFAULT_TRIES, seed)) {
      const { kind, dear, cheap, boundary } = tell(world.tariffs, finding);
      const rides = finding.outing.trips.length;
      const said = `${kind} ${dear.amount} > ${cheap.amount}, ${rides} ${rides === 1 ? 'ride' : 'rides'}`;
      // What is filled of a cap before its day begins is filled for nothing: that is true, and no fault.
      if (kind === 'waiting') assert.is(boundary?.kind, 'charging-day');
      else assert.ok(left.delete(said), said);
      if (left.size === 0) return;
    }
    assert.unreachable(`not found: ${[...left].join('; ')}`);
  });
}

const SMALL = toldOf(worldIn(PLANTED), 1000, 1);

test('each planted fault is told by the rules that make it', () => {
  const whyOf = (kind: string) => SMALL.find(one => one.kind === kind)?.why ?? '';
  assert.match(
    whyOf('splitting'),
    /^the way in one ride 5\.00, the same way in two rides 4\.00: .*rail-whole.* against .*rail-half/,
  );
  assert.match(
    whyOf('detour'),
    /^left at the nearer stop 4\.00, gone on to a farther one 3\.00: .*boat-near.* against .*boat-far/,
  );
  assert.match(
    whyOf('right'),
    /^as child 4\.00, as adult 3\.00: discount:child \(tariff\.yaml:\d+\) against cap:adult \(tariff\.yaml:\d+\)$/,
  );
});

test('a finding is a pair of scenarios at round times, on an ordinary day, at the first stops', () => {
  const told = SMALL.find(({ kind }) => kind === 'splitting');
  assert.is(
    told?.dear.scenario,
    `scenario: 'splitting, the way in one ride: 5.00'
steps:
  - { at: 2026-02-02 08:00, does: enter, network: rail, stop: quay, pay: '0.00' }
  - { at: 2026-02-02 09:00, does: leave, network: rail, stop: park, pay: '5.00' }
`,
  );
  assert.match(
    told?.cheap.scenario ?? '',
    /leave, network: rail, stop: mill, pay: '2\.00' \}\n.*enter, network: rail, stop: mill/,
  );
});

test('a plain flat fare has nothing to find, whatever the seed', () => {
  const world = worldIn(FLAT);
  for (let seed = 1; seed <= 20; seed++) assert.equal([...findings(world, 200, seed)], []);
});

test('the same seed finds the same in the same order, another seed looks elsewhere', () => {
  const world = worldIn(PLANTED);
  const first = toldOf(world, 300, 7);
  assert.equal(toldOf(worldIn(PLANTED), 300, 7), first);
  assert.not.equal(toldOf(world, 300, 8), first);
});

for (const name of readdirSync(TARIFFS)) {
  test(`whatever is found in ${name} is dearer one way than the other, and plays as it is told`, () => {
    const { tariffs, metres } = readTariff(join(TARIFFS, name), nodeCrypto);
    const found = toldOf(worldOf(tariffs, metres), 300, 5);
    for (const { dear, cheap } of found) assert.ok(Number(dear.amount) > Number(cheap.amount));
    const whys = found.map(({ why }) => why);
    assert.is(new Set(whys).size, whys.length);
  });
}

test('a tariff that is wrong all over is looked at before it is searched further', () => {
  const steps = [...search(worldIn(upsideDown(24)), DEFAULT_TRIES, new Random(1))];
  const last = steps.at(-1);
  assert.ok(last?.kind === 'tried' && last.outings < DEFAULT_TRIES);
  assert.is(steps.filter(({ kind }) => kind === 'found').length, MOST_FINDINGS);
});

test('a tariff under which nobody can ride is searched at once', () => {
  const nobody = { ...worldIn(FLAT), payers: [] };
  assert.equal([...search(nobody, 100, new Random(1))], []);
});

test.run();
