import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { compileZone } from '../../../src/core/tariff/zone.ts';
import { parseDate, parseInstant, type ServiceDate } from '../../../src/core/time.ts';
import { FARE_PRODUCTS, STOP_AREAS } from '../../../src/gtfs/fare-tables.ts';
import { importStops } from '../../../src/onboard/stops/import.ts';
import { openStops, type Stops } from '../../../src/onboard/stops/stops.ts';
import { type Files, feedOf, inFolder, SMALL, smallWith } from './small-feed.ts';

/** Asks the database of a feed. */
function asking(files: Files, body: (stops: Stops) => void): () => Promise<void> {
  return () =>
    inFolder(async folder => {
      await importStops(feedOf(files), `${folder}/stops.db`);
      const stops = openStops(`${folder}/stops.db`);
      try {
        body(stops);
      } finally {
        stops.close();
      }
    });
}

function dateOf(text: string) {
  const date = parseDate(text);
  if (date === undefined) throw new Error(`no date ${text}`);
  return date;
}

const ids = (trips: readonly { tripId: string }[]) => trips.map(trip => trip.tripId);

test(
  'the nearest stops come first, in metres, without stations',
  asking(SMALL, stops => {
    const near = stops.near(57.15, 65.5, 3);
    assert.equal(
      near.map(stop => [stop.stopId, Math.round(stop.metres)]),
      [
        ['A', 0],
        ['B1', 111],
        ['B2', 122],
      ],
    );
    assert.equal(stops.near(57.15, 65.5, 99).length, 4);
    assert.equal(stops.near(57.15, 65.5, 0), []);
  }),
);

test(
  'the routes that stop within so many metres are found, and none where nothing stops',
  asking(SMALL, stops => {
    assert.equal(stops.routesNear(57.15, 65.5, 200), ['R1']);
    assert.equal(stops.routesNear(57.15, 65.6, 200), []);
  }),
);

test(
  "an operator's number is the stop's code, and its id only where it has none",
  asking(SMALL, stops => {
    assert.equal(stops.stopsOfNumber('102'), ['B1']);
    assert.equal(stops.stopsOfNumber('B1'), []);
    assert.equal(stops.stopsOfNumber('M'), []);
  }),
);

test(
  'a block is what one vehicle runs on a day of service',
  asking(SMALL, stops => {
    const tripsOf = (block: string, day: number) =>
      stops.tripsOfBlock(block, day as ServiceDate).map(({ tripId }) => tripId);
    assert.equal(tripsOf('7', 20260302), ['day']);
    assert.equal(tripsOf('7', 20260301), []);
    assert.equal(tripsOf('8', 20260302), []);
  }),
);

test(
  "a stop has its own time zone, else its station's, else the agency's",
  asking(SMALL, stops => {
    assert.is(stops.timezone, 'Europe/Warsaw');
    assert.is(stops.stop('B2')?.timezone, 'Asia/Omsk');
    assert.is(stops.stop('B1')?.timezone, 'Asia/Yekaterinburg');
    assert.is(stops.stop('A')?.timezone, 'Europe/Warsaw');
  }),
);

test(
  'a stop is told with its station, zone and kind; an unknown one is undefined',
  asking(SMALL, stops => {
    const { name, zoneId, parentStation, kind, platformCode } = stops.stop('B1') ?? {};
    assert.equal(
      [name, zoneId, parentStation, kind, platformCode],
      ['Market, east', '1', 'M', 'platform', undefined],
    );
    assert.is(stops.stop('M')?.kind, 'station');
    assert.is(stops.stop('nowhere'), undefined);
  }),
);

test(
  'a line is called by its short name, else its long one; networks come from either table',
  asking(SMALL, stops => {
    const [one, ring] = [stops.route('R1'), stops.route('R2')];
    assert.equal([one?.line, one?.type, one?.networkIds, one?.color], ['1', 3, ['city'], 'FF0000']);
    assert.equal([ring?.line, ring?.type, ring?.networkIds, ring?.color], ['Ring', 0, ['tram'], undefined]);
    assert.is(stops.route('R9'), undefined);
  }),
);

test(
  'a trip is told with its stop times as the feed has them',
  asking(SMALL, stops => {
    const trip = stops.trip('day');
    assert.equal(
      [trip?.routeId, trip?.headsign, trip?.directionId, trip?.blockId, trip?.shapeId],
      ['R1', 'Depot', 0, '7', 'S'],
    );
    assert.equal([trip?.firstS, trip?.lastS], [28_800, 30_000]);
    assert.equal(trip?.stopTimes, [
      {
        stopId: 'A',
        stopSequence: 1,
        arrivalS: 28_800,
        departureS: 28_800,
        pickupType: 0,
        dropOffType: 1,
        approximate: false,
        distance: 0,
      },
      {
        stopId: 'B1',
        stopSequence: 2,
        arrivalS: 29_100,
        departureS: 29_190,
        pickupType: 0,
        dropOffType: 0,
        approximate: true,
        distance: 111.25,
      },
      {
        stopId: 'B2',
        stopSequence: 3,
        arrivalS: undefined,
        departureS: undefined,
        pickupType: 3,
        dropOffType: 2,
        approximate: false,
        distance: undefined,
      },
      {
        stopId: 'C',
        stopSequence: 10,
        arrivalS: 30_000,
        departureS: 30_000,
        pickupType: 1,
        dropOffType: 0,
        approximate: false,
        distance: undefined,
      },
    ]);
    assert.is(stops.trip('never'), undefined);
  }),
);

