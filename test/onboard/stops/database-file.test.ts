/** The file of a stops database: it is replaced whole or not at all, and no other file is taken for one. */
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { importStops } from '../../../src/onboard/stops/import.ts';
import { openStops } from '../../../src/onboard/stops/stops.ts';
import { change, faultOf, feedOf, inFolder, manyTimes, SMALL, smallWith } from './small-feed.ts';

test('a refused feed leaves the database as it was, byte for byte', () =>
  inFolder(async folder => {
    const file = join(folder, 'stops.db');
    await importStops(feedOf(SMALL), file);
    const before = readFileSync(file);
    await faultOf(() => importStops(feedOf(smallWith(change('stop_times.txt', 'night,25', 'x,25'))), file));
    assert.equal(readFileSync(file), before);
    assert.equal(readdirSync(folder), ['stops.db']);
  }));

test('whoever has the old database open reads on in it while a new one takes its place', () =>
  inFolder(async folder => {
    const file = join(folder, 'stops.db');
    await importStops(feedOf(SMALL), file);
    const old = openStops(file);
    await importStops(feedOf(smallWith(change('stops.txt', 'Quay', 'Pier'))), file);
    assert.is(old.stop('A')?.name, 'Quay');
    old.close();
    const fresh = openStops(file);
    assert.is(fresh.stop('A')?.name, 'Pier');
    fresh.close();
  }));

test('an import killed in its midst leaves the old database, and the next import clears up', () =>
  inFolder(async folder => {
    const [file, feed] = [join(folder, 'stops.db'), join(folder, 'feed')];
    mkdirSync(feed);
    for (const [name, text] of Object.entries(SMALL)) writeFileSync(join(feed, name), text);
    await importStops(feedOf(SMALL), file);
    const before = readFileSync(file);
    const script = fileURLToPath(import.meta.resolve('./killed-import.ts'));
    const killed = spawnSync(process.execPath, ['--import', 'tsx', script, feed, file]);
    assert.is(killed.signal, 'SIGKILL', String(killed.stderr));
    assert.equal(readFileSync(file), before);
    assert.is(readdirSync(folder).filter(name => name.startsWith('stops.db.')).length, 1);
    await importStops(feedOf(SMALL), file);
    assert.equal(readdirSync(folder).sort(), ['feed', 'stops.db']);
  }));

test('a second import of the same file at the same time is refused', () =>
  inFolder(async folder => {
    const file = join(folder, 'stops.db');
    const first = importStops(feedOf(SMALL), file);
    const fault = await faultOf(() => importStops(feedOf(SMALL), file));
    assert.is(fault.code, 'state-in-use');
    await first;
    openStops(file).close();
  }));

test('no room left: the fault says so and names the file, which stays as it was', () =>
  inFolder(async folder => {
    const file = join(folder, 'stops.db');
    await importStops(feedOf(SMALL), file);
    const before = readFileSync(file);
    for (const limitBytes of [16_384, 100_000]) {
      const files = manyTimes((trip, stop) => trip * 90 + stop);
      const fault = await faultOf(() => importStops(feedOf(files), file, { limitBytes }));
      assert.is(fault.code, 'disk-full');
      assert.is(fault.where, file);
    }
    assert.equal(readFileSync(file), before);
    assert.equal(readdirSync(folder), ['stops.db']);
  }));

test('a folder that takes no file: the fault says so and names the file', () =>
  inFolder(async folder => {
    // Root writes into any folder but those the kernel makes.
    const root = process.getuid?.() === 0;
    if (!root) chmodSync(folder, 0o555);
    const file = join(root ? '/sys/kernel' : folder, 'stops.db');
    const fault = await faultOf(() => importStops(feedOf(SMALL), file));
    assert.is(fault.code, 'disk-read-only');
    assert.is(fault.where, file);
    chmodSync(folder, 0o755);
  }));

test('a folder in the place of the database is bad usage', () =>
  inFolder(async folder => {
    const fault = await faultOf(() => importStops(feedOf(SMALL), folder));
    assert.is(fault.code, 'bad-usage');
    assert.is(fault.where, folder);
  }));

const NO_DATABASES: readonly [what: string, make: (file: string) => void][] = [
  ['nothing', () => undefined],
  ['a text', file => writeFileSync(file, 'stop_id,stop_name\nA,Quay\n'.repeat(100))],
  ['another SQLite file', file => foreign(file, 0, 1)],
  ['a stops database of another version', file => foreign(file, 0x54555354, 999)],
];
for (const [what, make] of NO_DATABASES) {
  test(`${what} in the place of a stops database is refused by name`, () =>
    inFolder(async folder => {
      const file = join(folder, 'stops.db');
      make(file);
      const fault = await faultOf(() => openStops(file));
      assert.is(fault.where, file);
      assert.match(fault.message, 'stops database');
      assert.match(fault.message, file);
    }));
}

function foreign(file: string, application: number, version: number): void {
  const database = new Database(file);
  database.exec('CREATE TABLE journal (sequence INTEGER PRIMARY KEY)');
  database.pragma(`application_id = ${application}`);
  database.pragma(`user_version = ${version}`);
  database.close();
}

test.run();
