import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createContext, runInContext } from 'node:vm';
import { build } from 'esbuild';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { LIBRARY } from '../scripts/library.ts';
import type * as Library from '../src/fare.ts';
import { TYUMEN_FOLDER } from './tariffs.ts';

/** What a browser has of what the language itself does not bring. */
const BROWSER = { TextEncoder, TextDecoder };

async function inBrowser(): Promise<typeof Library> {
  const built = await build({ ...LIBRARY, format: 'iife', globalName: 'fare', write: false });
  const context = createContext({ ...BROWSER });
  runInContext(built.outputFiles[0]?.text ?? '', context);
  return runInContext('fare', context) as typeof Library;
}

function tyumen(): Record<string, string> {
  const names = readdirSync(TYUMEN_FOLDER).filter(name => /\.(txt|yaml)$/.test(name));
  return Object.fromEntries(names.map(name => [name, readFileSync(join(TYUMEN_FOLDER, name), 'utf8')]));
}

test('the library rates a ride where there is no Node', async () => {
  const { compileTariff, epoch, formatAmount, rate, serviceDateAt } = await inBrowser();
  const { tariff } = compileTariff(tyumen(), 'tyumen');
  const atMs = epoch(Date.parse('2026-03-02T07:30:00+05:00'));
  const { lines, reason } = rate(tariff, undefined, {
    ref: 'tap-1',
    atMs,
    serviceDate: serviceDateAt(tariff.zone, tariff.dayStartS, atMs),
    trip: '25-07-30',
    mediumClass: 'transport-card',
    category: 'student',
  });
  const said = lines.map(line => `${line.funder} ${formatAmount(line.amountMinor, tariff.currency)}`);
  assert.equal([reason, ...said], ['concession', 'rider 21.00', 'region 21.00']);
});

test('a tariff is the same to the library and to the program', async () => {
  const { compileTariff } = await inBrowser();
  const { readTariff } = await import('../src/gtfs/tariff-folder.ts');
  const { nodeCrypto } = await import('../src/wire/node-crypto.ts');
  assert.is(compileTariff(tyumen()).tariff.hash, readTariff(TYUMEN_FOLDER, nodeCrypto).tariff.hash);
});

test('what is wrong with a tariff is thrown with file, line and column', async () => {
  const { compileTariff } = await inBrowser();
  const files = tyumen();
  const wrong = {
    ...files,
    'tariff.yaml': files['tariff.yaml']?.replace('fallback: general', 'fallback: genral') ?? '',
  };
  assert.throws(
    () => compileTariff(wrong),
    /tariff\/tariff\.yaml:\d+:\d+: no category 'genral' \(expected 'general'\)/,
  );
});

test.run();
