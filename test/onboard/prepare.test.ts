/** A device and all it leads to, compiled once, kept, and compiled again whenever it could be another. */
import { cpSync, existsSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { type Prepared, prepare } from '../../src/onboard/prepare.ts';
import { nodeCrypto } from '../../src/wire/node-crypto.ts';
import { deviceText, folder, newState, write } from '../cli/input.ts';
import { singleOf, TYUMEN_FOLDER } from '../tariffs.ts';
import { ACQUIRER_KEY } from './payment/acquirer.ts';

const BUILD = 'build 1';

async function prepared(
  file: string,
  stateFolder: string,
  build: string | undefined = BUILD,
): Promise<Prepared> {
  return prepare(file, { stateFolder, crypto: nodeCrypto, build });
}

/** A device with a tariff of its own. */
function ownTariff(): { file: string; tariff: string } {
  const tariff = join(folder, `tariff-${Math.trunc(performance.now() * 1000)}`);
  cpSync(TYUMEN_FOLDER, tariff, { recursive: true });
  return { file: write(deviceText({ tariff }), 'device.yaml'), tariff };
}

/** The cashless fare of a general card, in kopecks. */
function price({ tariffs }: Prepared): number | undefined {
  return singleOf(tariffs.at(-1) ?? tariffs[0], 'general')?.amountMinor;
}

test('what was kept is what was compiled, to the last value', async () => {
  const state = newState();
  const { file } = ownTariff();
  const first = await prepared(file, state);
  const second = await prepared(file, state);
  assert.is.not(second.tariffs, first.tariffs);
  assert.equal(second, { ...first, device: { ...first.device } });
  assert.equal(second.keys[0].secret, first.keys[0].secret);
  assert.instance(second.keys[0].secret, Uint8Array);
});

test("an acquirer's key is kept with the rest, and read again when its file changes", async () => {
  const state = newState();
  const key = write(readFileSync(ACQUIRER_KEY, 'utf8'), 'acquirer.yaml');
  const file = write(deviceText({ payment: `{ acquirerKey: ${key}, sink: folder }` }), 'device.yaml');
  const first = await prepared(file, state);
  const second = await prepared(file, state);
  assert.is.not(second.tariffs, first.tariffs);
  assert.equal(second.acquirer, first.acquirer);
  assert.instance(second.acquirer?.publicKey, Uint8Array);
  writeFileSync(key, readFileSync(ACQUIRER_KEY, 'utf8').replace('keyId: 1', 'keyId: 2'));
  assert.is((await prepared(file, state)).acquirer?.keyId, 2);
});

test('a price that changed is charged, also where the file kept its size and its time', async () => {
  const state = newState();
  const { file, tariff } = ownTariff();
  const products = join(tariff, 'fare_products.txt');
  const then = new Date('2026-01-01T00:00:00Z');
  utimesSync(products, then, then);
  assert.is(price(await prepared(file, state)), 3700);
  const text = readFileSync(products, 'utf8');
  assert.ok(text.includes('37.00'));
  writeFileSync(products, text.replaceAll('37.00', '39.00'));
  utimesSync(products, then, then);
  assert.is(price(await prepared(file, state)), 3900);
});

test('another program compiles anew, and the source itself keeps nothing', async () => {
  const state = newState();
  const { file } = ownTariff();
  await prepared(file, state);
  const note = join(state, 'prepared');
  assert.ok(existsSync(note));
  const spoilt = await prepared(file, state, 'build 2');
  assert.is(price(spoilt), 3700);
  const fromSource = newState();
  await prepare(file, { stateFolder: fromSource, crypto: nodeCrypto });
  assert.not(existsSync(fromSource));
});

test('a device file that names another tariff leads there', async () => {
  const state = newState();
  const { file } = ownTariff();
  assert.is(price(await prepared(file, state)), 3700);
  const other = ownTariff();
  const products = join(other.tariff, 'fare_products.txt');
  writeFileSync(products, readFileSync(products, 'utf8').replaceAll('37.00', '41.00'));
  writeFileSync(file, readFileSync(other.file));
  assert.is(price(await prepared(file, state)), 4100);
});

test.run();
