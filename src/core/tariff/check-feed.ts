/** A feed's tables beside `tariff.yaml`: what they say of itineraries is to be true of taps. */
import type { Findings } from '../fare/match/findings.ts';
import type { Checker } from './checker.ts';
import type { TariffSettings } from './settings.ts';
import type { TariffTables } from './tables.ts';

export function checkFeed(
  settings: TariffSettings,
  tables: TariffTables,
  check: Checker,
  findings: Findings,
): void {
  checkClocks(settings, tables, findings);
  checkCategories(settings, tables, check, findings);
  checkRoutes(settings, tables, check);
}

/** Taps go by one clock. */
function checkClocks(
  { timezone }: TariffSettings,
  { agency, stops }: TariffTables,
  findings: Findings,
): void {
  const expected = `'${timezone}', as in tariff.yaml: taps go by no other clock`;
  for (const row of agency.rows) {
    const what = `agency_timezone '${row.agency_timezone}'`;
    if (row.agency_timezone !== timezone)
      findings.warn(agency, row, 'agency_timezone', { what, expected, kind: what });
  }
  for (const row of stops.rows) {
    if (row.stop_timezone === undefined || row.stop_timezone === timezone) continue;
    const what = `stop_timezone '${row.stop_timezone}'`;
    findings.warn(stops, row, 'stop_timezone', { what, expected, kind: what });
  }
}

function checkCategories(
  { categories, defaultCategory }: TariffSettings,
  { riderCategories: table }: TariffTables,
  check: Checker,
  findings: Findings,
): void {
  if (table.columns.size === 0) return;
  const known = table.rows.map(row => row.rider_category_id);
  for (const [name, { riderCategory }] of Object.entries(categories))
    check.known(
      ['categories', name, 'riderCategory'],
      'rider_category_id in rider_categories.txt',
      riderCategory,
      known,
    );
  const ours = categories[defaultCategory]?.riderCategory ?? defaultCategory;
  for (const row of table.rows) {
    if (row.is_default_fare_category !== 1 || row.rider_category_id === ours) continue;
    const what = `'${row.rider_category_id}' is the default here and '${ours}' in tariff.yaml`;
    findings.warn(table, row, 'is_default_fare_category', { what, expected: 'one default for both' });
  }
}

function checkRoutes({ carriers }: TariffSettings, { routes }: TariffTables, check: Checker): void {
  if (routes.columns.size === 0) return;
  const known = routes.rows.map(row => row.route_id);
  for (const [name, carrier] of Object.entries(carriers))
    check.knownAll(['carriers', name, 'routes'], 'route', carrier.routes, known);
}
