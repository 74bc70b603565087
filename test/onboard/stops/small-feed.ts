/**
 * A feed small enough to read: two lines, a station with two platforms, a night trip beyond 24:00; and what tests make
 * of it.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TuraError } from '../../../src/core/error.ts';
import type { FeedSource } from '../../../src/gtfs/feed.ts';

export type Files = Readonly<Record<string, string>>;

export const SMALL: Files = {
  'agency.txt':
    'agency_id,agency_name,agency_url,agency_timezone\nT,Tura,https://example.org,Europe/Warsaw\n',
  'feed_info.txt': `feed_publisher_name,feed_start_date,feed_end_date,feed_version
Tura,20260101,20261231,2026-1
`,
  'stops.txt': `stop_id,stop_code,stop_name,stop_lat,stop_lon,zone_id,location_type,parent_station,stop_timezone
A,101,Quay,57.1500,65.5000,1,0,,
B1,102,"Market, east",57.1510,65.5000,1,,M,
B2,103,"Market, west",57.1511,65.5001,1,,M,Asia/Omsk
C,104,Depot,57.1600,65.5200,2,,,
M,,Market,57.1510,65.5001,,1,,Asia/Yekaterinburg
`,
  'routes.txt': `route_id,agency_id,route_short_name,route_long_name,route_type,route_color,network_id
R1,T,1,Quay - Depot,3,FF0000,city
R2,T,,Ring,0,,
`,
  'calendar.txt': `service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date
WORK,1,1,1,1,1,0,0,20260101,20261231
`,
  'calendar_dates.txt': `service_id,date,exception_type
WORK,20260501,2
HOLIDAY,20260501,1
`,
  'shapes.txt': `shape_id,shape_pt_lat,shape_pt_lon,shape_pt_sequence,shape_dist_traveled
S,57.15,65.5,1,0
S,57.151,65.5,2,111.25
S,57.16,65.52,7,
`,
  'trips.txt': `route_id,service_id,trip_id,trip_headsign,direction_id,block_id,shape_id
R1,WORK,day,Depot,0,7,S
R1,WORK,night,Depot,0,,
R1,HOLIDAY,feast,Depot,1,,
`,
  'stop_times.txt': `trip_id,arrival_time,departure_time,stop_id,stop_sequence,pickup_type,drop_off_type,timepoint,shape_dist_traveled
day,8:00:00,8:00:00,A,1,0,1,1,0
day,08:05:00,08:06:30,B1,2,,,0,111.25
day,,,B2,3,3,2,,
day,08:20:00,,C,10,1,0,1,
night,23:50:00,23:50:00,A,1,,,,
night,25:10:00,25:10:00,C,2,,,,
feast,09:00:00,09:00:00,A,1,,,,
feast,09:20:00,09:20:00,C,2,,,,
`,
  'areas.txt': 'area_id,area_name\nold,Old town\n',
  'stop_areas.txt': 'area_id,stop_id\nold,A\nold,M\n',
  'route_networks.txt': 'network_id,route_id\ntram,R2\n',
  'networks.txt': 'network_id,network_name\ntram,Trams\n',
  'fare_products.txt': 'fare_product_id,amount,currency\nsingle,37.00,RUB\n',
};

/** SMALL with some files replaced, or left out where the text is undefined. */
export function smallWith(changes: Readonly<Record<string, string | undefined>>): Files {
  const files = { ...SMALL, ...changes };
  return Object.fromEntries(
    Object.entries(files).flatMap(([name, text]) => (text === undefined ? [] : [[name, text]])),
  );
}

/** For `smallWith`: a file of SMALL in which one text stands for another. */
export const change = (file: string, from: string, to: string) => ({
  [file]: SMALL[file]?.replace(from, to),
});

/** 100 trips of 90 stops: more than are held at once. */
export function manyTimes(order: (trip: number, stop: number) => number): Files {
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

/** A feed in memory: the port's third implementation. */
export function feedOf(files: Files): FeedSource {
  return {
    path: 'small',
    files: Object.entries(files).map(([name, text]) => ({
      name,
      path: `small/${name}`,
      bytes: Buffer.byteLength(text),
      stream: () => piecesOf(Buffer.from(text)),
    })),
    close: () => undefined,
  };
}

async function* piecesOf(bytes: Buffer): AsyncGenerator<Uint8Array> {
  const middle = Math.floor(bytes.length / 2);
  yield bytes.subarray(0, middle);
  yield bytes.subarray(middle);
}

/** Gives `body` a folder of its own, gone afterwards. */
export async function inFolder(body: (folder: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'tura-stops-'));
  try {
    await body(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The fault that `work` ends with. */
export async function faultOf(work: () => unknown): Promise<TuraError> {
  try {
    await work();
  } catch (fault) {
    if (fault instanceof TuraError) return fault;
    throw fault;
  }
  throw new Error('nothing was refused');
}
