/** The timetable on board: does anything run today. */
import { existsSync } from 'node:fs';
import { compileZone } from '../../core/tariff/zone.ts';
import { formatDate, serviceDateAt } from '../../core/time.ts';
import { openStops } from '../stops/stops.ts';
import { feedFile } from '../vehicle/fit-out.ts';
import { countText } from './amounts.ts';
import { type Check, type Finding, notAsked, ok, warning } from './check.ts';
import type { Vehicle } from './patient.ts';

export const FEED: readonly Check[] = [
  { name: 'feed', after: ['better-sqlite3'], of: 'vehicle', ask: askFeed },
];

function askFeed({ device, stateFolder, system }: Vehicle): Finding {
  const file = feedFile(device, stateFolder);
  if (!existsSync(file)) return notAsked(`none yet: the validator imports ${device.feed} when it starts`);
  const stops = openStops(file);
  try {
    const zone = compileZone(stops.timezone);
    if (zone === undefined) return notAsked(`its time zone ${stops.timezone} is not known here`);
    const today = serviceDateAt(zone, 0, system.now());
    const { endDate } = stops.feed;
    const until = endDate === undefined ? '' : `, published until ${formatDate(endDate)}`;
    const { routeId } = device.position;
    const routeIds = routeId === undefined ? stops.routeIds() : [routeId];
    const trips = routeIds.reduce((sum, one) => sum + stops.tripsOn(one, today).length, 0);
    const of = routeId ?? 'all routes';
    const found = `${countText(trips, 'trip', 'trips')} of ${of} on ${formatDate(today)}${until}`;
    return trips > 0
      ? ok(found)
      : warning(found, `put a newer feed at ${device.feed}, then: sudo systemctl restart tura`);
  } finally {
    stops.close();
  }
}
