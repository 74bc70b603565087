/** From a device file to a vehicle: what is kept below the state folder is derived when it must be, and only then. */

import { randomBytes } from 'node:crypto';
import { cpSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { TuraError } from '../../../src/core/error.ts';
import { publishLists } from '../../../src/lab/publish.ts';
import { PlayedClock } from '../../../src/onboard/clock.ts';
import { prepare } from '../../../src/onboard/prepare.ts';
import { fitOut, listFiles, type Outfit } from '../../../src/onboard/vehicle/fit-out.ts';
import { nodeCrypto } from '../../../src/wire/node-crypto.ts';
import { deviceText, FIXTURES, folder, newState, write } from '../../cli/input.ts';
import { MemoryJournal } from '../uplink/memory-journal.ts';
import { MONDAY } from './bench.ts';

let feeds = 0;

/** A small feed of its own, to be changed: the fixture feed without most of its trips. */
function smallFeed(): string {
  const feed = join(folder, `feed-${++feeds}`);
  cpSync(join(FIXTURES, 'feeds/tyumen'), feed, { recursive: true });
  for (const [table, column] of [
    ['trips.txt', 2],
    ['stop_times.txt', 0],
  ] as const) {
    const [head = '', ...rows] = readFileSync(join(feed, table), 'utf8').split('\n');
    const kept = rows.filter(row => /^25-we\d-07/.test(row.split(',')[column] ?? ''));
    writeFileSync(join(feed, table), `${[head, ...kept].join('\n')}\n`);
  }
  return feed;
}

async function fitted<T>(
  file: string,
  stateFolder: string,
  use: (outfit: Outfit) => T | Promise<T>,
  imports: string[] = [],
): Promise<T> {
  const prepared = await prepare(file, { stateFolder, crypto: nodeCrypto });
  const clock = new PlayedClock(MONDAY);
  const common = { ...prepared, stateFolder, crypto: nodeCrypto, random: randomBytes };
  const lists = await publishLists(prepared.device, { ...common, atMs: MONDAY });
  const outfit = await fitOut(prepared.device, {
    ...{ ...common, lists, clock, journal: new MemoryJournal(), readers: [] },
    onProgress: ({ file }) => imports.push(file),
  });
  try {
    return await use(outfit);
  } finally {
    outfit.close();
  }
}

function feedFile(state: string): string {
  const [name = ''] = readdirSync(join(state, 'feeds')).filter(name => name.endsWith('.db'));
  return join(state, 'feeds', name);
}

test('a feed is imported once, and again when it changes', async () => {
  const [feed, state, imports] = [smallFeed(), newState(), [] as string[]];
  const file = write(deviceText({ feed }), 'd.yaml');
  const first = await fitted(file, state, ({ parts }) => parts.feedVersion, imports);
  assert.ok(imports.includes('stop_times.txt'));
  imports.length = 0;
  assert.is(await fitted(file, state, ({ parts }) => parts.feedVersion, imports), first);
  assert.equal(imports, []);
  const stops = join(feed, 'stops.txt');
  writeFileSync(stops, readFileSync(stops, 'utf8').replace('Технопарк', 'Новый парк'));
  assert.is.not(await fitted(file, state, ({ parts }) => parts.feedVersion, imports), first);
});

const DAMAGES: readonly [what: string, damage: (file: string) => void][] = [
  ['is of another version', file => new Database(file).pragma('user_version = 999')],
  ['is no database', file => writeFileSync(file, 'what a card left when the power went')],
  ['is empty', file => writeFileSync(file, '')],
];

for (const [what, damage] of DAMAGES) {
  test(`a derived file that ${what} is derived again, and nobody is stopped by it`, async () => {
    const [feed, state] = [smallFeed(), newState()];
    const file = write(deviceText({ feed }), 'd.yaml');
    const { device } = await prepare(file, { stateFolder: state, crypto: nodeCrypto });
    const { stopList, cards } = listFiles(device, state);
    const look = ({ parts }: Outfit) => [
      parts.feedVersion,
      parts.stopList.list.count,
      parts.cards?.list.count,
    ];
    const before = await fitted(file, state, look);
    for (const derived of [feedFile(state), stopList, cards]) {
      damage(derived);
      assert.equal(await fitted(file, state, look), before, derived);
    }
  });
}

for (const [what, damage] of DAMAGES) {
  test(`a list whose file ${what} while the vehicle runs is derived again when it is opened anew`, async () => {
    const [feed, state] = [smallFeed(), newState()];
    await fitted(write(deviceText({ feed }), 'd.yaml'), state, async ({ parts }) => {
      for (const opened of [parts.stopList, parts.cards]) {
        assert.ok(opened !== undefined);
        damage(opened.file);
        const anew = await opened.reopen();
        assert.equal([anew.version, anew.count], [opened.list.version, opened.list.count], opened.what);
        anew.close();
      }
    });
  });
}

test('a feed that goes wrong is told, and the one that stood is kept', async () => {
  const [feed, state] = [smallFeed(), newState()];
  const file = write(deviceText({ feed }), 'd.yaml');
  await fitted(file, state, () => undefined);
  const { size } = statSync(feedFile(state));
  const stops = join(feed, 'stops.txt');
  const good = readFileSync(stops, 'utf8');
  writeFileSync(stops, good.replace(/,5\d\.\d+,/, ',95.1,'));
  try {
    await fitted(file, state, () => undefined);
    assert.unreachable();
  } catch (error) {
    assert.instance(error, TuraError);
    assert.match(String(error), /stops\.txt:\d+:\d+: .*95\.1/);
  }
  assert.is(statSync(feedFile(state)).size, size);
  writeFileSync(stops, good);
  await fitted(file, state, () => undefined);
});

test.run();
