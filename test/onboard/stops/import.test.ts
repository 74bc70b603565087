import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { formatProblem, TuraError } from '../../../src/core/error.ts';
import { importStops } from '../../../src/onboard/stops/import.ts';
import { openStops } from '../../../src/onboard/stops/stops.ts';
import { type Files, feedOf, inFolder, SMALL, smallWith } from './small-feed.ts';

async function faultOf(work: () => unknown): Promise<TuraError> {
  try {
    await work();
  } catch (fault) {
    if (fault instanceof TuraError) return fault;
    throw fault;
  }
  throw new Error('nothing was refused');
}

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

/** 100 trips of 90 stops: more than are held at once. */
function manyTimes(order: (trip: number, stop: number) => number): Files {
  const rows = Array.from({ length: 9_000 }, (_, index) => [index % 100, Math.floor(index / 100)] as const);
  const sorted = rows.sort(([tripA, stopA], [tripB, stopB]) => order(tripA, stopA) - order(tripB, stopB));
  const time = (stop: number) => `${6 + Math.floor(stop / 60)}:${String(stop % 60).padStart(2, '0')}:00`;
  const times = sorted.map(
    ([trip, stop]) => `t${trip},${time(stop)},${time(stop)},${'AC'[stop % 2]},${stop}\n`,
  );
  const trips = Array.from({ length: 100 }, (_, trip) => `R1,WORK,t${trip}\n`);
  return smallWith({
    'trips.txt': `route_id,service_id,trip_id\n${trips.join('')}`,
    'stop_times.txt': `trip_id,arrival_time,departure_time,stop_id,stop_sequence\n${times.join('')}`,
  });
}

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

const change = (file: string, from: string, to: string) => ({ [file]: SMALL[file]?.replace(from, to) });

const REFUSED: readonly [
  what: string,
  changes: Record<string, string | undefined>,
  said: readonly string[],
][] = [
  ['a missing file', { 'stops.txt': undefined }, ['small: has no stops.txt']],
  [
    'a misspelt file',
    { 'routes.txt': undefined, 'route.txt': 'x' },
    ["small: has no routes.txt; is 'route.txt' meant?"],
  ],
  [
    'a table of no rows',
    { 'agency.txt': 'agency_name,agency_timezone\n' },
    ['small/agency.txt: has no rows'],
  ],
  ['trips without times', { 'stop_times.txt': undefined }, ['small: has no stop_times.txt']],
  ['times without trips', { 'trips.txt': undefined }, ['small: has no trips.txt']],
  [
    'trips without any calendar',
    { 'calendar.txt': undefined, 'calendar_dates.txt': undefined },
    ['small/trips.txt:1: service_id refers to calendar.txt or calendar_dates.txt, which the feed lacks'],
  ],
  [
    'a missing column',
    change('stop_times.txt', 'stop_sequence', 'sequence'),
    [
      "small/stop_times.txt:1:1: column 'stop_sequence' is missing",
      "small/stop_times.txt:1:45: unknown column 'sequence'",
    ],
  ],
  [
    'a coordinate that is none',
    change('stops.txt', '57.1600', '157.16'),
    ["small/stops.txt:5:13: stop_lat is '157.16' (expected degrees from -90 to 90, such as 57.15303)"],
  ],
  [
    'a stop without a coordinate',
    change('stops.txt', '57.1500,65.5000', '57.1500,'),
    ['small/stops.txt:2:20: stop_lon is empty (expected stop_lat and stop_lon in degrees)'],
  ],
  [
    'a time zone that is none',
    change('agency.txt', 'Europe/Warsaw', 'Mars/Phobos'),
    [
      "small/agency.txt:2:28: agency_timezone is 'Mars/Phobos' (expected an IANA time zone: Asia/Yekaterinburg)",
    ],
  ],
  [
    'a repeated stop',
    change('stops.txt', 'C,104', 'A,104'),
    ["small/stops.txt:5:1: the same stop_id 'A' as in line 2 (expected each once)"],
  ],
  [
    'a season that ends before it begins',
    change('calendar.txt', '20261231', '20251231'),
    ['small/calendar.txt:2:29: end_date 20251231 is before start_date (expected a day from 20260101 on)'],
  ],
  [
    'a station that is nowhere',
    change('stops.txt', 'west",57.1511,65.5001,1,,M', 'west",57.1511,65.5001,1,,N'),
    ["small/stops.txt:4:42: parent_station 'N' stands nowhere in stops.txt"],
  ],
  [
    'an agency that is nowhere',
    change('routes.txt', 'R2,T', 'R2,U'),
    ["small/routes.txt:3:4: agency_id 'U' stands nowhere in agency.txt"],
  ],
  [
    'a route and a service that are nowhere',
    change('trips.txt', 'R1,WORK,night', 'R9,SLEEP,night'),
    [
      "small/trips.txt:3:1: route_id 'R9' stands nowhere in routes.txt",
      "small/trips.txt:3:4: service_id 'SLEEP' stands nowhere in calendar.txt or calendar_dates.txt",
    ],
  ],
  [
    'a trip and a stop that are nowhere',
    change('stop_times.txt', 'night,25:10:00,25:10:00,C', 'nigth,25:10:00,25:10:00,D'),
    [
      "small/stop_times.txt:7:1: trip_id 'nigth' stands nowhere in trips.txt",
      "small/stop_times.txt:7:25: stop_id 'D' stands nowhere in stops.txt",
    ],
  ],
  [
    'a place of a trip that is taken twice',
    change('stop_times.txt', 'feast,09:20:00,09:20:00,C,2', 'feast,09:20:00,09:20:00,C,1'),
    ['small/stop_times.txt:9: stop_sequence 1 stands twice in one trip (expected each once)'],
  ],
  [
    'a time that is none',
    change('stop_times.txt', '08:06:30', '8.06'),
    [
      "small/stop_times.txt:3:14: departure_time is '8.06' (expected H:MM:SS, such as 25:35:00 for 01:35 the next day)",
    ],
  ],
];
for (const [what, changes, said] of REFUSED) {
  test(`${what}: refused with where and what, and nothing is left behind`, () =>
    inFolder(async folder => {
      const fault = await faultOf(() => importStops(feedOf(smallWith(changes)), join(folder, 'stops.db')));
      assert.is(fault.code, 'bad-input');
      assert.equal(fault.problems.map(formatProblem), said);
      assert.equal(readdirSync(folder), []);
    }));
}

