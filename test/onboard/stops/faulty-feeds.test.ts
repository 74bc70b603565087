/** Feeds with faults: those that are refused, and those that are imported with a warning. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { formatProblem } from '../../../src/core/error.ts';
import { importStops } from '../../../src/onboard/stops/import.ts';
import { change, faultOf, feedOf, inFolder, SMALL, smallWith } from './small-feed.ts';

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

test.run();
