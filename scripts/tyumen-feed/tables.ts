/** The GTFS tables, each as the text of its file. */
import { assert } from '../../src/core/error.ts';
import { formatTimeOfDay, parseDate, weekdayOf } from '../../src/core/time.ts';
import type { Source } from './source.ts';
import { blocksOf, type Stop, type Trip } from './timetable.ts';

type Cell = string | number;
type Row = readonly Cell[];

const ROUTE_TYPE = { tram: 0, bus: 3 };
const ADDED = 1;
const REMOVED = 2;

/** Contents by file name. */
export function tablesOf(
  source: Source,
  stops: readonly Stop[],
  trips: readonly Trip[],
): Map<string, string> {
  return new Map([
    ['agency.txt', agency(source)],
    ['feed_info.txt', feedInfo(source)],
    ['stops.txt', stopTable(stops)],
    ['routes.txt', routes(source)],
    ['networks.txt', table('network_id,network_name', [['city', 'Город']])],
    [
      'route_networks.txt',
      table(
        'network_id,route_id',
        rowPer(source.lines, id => ['city', id]),
      ),
    ],
    ['calendar.txt', calendar(source)],
    ['calendar_dates.txt', calendarDates(source)],
    ['trips.txt', tripTable(trips)],
    ['stop_times.txt', stopTimes(trips)],
    ['translations.txt', translations(source, trips)],
  ]);
}

function agency({ feed }: Source): string {
  const row = [feed.agency.id, feed.agency.ru, feed.agency.url, feed.timezone, 'ru'];
  return table('agency_id,agency_name,agency_url,agency_timezone,agency_lang', [row]);
}

function feedInfo({ feed }: Source): string {
  const columns = ['publisher_name', 'publisher_url', 'lang', 'start_date', 'end_date', 'version'];
  const row = [
    feed.publisher.ru,
    feed.agency.url,
    'ru',
    gtfsDate(feed.from),
    gtfsDate(feed.to),
    feed.version,
  ];
  return table(columns.map(column => `feed_${column}`).join(), [row]);
}

function stopTable(stops: readonly Stop[]): string {
  const place = 'stop_id,stop_code,stop_name,stop_lat,stop_lon,zone_id';
  const rows = stops.map(stop => {
    const [lat, lon] = stop.at;
    const { ru, zone } = stop.place;
    const within = [stop.isStation ? 1 : 0, stop.parent, stop.platform];
    return [stop.id, stop.code, ru, lat.toFixed(5), lon.toFixed(5), zone, ...within];
  });
  return table(`${place},location_type,parent_station,platform_code`, rows);
}

function routes({ feed, lines }: Source): string {
  const names = 'route_id,agency_id,route_short_name,route_long_name';
  const rows = rowPer(lines, (id, line) => {
    return [id, feed.agency.id, line.name, line.ru, ROUTE_TYPE[line.type], line.colour, 'FFFFFF'];
  });
  return table(`${names},route_type,route_color,route_text_color`, rows);
}

function calendar({ feed, services }: Source): string {
  const days = 'monday,tuesday,wednesday,thursday,friday,saturday,sunday';
  const range = [gtfsDate(feed.from), gtfsDate(feed.to)];
  const rows = rowPer(services, (id, service) => [id, ...service.days, ...range]);
  return table(`service_id,${days},start_date,end_date`, rows);
}

function calendarDates({ services, holidays }: Source): string {
  const rows = holidays.flat().flatMap(day => {
    const date = parseDate(day);
    assert(date !== undefined, `the source was checked, so '${day}' is a date`);
    const mondayFirst = (weekdayOf(date) + 6) % 7;
    return Object.entries(services).flatMap(([id, service]): Row[] => {
      const runs = service.days[mondayFirst] === '1';
      if (service.holidays === 'on' && !runs) return [[id, date, ADDED]];
      if (service.holidays === 'off' && runs) return [[id, date, REMOVED]];
      return [];
    });
  });
  return table('service_id,date,exception_type', rows);
}

function tripTable(trips: readonly Trip[]): string {
  const blocks = blocksOf(trips);
  const rows = trips.map(trip => {
    return [
      trip.lineId,
      trip.service,
      trip.id,
      headsign(trip)?.ru ?? '',
      trip.direction,
      blocks.get(trip) ?? '',
    ];
  });
  return table('route_id,service_id,trip_id,trip_headsign,direction_id,block_id', rows);
}

function headsign(trip: Trip) {
  return trip.calls.at(-1)?.stop.place;
}

function stopTimes(trips: readonly Trip[]): string {
  const rows = trips.flatMap(({ id, start, calls }) =>
    calls.map(({ stop, arrive, depart }, index) => {
      return [id, formatTimeOfDay(start + arrive), formatTimeOfDay(start + depart), stop.id, index + 1];
    }),
  );
  return table('trip_id,arrival_time,departure_time,stop_id,stop_sequence', rows);
}

function translations({ feed, stops, lines }: Source, trips: readonly Trip[]): string {
  const signs = new Set(trips.map(headsign).filter(place => place !== undefined));
  return table('table_name,field_name,language,translation,field_value', [
    ...english('agency', 'agency_name', [feed.agency]),
    // feed_info has one record: the specification forbids a field_value for it.
    ['feed_info', 'feed_publisher_name', 'en', feed.publisher.en, ''],
    ...english('stops', 'stop_name', Object.values(stops)),
    ...english('routes', 'route_long_name', Object.values(lines)),
    ...english('trips', 'trip_headsign', signs),
  ]);
}

/** One row a name: two stops may share it. */
function english(of: string, field: string, named: Iterable<{ ru: string; en: string }>): Row[] {
  const names = new Map(Array.from(named, ({ ru, en }) => [ru, en]));
  return Array.from(names, ([ru, en]) => [of, field, 'en', en, ru]);
}

function rowPer<T>(entries: Readonly<Record<string, T>>, row: (id: string, entry: T) => Row): Row[] {
  return Object.entries(entries).map(([id, entry]) => row(id, entry));
}

function table(header: string, rows: readonly Row[]): string {
  return `${[header, ...rows.map(row => row.map(quoted).join())].join('\n')}\n`;
}

function quoted(cell: Cell): string {
  return /[",\n]/.test(`${cell}`) ? `"${`${cell}`.replaceAll('"', '""')}"` : `${cell}`;
}

function gtfsDate(iso: string): string {
  return iso.replaceAll('-', '');
}
