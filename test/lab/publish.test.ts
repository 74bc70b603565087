/** Plain lists on their way into a vehicle: whatever changes, the vehicle goes by the list and the keys it has now. */
import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { mediumOf } from '../../src/core/card/card-file.ts';
import type { TokenKeys } from '../../src/core/card/identity.ts';
import { DAY_MS, type EpochMs, epoch, parseInstant } from '../../src/core/time.ts';
import { parseCardFile } from '../../src/lab/card-input.ts';
import { publishLists } from '../../src/lab/publish.ts';
import { type Device, readDevice } from '../../src/onboard/device.ts';
import { readKeyFiles } from '../../src/onboard/key-files.ts';
import { applyStopList } from '../../src/onboard/stoplist/apply.ts';
import { openStopList } from '../../src/onboard/stoplist/stop-list.ts';
import { listFiles } from '../../src/onboard/vehicle/fit-out.ts';
import { bundleFile } from '../../src/wire/list/bundle-file.ts';
import { nodeCrypto } from '../../src/wire/node-crypto.ts';
import { deviceText, FIXTURES, newState, write } from '../cli/input.ts';

const MONDAY = epoch(parseInstant('2026-03-02T07:30:00+05:00') ?? 0);
const HEAD = 'subject_kind,subject,effect,reason\n';
const [BORIS, ANNA] = ['04B0515B10C4ED', '04A1B2C3D4E5F6'];
const blocking = (...uids: readonly string[]): string =>
  HEAD + uids.map(uid => `uid,${uid},decline,lost\n`).join('');

const NEXT_KEY = join(FIXTURES, 'keys/token-key-test-next.yaml');

/** Publishes, applies, and asks the list in the vehicle which of the two cards it declines. */
async function declined(
  device: Device,
  stateFolder: string,
  atMs: EpochMs = MONDAY,
): Promise<{ version: number | undefined; cards: string[]; freshness: string }> {
  const { keys } = readKeyFiles(device.tokenKeys);
  const { stopList } = await publishLists(device, { stateFolder, crypto: nodeCrypto, keys, atMs });
  const file = listFiles(device, stateFolder).stopList;
  await applyStopList(bundleFile(stopList), file, { atMs, realm: device.realm });
  const list = openStopList(file);
  try {
    const cards = ['boris-blocked', 'anna-general'].filter(card => {
      const tokens = tokensOf(card, keys);
      return list.lookup({ tokens }, atMs).kind === 'listed';
    });
    return { version: list.version, cards, freshness: list.freshness(atMs) };
  } finally {
    list.close();
  }
}

const { cards } = parseCardFile(readFileSync(join(FIXTURES, 'cards.yaml'), 'utf8'), 'cards.yaml');

function tokensOf(id: string, keys: TokenKeys) {
  const card = cards.find(candidate => candidate.id === id);
  if (card === undefined) throw new Error(id);
  const medium = mediumOf(card, keys, nodeCrypto);
  return medium.kind === 'identified' ? [medium.token, ...medium.further] : [];
}

const deviceOf = (changed: Parameters<typeof deviceText>[0]): Device =>
  readDevice(write(deviceText(changed), 'd.yaml'));

test('a list is published when its file changes, and not a byte is written when it does not', async () => {
  const state = newState();
  const stopList = write(blocking(BORIS), 'stop.csv');
  const device = deviceOf({ stopList });
  assert.equal(await declined(device, state), { version: 1, cards: ['boris-blocked'], freshness: 'fresh' });
  const bundle = join(state, 'test-bus/published/stop-list.cbor');
  const { mtimeMs } = statSync(bundle);
  assert.is((await declined(device, state)).version, 1);
  assert.is(statSync(bundle).mtimeMs, mtimeMs);
  writeFileSync(stopList, blocking(BORIS, ANNA));
  assert.equal(await declined(device, state), {
    version: 2,
    cards: ['boris-blocked', 'anna-general'],
    freshness: 'fresh',
  });
  writeFileSync(stopList, HEAD);
  assert.equal((await declined(device, state)).cards, []);
});

test('two vehicles with keys of their own have lists of their own, made of one file', async () => {
  const state = newState();
  const stopList = write(blocking(BORIS), 'stop.csv');
  const first = deviceOf({ stopList });
  const second = deviceOf({ stopList, deviceId: 'test-tram', tokenKeys: `[${NEXT_KEY}]` });
  assert.equal((await declined(first, state)).cards, ['boris-blocked']);
  assert.equal(
    (await declined(second, state)).cards,
    ['boris-blocked'],
    'a block under another key blocks nobody',
  );
});

test('a key that is exchanged re-keys the list', async () => {
  const state = newState();
  const stopList = write(blocking(BORIS), 'stop.csv');
  assert.is((await declined(deviceOf({ stopList }), state)).version, 1);
  const rekeyed = deviceOf({ stopList, tokenKeys: `[${NEXT_KEY}]` });
  assert.equal(await declined(rekeyed, state), { version: 2, cards: ['boris-blocked'], freshness: 'fresh' });
});

test('a device that names another file goes by that one, and by the first again when it names it again', async () => {
  const state = newState();
  const [one, other] = [write(blocking(BORIS), 'one.csv'), write(blocking(ANNA), 'other.csv')];
  assert.equal((await declined(deviceOf({ stopList: one }), state)).cards, ['boris-blocked']);
  assert.equal((await declined(deviceOf({ stopList: other }), state)).cards, ['anna-general']);
  assert.equal(await declined(deviceOf({ stopList: one }), state), {
    version: 3,
    cards: ['boris-blocked'],
    freshness: 'fresh',
  });
});

test('a lost note, or all that was published lost, does not stop the next version', async () => {
  const state = newState();
  const stopList = write(blocking(BORIS), 'stop.csv');
  const device = deviceOf({ stopList });
  for (const text of [blocking(BORIS), HEAD, blocking(ANNA)]) {
    writeFileSync(stopList, text);
    await declined(device, state);
  }
  writeFileSync(join(state, 'test-bus/published/stop-list.cbor.json'), '');
  assert.equal(await declined(device, state), { version: 4, cards: ['anna-general'], freshness: 'fresh' });
  rmSync(join(state, 'test-bus/published'), { recursive: true });
  assert.is((await declined(device, state)).version, 5);
});

test('a list that would be stale, or not yet in effect by this clock, is published anew', async () => {
  const state = newState();
  const device = deviceOf({ stopList: write(blocking(BORIS), 'stop.csv') });
  assert.is((await declined(device, state)).version, 1);
  const later = epoch(MONDAY + 4 * DAY_MS);
  assert.equal(await declined(device, state, later), {
    version: 2,
    cards: ['boris-blocked'],
    freshness: 'fresh',
  });
  const unset = epoch(60_000);
  assert.equal(await declined(device, state, unset), {
    version: 3,
    cards: ['boris-blocked'],
    freshness: 'fresh',
  });
});

test('a bundle is passed on as it is', async () => {
  const device = deviceOf({ stopList: write('', 'given.cbor'), cards: undefined });
  const { keys } = readKeyFiles(device.tokenKeys);
  const lists = await publishLists(device, {
    stateFolder: newState(),
    crypto: nodeCrypto,
    keys,
    atMs: MONDAY,
  });
  assert.equal(lists, { stopList: device.stopList });
});

test.run();