const TOLD: readonly [what: string, changes: Record<string, string | undefined>, said: readonly string[]][] =
  [
    [
      'a feed without a timetable',
      { 'trips.txt': undefined, 'stop_times.txt': undefined },
      ['small: has no trips.txt and no stop_times.txt: nothing runs'],
    ],
    [
      'a stop at 0, 0',
      change('stops.txt', '57.1500,65.5000', '0,0.0'),
      [
        'small/stops.txt:2:12: lies at 0, 0 in the Gulf of Guinea (expected stop_lat and stop_lon in degrees)',
      ],
    ],
    [
      'a trip that stops nowhere',
      { 'trips.txt': `${SMALL['trips.txt']}R1,WORK,ghost,,,,\n` },
      ['small: 1 trips stop nowhere'],
    ],
    [
      'time that runs backwards',
      change('stop_times.txt', 'feast,09:20:00,09:20:00', 'feast,08:20:00,08:20:00'),
      ['small/stop_times.txt:9: time runs backwards at stop_sequence 2'],
    ],
    [
      'a shape that is nowhere',
      change('trips.txt', '0,7,S', '0,7,Z'),
      ["small/trips.txt:2:23: shape_id 'Z' stands nowhere in shapes.txt"],
    ],
    [
      'trips that name shapes without shapes.txt',
      { 'shapes.txt': undefined },
      ['small/trips.txt:1: shape_id refers to shapes.txt, which the feed lacks'],
    ],
    [
      'byte order mark and CRLF',
      { 'stops.txt': `\uFEFF${SMALL['stops.txt']?.replaceAll('\n', '\r\n')}` },
      ['small/stops.txt:1:1: begins with a byte order mark'],
    ],
  ];
for (const [what, changes, said] of TOLD) {
  test(`${what}: imported, with a warning`, () =>
    inFolder(async folder => {
      const { warnings } = await importStops(feedOf(smallWith(changes)), join(folder, 'stops.db'));
      assert.equal(warnings.map(formatProblem), said);
    }));
}

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
