/** A feed that is imported: what is stored of it, how far it is, and which hash it gets. */
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { importStops } from '../../../src/onboard/stops/import.ts';
import { openStops } from '../../../src/onboard/stops/stops.ts';
import { type Files, feedOf, inFolder, manyTimes, SMALL, smallWith } from './small-feed.ts';

test('an import tells how many rows of each table it stored', () =>
  inFolder(async folder => {
    const report = await importStops(feedOf(SMALL), join(folder, 'stops.db'));
    assert.equal(report.counts, {
      agency: 1, feed_info: 1, stops: 5, routes: 2, calendar: 1, calendar_dates: 2, shapes: 3, trips: 3,
      stop_times: 8, fare_products: 1, networks: 1, route_networks: 1, areas: 1, stop_areas: 2,
    }); // biome-ignore format: a table reads best as one block
    assert.equal([report.stations, report.zones], [1, 2]);
    assert.equal(report.warnings, []);
  }));

test('progress runs up to all bytes of the files that are read', () =>
  inFolder(async folder => {
    const seen: number[] = [];
    let total = 0;
    await importStops(feedOf({ ...SMALL, 'translations.txt': 'x\n' }), join(folder, 'stops.db'), {
      onProgress: ({ bytesRead, bytesTotal }) => {
        seen.push(bytesRead);
        total = bytesTotal;
      },
    });
    assert.equal(
      seen,
      [...seen].sort((a, b) => a - b),
    );
    assert.is(seen.at(-1), total);
    assert.is(
      total,
      Object.values(SMALL).reduce((sum, text) => sum + Buffer.byteLength(text), 0),
    );
  }));

test('the hash is of the contents: another time is another hash, another order of files is not', () =>
  inFolder(async folder => {
    const hashOf = async (files: Files) =>
      (await importStops(feedOf(files), join(folder, 'stops.db'))).feedHash;
    const hash = await hashOf(SMALL);
    assert.is(await hashOf(Object.fromEntries(Object.entries(SMALL).reverse())), hash);
    const later = SMALL['stop_times.txt']?.replace('09:20:00', '09:21:00');
    assert.is.not(await hashOf(smallWith({ 'stop_times.txt': later })), hash);
  }));

test('the rows of a trip may stand anywhere in the file', () =>
  inFolder(async folder => {
    const file = join(folder, 'stops.db');
    const tripsOf = async (files: Files) => {
      const { counts } = await importStops(feedOf(files), file);
      assert.is(counts.stop_times, 9_000);
      const stops = openStops(file);
      const trips = Array.from({ length: 100 }, (_, trip) => stops.trip(`t${trip}`));
      stops.close();
      return trips;
    };
    const together = await tripsOf(manyTimes((trip, stop) => trip * 90 + stop));
    assert.is(together[99]?.stopTimes.length, 90);
    assert.equal(await tripsOf(manyTimes((trip, stop) => stop * 100 + trip)), together);
    assert.equal(await tripsOf(manyTimes((trip, stop) => (trip * 90 + stop) % 4_001)), together);
    assert.equal(await tripsOf(manyTimes((trip, stop) => -(trip + stop))), together);
  }));

test.run();
