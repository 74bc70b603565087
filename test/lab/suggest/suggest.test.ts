/** Suggested scenarios: each touches what it was made for, passes as it is written, and waits for a person. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { readTariffFiles } from '../../../src/gtfs/tariff-files.ts';
import { Coverage } from '../../../src/lab/coverage/coverage.ts';
import { inventoryOf } from '../../../src/lab/coverage/inventory.ts';
import { Random } from '../../../src/lab/random.ts';
import { worldOf } from '../../../src/lab/search/world.ts';
import { gapsOf, touchedBy } from '../../../src/lab/suggest/gap.ts';
import { type Suggestion, suggest } from '../../../src/lab/suggest/suggest.ts';
import { nodeCrypto } from '../../../src/wire/node-crypto.ts';
import { cityFiles } from '../../core/fare/city.ts';
import { missesOf, scenariosOf } from '../scenario/scenarios.ts';

const SETTINGS = `
transfers:
  - { id: hour, product: 9, window: 60 min, inclusive: true, count: 1, sameRoute: allowed, media: [card], categories: [adult], groupCovered: false, freeRideOpensWindow: false, source: assumed }
caps:
  - { id: day, product: 9, limit: { amount: '6.00' }, period: { every: day, starts: calendar }, covers: {}, source: assumed }
`;

const { tariffs, metres } = readTariffFiles(new Map(Object.entries(cityFiles(SETTINGS))), 'city', nodeCrypto);
const [CITY] = tariffs;
const inventory = inventoryOf(tariffs);
const GAPS = gapsOf(tariffs, inventory, new Coverage(inventory).counted(), []);

function suggestions(
  seed: number,
  drafts = 2000,
  gaps = GAPS,
): { found: Suggestion[]; left: readonly string[] } {
  const found: Suggestion[] = [];
  let left: readonly string[] = [];
  for (const step of suggest(worldOf(tariffs, metres), inventory, gaps, drafts, new Random(seed))) {
    if (step.kind === 'suggestion') found.push(step.suggestion);
    else left = [...step.left.keys()];
  }
  return { found, left };
}

const { found, left } = suggestions(1);

test('of a tariff that nobody has tried, everything is suggested that a ride can touch', () => {
  assert.ok(found.length > 5);
  assert.equal(left, []);
  const together = new Set(
    found.flatMap(({ text }) =>
      scenariosOf(text, CITY).flatMap(one => touchedBy(tariffs, inventory, one, GAPS)),
    ),
  );
  assert.is(together.size, GAPS.size);
});

test('each waits for a person, and comes to what it says', () => {
  for (const { text } of found) {
    assert.match(text, /\nunconfirmed: true\n/);
    assert.equal(missesOf(text, CITY), [], text);
  }
});

test('each is as small as it stays about its limit', () => {
  const late = 'side transfer:hour window: 1:00:01';
  const [one] = suggestions(1, 2000, new Map([...GAPS].filter(([name]) => name === late))).found;
  const lines = (one?.text ?? '').split('\n');
  assert.equal(lines.slice(0, 3), [
    "scenario: 'transfer:hour window: 1:00:01'",
    'unconfirmed: true',
    'steps:',
  ]);
  assert.match(lines[3] ?? '', /at: 2026-02-02 08:00, network: \w+, pay: .*, reason: fare-paid \}$/);
  assert.is(lines[4], lines[3]?.replace('08:00', '09:00:01'));
  assert.is(lines.length, 6);
});

test('what a scenario touches that waits already is suggested no second time', () => {
  const [first] = found;
  const waiting = scenariosOf(first?.text ?? '', CITY);
  const gaps = gapsOf(tariffs, inventory, new Coverage(inventory).counted(), waiting);
  assert.ok(gaps.size < GAPS.size);
  assert.ok([...gaps.values()].every(({ name }) => name !== first?.gap.name));
});

test('the same seed suggests the same, and where nothing is missing nothing is suggested', () => {
  assert.equal(suggestions(1), { found, left });
  assert.equal([...suggest(worldOf(tariffs, metres), inventory, new Map(), 100, new Random(1))], []);
});

test.run();
