/** Timeframes and their calendars, in themselves and against the days on which the tariff is in force. */
import { compileCalendar, runsBetween, type Service } from '../fare/match/calendar.ts';
import { checkCalendar } from '../fare/match/check-calendar.ts';
import { checkTimeframes } from '../fare/match/check-timeframes.ts';
import type { Findings } from '../fare/match/findings.ts';
import { grouped } from '../fare/match/grouped.ts';
import { addDays, BEYOND_DAYS, FIRST_DAY, formatDate } from '../time.ts';
import { type InForce, inForceOf } from './in-force.ts';
import type { TariffSettings } from './settings.ts';
import type { TariffTables } from './tables.ts';

export function checkTimes(settings: TariffSettings, tables: TariffTables, findings: Findings): void {
  checkTimeframes(tables, findings);
  checkCalendar(tables, findings, 'error');
  checkSeasons(inForceOf(settings), tables, findings);
}

/** A service that is over before the tariff begins is odd; a group of which no other row holds changes what is paid. */
function checkSeasons(inForce: InForce, tables: TariffTables, findings: Findings): void {
  const { timeframes } = tables;
  const calendar = compileCalendar(tables);
  for (const [group, rows] of grouped(timeframes.rows, row => row.timeframe_group_id)) {
    const past = rows.flatMap(row => {
      const service = calendar.get(row.service_id);
      const why = service === undefined ? undefined : whyNever(row.service_id, service, inForce);
      return why === undefined ? [] : [{ row, why }];
    });
    for (const { row, why } of past) {
      const expected = `days ${saidOf(inForce)}`;
      if (past.length < rows.length)
        findings.warn(timeframes, row, 'service_id', { what: why, expected, kind: why });
      else {
        const what = `'${group}' never holds: ${why}`;
        findings.wrong(timeframes, row, 'service_id', { what, expected, kind: what });
      }
    }
  }
}

function whyNever(name: string, service: Service, { from, to = LAST_DAY }: InForce): string | undefined {
  if (runsBetween(service, from, to) || !runsBetween(service, FIRST_DAY, LAST_DAY)) return undefined;
  if (!runsBetween(service, from, LAST_DAY))
    return `'${name}' is over before the tariff begins on ${formatDate(from)}`;
  if (!runsBetween(service, FIRST_DAY, to))
    return `'${name}' begins after the tariff ends on ${formatDate(to)}`;
  return `'${name}' runs on no day ${saidOf({ from, to })}`;
}

function saidOf({ from, to }: InForce): string {
  return `from ${formatDate(from)} ${to === undefined ? 'on' : `to ${formatDate(to)}`}`;
}

const LAST_DAY = addDays(BEYOND_DAYS, -1);
