/** Where the timetable of the fixture feed puts a vehicle, moment by moment. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Place } from '../../../src/core/tap.ts';
import { compileZone } from '../../../src/core/tariff/zone.ts';
import { type EpochMs, parseInstant, type Zone } from '../../../src/core/time.ts';
import { openFeed } from '../../../src/gtfs/open-feed.ts';
import { driverPosition } from '../../../src/onboard/position/driver.ts';
import { openPosition } from '../../../src/onboard/position/open-position.ts';
import type { Position } from '../../../src/onboard/position/position.ts';
import { timetablePosition } from '../../../src/onboard/position/timetable.ts';
import { importStops } from '../../../src/onboard/stops/import.ts';
import { openStops, type Stops } from '../../../src/onboard/stops/stops.ts';
import { FOLDER } from '../../fixtures/tyumen.ts';

const folder = mkdtempSync(join(tmpdir(), 'tura-position-'));
let stops: Stops;
let zone: Zone;

test.before(async () => {
  const feed = await openFeed(FOLDER);
  const file = join(folder, 'stops.db');
  await importStops(feed, file);
  await feed.close();
  stops = openStops(file);
  const compiled = compileZone(stops.timezone);
  if (compiled === undefined) throw new Error(stops.timezone);
  zone = compiled;
});

test.after(() => {
  stops.close();
  rmSync(folder, { recursive: true });
});

/** By the clock of Tyumen. */
function at(local: string): EpochMs {
  const ms = parseInstant(`${local}+05:00`);
  if (ms === undefined) throw new Error(local);
  return ms;
}

/** `trip stop sequence`, or how well the place is known. */
function said({ quality, tripId, stopId, stopSequence }: Place): string {
  return tripId === undefined ? quality : `${tripId} ${stopId} ${stopSequence}`;
}

const STARTED: readonly [when: string, routeId: string, local: string, place: string][] = [
  ['before the day', 'tram-1', '2026-03-02T04:00:00', 'unknown'],
  ['a second before the first vehicle is there', 'tram-1', '2026-03-02T05:14:59', 'unknown'],
  ['early at its first stop', 'tram-1', '2026-03-02T05:15:00', 't1-we0-0530 vokzal-3 1'],
  ['on the trip that began last', 'tram-1', '2026-03-02T12:00:00', 't1-we1-1151 melnik-o 5'],
  ['after the last tram', 'tram-1', '2026-03-03T00:00:00', 'unknown'],
  ['by the Saturday timetable', 'bus-25', '2026-03-07T12:00:00', '25-sa1-1200 montazh 1'],
  ['by the Sunday timetable', 'bus-25', '2026-03-08T12:00:00', '25-su1-1200 montazh 1'],
  ['on a holiday, which runs as a Sunday', 'bus-25', '2026-03-09T12:00:00', '25-su1-1200 montazh 1'],
  ['after the feed has ended', 'bus-25', '2028-01-03T12:00:00', 'unknown'],
  ['on the night line in the evening', 'bus-n1', '2026-03-02T23:15:00', 'n1-ni0-2330 vokzal-1 1'],
  ['on the night line after midnight', 'bus-n1', '2026-03-03T00:20:00', 'n1-ni1-2400 dramteatr-b 11'],
  ["on last night's last trip", 'bus-n1', '2026-03-03T05:00:00', 'n1-ni1-2830 pervomay-a 16'],
  ['when the night is over', 'bus-n1', '2026-03-03T05:30:00', 'unknown'],
];

for (const [when, routeId, local, place] of STARTED) {
  test(`started ${when}, a vehicle is by the timetable at: ${place}`, () => {
    const { placeAt } = bound(timetablePosition(stops, zone, routeId));
    assert.is(said(placeAt(at(local))), place);
  });
}

const bound = (position: Position) => ({ placeAt: (ms: EpochMs) => position.placeAt(ms) });

/** One vehicle through its day: it keeps to its trip, then to its block. */
const DAYS: readonly [day: string, routeId: string, ...moments: [local: string, place: string][]][] = [
  [
    'a tram turns round at the terminus',
    'tram-1',
    ['2026-03-02T07:49:00', 't1-we1-0748 avtovokzal-2 1'],
    ['2026-03-02T07:50:19', 't1-we1-0748 avtovokzal-2 1'],
    ['2026-03-02T07:50:20', 't1-we1-0748 energetik 2'],
    ['2026-03-02T08:05:49', 't1-we1-0748 profsoyuz-b 8'],
    // It arrives at 08:05:50 and leaves at 08:06:20.
    ['2026-03-02T08:05:50', 't1-we1-0748 cvetnoy-b 9'],
    ['2026-03-02T08:06:30', 't1-we1-0748 cvetnoy-b 9'],
    ['2026-03-02T08:12:10', 't1-we1-0748 vokzal-3 12'],
    ['2026-03-02T08:12:11', 't1-we0-0824 vokzal-3 1'],
    ['2026-03-02T08:24:00', 't1-we0-0824 vokzal-3 1'],
    ['2026-03-02T08:26:00', 't1-we0-0824 pervomay-b 2'],
  ],
  [
    'a layover of half an hour on the night line is spent at the next first stop, over midnight',
    'bus-n1',
    ['2026-03-02T23:59:30', 'n1-ni1-2330 pervomay-a 16'],
    ['2026-03-03T00:05:00', 'n1-ni0-2430 vokzal-1 1'],
    ['2026-03-03T00:29:59', 'n1-ni0-2430 vokzal-1 1'],
    ['2026-03-03T00:59:00', 'n1-ni0-2430 permyakova 16'],
    ['2026-03-03T01:29:00', 'n1-ni1-2530 avtovokzal-1 1'],
    ['2026-03-03T05:10:00', 'unknown'],
    ['2026-03-03T23:20:00', 'n1-ni0-2330 vokzal-1 1'],
  ],
  [
    'a clock that jumps finds the same block again, whatever began since',
    'tram-1',
    ['2026-03-02T07:49:00', 't1-we1-0748 avtovokzal-2 1'],
    ['2026-03-02T10:30:00', 't1-we1-1021 melnik-o 5'],
    ['2026-03-02T23:40:00', 'unknown'],
    ['2026-03-03T07:49:00', 't1-we1-0748 avtovokzal-2 1'],
  ],
  [
    'a clock that is set back finds the trip that ran then',
    'tram-1',
    ['2026-03-02T08:24:00', 't1-we1-0824 avtovokzal-2 1'],
    ['2026-03-02T07:20:00', 't1-we1-0712 medzavod 4'],
  ],
];

