/** Areas and stops by name, the order that areas stand in, and the ways between them. */
import type { Findings } from '../fare/match/findings.ts';
import { formatAmount, MOST_MINOR } from '../money.ts';
import type { Checker } from './checker.ts';
import { exactWay } from './distance.ts';
import type { TariffSettings } from './settings.ts';
import type { TariffTables } from './tables.ts';

export function checkAreas(
  settings: TariffSettings,
  tables: TariffTables,
  check: Checker,
  findings: Findings,
): void {
  checkStopAreas(tables, findings);
  checkDistances(settings, tables, check, findings);
  checkOrder(settings, tables, check);
  checkLinkedStops(settings, tables, check);
}

function checkStopAreas({ areas, stopAreas, stops }: TariffTables, findings: Findings): void {
  const known = areas.rows.map(({ area_id }) => area_id);
  const places = new Set(stops.rows.map(({ stop_id }) => stop_id));
  for (const row of stopAreas.rows) {
    // Without the file nothing says that the name is a slip.
    if (areas.columns.size > 0 && !known.includes(row.area_id))
      findings.unknown(stopAreas, row, 'area_id', known);
    if (stops.columns.size > 0 && !places.has(row.stop_id))
      findings.unknown(stopAreas, row, 'stop_id', [...places], 'warning');
  }
}

function checkDistances(
  settings: TariffSettings,
  tables: TariffTables,
  check: Checker,
  findings: Findings,
): void {
  const { distances } = tables;
  const known = areasOf(tables);
  for (const row of distances.rows) {
    for (const column of ['from_area_id', 'to_area_id'] as const)
      if (!known.includes(row[column])) findings.unknown(distances, row, column, known);
  }
  const farthest = distances.rows.reduce((most, { metres }) => Math.max(most, metres), 0);
  settings.distances.forEach((rule, index) => {
    const { numerator, denominator } = exactWay(rule, farthest, settings.currency);
    if (numerator <= BigInt(MOST_MINOR) * denominator) return;
    const expected = `at most ${formatAmount(MOST_MINOR, settings.currency)}`;
    check.wrong(['distances', index, 'steps'], `${farthest} m cost more than any price`, expected);
  });
}

/** Of an area that is not in the order nobody knows how far it is. */
function checkOrder(
  { areaOrder = [], ...settings }: TariffSettings,
  tables: TariffTables,
  check: Checker,
): void {
  check.once(['areaOrder'], 'area', areaOrder, area => area);
  const known = areasOf(tables);
  const missing = known.filter(area => !areaOrder.includes(area));
  const isSpelt = areaOrder.every(area => known.includes(area));
  if (areaOrder.length > 0 && isSpelt && missing.length > 0) {
    const what = `no place for ${missing.map(area => `'${area}'`).join(' and ')}: zones from or to it are not counted`;
    check.warnKey(['areaOrder'], what, 'every area, in the order they are crossed in');
  }
  settings.passes.forEach(({ extension, covers }, index) => {
    if (extension === 'none') return;
    const path = ['passes', index, 'extension'];
    if (covers.areas === undefined)
      check.wrong(path, 'an extension of a pass that is good in every area', 'areas that it covers');
    else if (areaOrder.length === 0)
      check.wrong(
        path,
        'an extension, and no order of areas to go on in',
        'areaOrder: the areas as they are crossed',
      );
  });
}

/** Stops are known where any table speaks of them. */
function checkLinkedStops(
  { networks }: TariffSettings,
  { stopAreas, stops }: TariffTables,
  check: Checker,
): void {
  const known = [...new Set([...stopAreas.rows, ...stops.rows].map(({ stop_id }) => stop_id))];
  if (known.length === 0) return;
  for (const [name, { linking }] of Object.entries(networks)) {
    for (const [group, members] of (linking?.stops ?? []).entries())
      check.knownAll(['networks', name, 'linking', 'stops', group], 'stop', members, known);
  }
}

/** As `areas.txt` has them, or else as stops lie in them. */
function areasOf({ areas, stopAreas }: TariffTables): string[] {
  const { rows } = areas.columns.size > 0 ? areas : stopAreas;
  return [...new Set(rows.map(({ area_id }) => area_id))];
}
