/**
 * Real feeds imported whole, against counts and rows taken from their files by other means: lines and commas.
 */
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { openFeed } from '../../../src/gtfs/open-feed.ts';
import { importStops } from '../../../src/onboard/stops/import.ts';
import { openStops } from '../../../src/onboard/stops/stops.ts';
import { withFeed } from '../../feeds.ts';
import { inFolder } from './small-feed.ts';

/** The lines of each text file that are neither its first nor empty. */
async function linesOf(path: string): Promise<Map<string, string[]>> {
  const feed = await openFeed(path);
  const lines = new Map<string, string[]>();
  for (const { name, stream } of feed.files) {
    const pieces: Uint8Array[] = [];
    for await (const piece of stream()) pieces.push(piece);
    const [, ...rest] = Buffer.concat(pieces).toString().split('\n');
    lines.set(
      name.replace('.txt', ''),
      rest.filter(line => line.trim() !== ''),
    );
  }
  feed.close();
  return lines;
}

const secondsOf = (time = '') => time.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);

const FEEDS: readonly [name: string, tables: number][] = [
  ['ctran-fares-v2.zip', 14],
  ['mbta-fares-v2-partial.zip', 13],
  ['transcollines-fares-v2.zip', 14],
  ['zakroczym-fares-v2.zip', 15],
];
for (const [name, tables] of FEEDS) {
  test(
    `${name} is imported whole: every table has as many rows as its file lines`,
    withFeed(name, path =>
      inFolder(async folder => {
        const feed = await openFeed(path);
        const { counts } = await importStops(feed, join(folder, 'stops.db'));
        feed.close();
        const lines = await linesOf(path);
        assert.is(Object.keys(counts).length, tables);
        for (const [table, count] of Object.entries(counts))
          assert.is(count, lines.get(table)?.length, table);
      }),
    ),
  );
}

test(
  'Tampa, 435,507 stop times: every count and every stop time of every thousandth trip is as in the file',
  withFeed('hart-tampa-bus-streetcar.zip', path =>
    inFolder(async folder => {
      const file = join(folder, 'stops.db');
      const feed = await openFeed(path);
      const { counts, warnings } = await importStops(feed, file);
      feed.close();
      const lines = await linesOf(path);
      assert.equal(warnings, []);
      assert.equal(
        counts,
        Object.fromEntries(Object.keys(counts).map(table => [table, lines.get(table)?.length])),
      );
      assert.equal(Object.keys(counts).length, lines.size);
      assert.is(counts.stop_times, 435_507);
      const stops = openStops(file);
      for (const [tripId, rows] of everyThousandthTrip(lines.get('stop_times') ?? [])) {
        assert.equal(stops.trip(tripId)?.stopTimes, rows, tripId);
      }
      stops.close();
    }),
  ),
);

/** As the feed's own columns say: trip_id, arrival, departure, stop_id, sequence, pickup, drop off, distance, timepoint. */
function everyThousandthTrip(lines: readonly string[]): Map<string, unknown[]> {
  const trips = new Map<string, unknown[]>();
  for (const line of lines) {
    const [trip = '', arrival, departure, stopId, sequence, pickup, dropOff, distance, timepoint] = line
      .trim()
      .split(',');
    const rows = trips.get(trip) ?? [];
    trips.set(trip, rows);
    rows.push({
      stopId,
      stopSequence: Number(sequence),
      arrivalS: secondsOf(arrival),
      departureS: secondsOf(departure),
      pickupType: Number(pickup),
      dropOffType: Number(dropOff),
      approximate: timepoint === '0',
      distance: distance === '' ? undefined : Math.fround(Number(distance)),
    });
  }
  return new Map([...trips].filter((_, index) => index % 1000 === 0));
}

test.run();
