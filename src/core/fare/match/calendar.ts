/** On which days a service runs: the weekly calendar, then its exceptions. */
import type { CalendarRow, ItineraryTables } from '../../tariff/tables.ts';
import { addDays, type ServiceDate, weekdayOf } from '../../time.ts';

export type Calendar = ReadonlyMap<string, Service>;

export interface Service {
  readonly week?: CalendarRow;
  /** True where it was added that day, false where it was taken away. */
  readonly exceptions: ReadonlyMap<ServiceDate, boolean>;
}

const WEEKDAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'] as const;

export function compileCalendar({
  calendar,
  calendarDates,
}: Pick<ItineraryTables, 'calendar' | 'calendarDates'>): Calendar {
  const services = new Map<string, Service & { exceptions: Map<ServiceDate, boolean> }>();
  for (const week of calendar.rows) services.set(week.service_id, { week, exceptions: new Map() });
  for (const { service_id, date, exception_type } of calendarDates.rows) {
    const service = services.get(service_id) ?? { exceptions: new Map() };
    service.exceptions.set(date, exception_type === 1);
    services.set(service_id, service);
  }
  return services;
}

export function runsOn({ week, exceptions }: Service, date: ServiceDate): boolean {
  const exception = exceptions.get(date);
  if (exception !== undefined) return exception;
  if (week === undefined || date < week.start_date || date > week.end_date) return false;
  return week[WEEKDAYS[weekdayOf(date)] ?? 'sunday'] === 1;
}

/** Does it run on some day from `first` to `last`, both included? */
export function runsBetween(service: Service, first: ServiceDate, last: ServiceDate): boolean {
  const { week, exceptions } = service;
  for (const [date, added] of exceptions) if (added && date >= first && date <= last) return true;
  if (week === undefined) return false;
  const [from, to] = [Math.max(first, week.start_date), Math.min(last, week.end_date)];
  for (let date = from as ServiceDate; date <= to; date = addDays(date, 1))
    if (runsOn(service, date)) return true;
  return false;
}