test(
  'a shape is told by its points',
  asking(SMALL, stops => {
    assert.equal(stops.shape('S'), [
      { sequence: 1, lat: 57.15, lon: 65.5, distance: 0 },
      { sequence: 2, lat: 57.151, lon: 65.5, distance: 111.25 },
      { sequence: 7, lat: 57.16, lon: 65.52, distance: undefined },
    ]);
    assert.is(stops.shape('Z'), undefined);
  }),
);

const DAYS: readonly [what: string, date: string, trips: readonly string[]][] = [
  ['a working day', '2026-04-30', ['day', 'night']],
  ['a Saturday', '2026-05-02', []],
  ['a holiday: one service taken away, one added', '2026-05-01', ['feast']],
  ['the first day', '2026-01-01', ['day', 'night']],
  ['the day before the first', '2025-12-31', []],
  ['the last day', '2026-12-31', ['day', 'night']],
];
for (const [what, date, trips] of DAYS) {
  test(
    `the trips of ${what} come by their first time`,
    asking(SMALL, stops => {
      assert.equal(ids(stops.tripsOn('R1', dateOf(date))), trips);
      assert.equal(stops.tripsOn('R2', dateOf(date)), []);
    }),
  );
}

const MOMENTS: readonly [what: string, at: string, trips: readonly [trip: string, day: number][]][] = [
  ['a second before the first stop', '2026-04-29T07:59:59+02:00', []],
  ['at the first stop', '2026-04-29T08:00:00+02:00', [['day', 20260429]]],
  ['at the last stop', '2026-04-29T08:20:00+02:00', [['day', 20260429]]],
  ['a second after the last stop', '2026-04-29T08:20:01+02:00', []],
  ['after midnight, on the service day before', '2026-04-30T01:00:00+02:00', [['night', 20260429]]],
  ['after midnight into a holiday', '2026-05-01T00:30:00+02:00', [['night', 20260430]]],
  ['after midnight following a day without service', '2026-05-04T00:30:00+02:00', []],
];
for (const [what, at, runs] of MOMENTS) {
  test(
    `which trip is under way ${what}`,
    asking(SMALL, stops => {
      assert.equal(under(stops, 'R1', at), runs);
    }),
  );
}

const ONE_TRIP_FROM = (time: string, until: string) =>
  smallWith({
    'calendar.txt': SMALL['calendar.txt']?.replace('WORK,1,1,1,1,1,0,0', 'WORK,1,1,1,1,1,1,1'),
    'calendar_dates.txt': undefined,
    'trips.txt': 'route_id,service_id,trip_id\nR1,WORK,t\n',
    'stop_times.txt': `trip_id,arrival_time,departure_time,stop_id,stop_sequence\nt,${time},${time},A,1\nt,${until},${until},C,2\n`,
  });

test(
  'where clocks go forward, the timetable of the day begins at 23:00 the day before',
  asking(ONE_TRIP_FROM('00:00:00', '00:30:00'), stops => {
    assert.equal(under(stops, 'R1', '2026-03-28T23:10:00+01:00'), [['t', 20260329]]);
    assert.equal(under(stops, 'R1', '2026-03-29T00:10:00+01:00'), []);
    assert.equal(under(stops, 'R1', '2026-03-29T23:10:00+02:00'), []);
  }),
);

test(
  'a trip of two days is found on its third',
  asking(ONE_TRIP_FROM('23:00:00', '49:00:00'), stops => {
    assert.equal(under(stops, 'R1', '2026-06-03T00:30:00+02:00'), [
      ['t', 20260601],
      ['t', 20260602],
    ]);
  }),
);

function under(stops: Stops, route: string, at: string) {
  const zone = compileZone(stops.timezone);
  const moment = parseInstant(at);
  if (zone === undefined || moment === undefined) throw new Error(`no moment ${at}`);
  return stops.tripsAt(route, zone, moment).map(run => [run.tripId, run.serviceDate]);
}

test(
  'fare tables are kept as they are',
  asking(SMALL, stops => {
    assert.equal(stops.fares(FARE_PRODUCTS), [
      {
        line: 2,
        fare_product_id: 'single',
        fare_product_name: undefined,
        rider_category_id: undefined,
        fare_media_id: undefined,
        amount: '37.00',
        currency: 'RUB',
      },
    ]);
    assert.is(stops.fares(STOP_AREAS).length, 2);
  }),
);

test(
  'the feed is told with its version and days',
  asking(SMALL, stops => {
    const { hash, ...rest } = stops.feed;
    assert.match(hash, /^[0-9a-f]{64}$/);
    assert.equal(rest, { version: '2026-1', publisher: 'Tura', startDate: 20260101, endDate: 20261231 });
  }),
);

test.run();
