/**
 * Which columns of a feed name rows of other tables, as data. Fare rules are not here: what they refer to changes a
 * price and is the tariff's business.
 */
export interface Reference {
  readonly file: string;
  readonly column: string;
  /** The named row stands in one of these, under the first column of their key. */
  readonly to: readonly string[];
  /** `warning` where the feed is of use without. */
  readonly severity: 'error' | 'warning';
}

export const REFERENCES: readonly Reference[] = [
  { file: 'stops.txt', column: 'parent_station', to: ['stops.txt'], severity: 'error' },
  { file: 'routes.txt', column: 'agency_id', to: ['agency.txt'], severity: 'error' },
  { file: 'trips.txt', column: 'route_id', to: ['routes.txt'], severity: 'error' },
  { file: 'trips.txt', column: 'service_id', to: ['calendar.txt', 'calendar_dates.txt'], severity: 'error' },
  { file: 'trips.txt', column: 'shape_id', to: ['shapes.txt'], severity: 'warning' },
  { file: 'stop_times.txt', column: 'trip_id', to: ['trips.txt'], severity: 'error' },
  { file: 'stop_times.txt', column: 'stop_id', to: ['stops.txt'], severity: 'error' },
  { file: 'route_networks.txt', column: 'route_id', to: ['routes.txt'], severity: 'warning' },
  { file: 'stop_areas.txt', column: 'stop_id', to: ['stops.txt'], severity: 'warning' },
  { file: 'stop_areas.txt', column: 'area_id', to: ['areas.txt'], severity: 'warning' },
];