for (const [day, routeId, ...moments] of DAYS) {
  test(`${day}`, () => {
    const position = timetablePosition(stops, zone, routeId);
    assert.equal(
      moments.map(([local]) => [local, said(position.placeAt(at(local)))]),
      moments,
    );
  });
}

test('a place is the same object until something of it changed', () => {
  const position = timetablePosition(stops, zone, 'tram-1');
  const early = position.placeAt(at('2026-03-02T03:00:00'));
  assert.is(position.placeAt(at('2026-03-02T04:00:00')), early);
  const first = position.placeAt(at('2026-03-02T07:49:00'));
  assert.is.not(first, early);
  assert.is(position.placeAt(at('2026-03-02T07:50:19')), first);
  const second = position.placeAt(at('2026-03-02T07:50:20'));
  assert.is.not(second, first);
  assert.is(position.placeAt(at('2026-03-02T07:51:00')), second);
});

test('a place says everything a record and a fare need', () => {
  const place = timetablePosition(stops, zone, 'tram-1').placeAt(at('2026-03-02T07:50:20'));
  const { lat, lon, ...rest } = place;
  assert.equal(rest, {
    source: 'timetable',
    quality: 'likely',
    routeId: 'tram-1',
    line: 'T1',
    networkId: 'city',
    tripId: 't1-we1-0748',
    direction: 1,
    stopId: 'energetik',
    stopName: stops.stop('energetik')?.name,
    stopSequence: 2,
    zoneIds: ['city'],
  });
  assert.ok(lat !== undefined && lat > 57 && lon !== undefined && lon > 65);
});

test('off duty, the route is known and the stop is not: that is said, and nothing is guessed', () => {
  const place = timetablePosition(stops, zone, 'tram-1').placeAt(at('2026-03-02T03:00:00'));
  assert.equal(place, {
    source: 'timetable',
    quality: 'unknown',
    routeId: 'tram-1',
    line: 'T1',
    networkId: 'city',
  });
});

test('every start of the demo, on any kind of day, finds both vehicles on a trip', () => {
  const lost: string[] = [];
  for (
    let day = at('2026-03-02T00:00:00');
    day < at('2026-03-17T00:00:00');
    day = (day + 86_400_000) as EpochMs
  ) {
    for (const hour of [7.5, 11.5, 15.5, 19.5]) {
      for (const routeId of ['bus-25', 'tram-1']) {
        const position = timetablePosition(stops, zone, routeId);
        for (const minute of [0.5, 20, 41]) {
          const moment = (day + (hour * 60 + minute) * 60_000) as EpochMs;
          if (position.placeAt(moment).stopId === undefined)
            lost.push(`${routeId} ${new Date(moment).toISOString()}`);
        }
      }
    }
  }
  assert.equal(lost, []);
});

test("the driver's word is a certain place without a trip, the same for ever", () => {
  const position = openPosition({ source: 'driver', routeId: 'bus-25', stopId: 'cvetnoy-a' }, stops, zone);
  const { lat, lon, ...place } = position.placeAt(at('2026-03-02T07:30:00'));
  assert.equal(place, {
    source: 'driver',
    quality: 'certain',
    routeId: 'bus-25',
    line: '25',
    networkId: 'city',
    stopId: 'cvetnoy-a',
    stopName: 'Цветной бульвар',
    zoneIds: ['city'],
  });
  assert.is(position.placeAt(at('2027-01-01T00:00:00')), position.placeAt(at('2026-03-02T07:30:00')));
});

test('a driver may name a route alone; what the feed does not know is no place', () => {
  const now = at('2026-03-02T07:30:00');
  const { stopId, routeId, quality } = driverPosition(stops, { routeId: 'tram-1' }).placeAt(now);
  assert.equal({ stopId, routeId, quality }, { stopId: undefined, routeId: 'tram-1', quality: 'certain' });
  const nowhere = driverPosition(stops, { routeId: 'tram-9', stopId: 'nowhere' }).placeAt(now);
  assert.equal(nowhere, { source: 'unknown', quality: 'unknown' });
});

test.run();
