/** Stretches of charging days that caps and passes run by: calendar days, weeks and months, or from a first ride on. */
import type { Period } from '../tariff/caps.ts';
import type { Tariff } from '../tariff/tariff.ts';
import { addDays, dateOfDay, dayOfDate, monthOf, type ServiceDate, weekdayOf } from '../time.ts';

/** The first day of the period that `day` lies in, where one began on `began` before; else of the one that it begins. */
export function periodStart(
  period: Period,
  { weekStart }: Pick<Tariff, 'weekStart'>,
  day: ServiceDate,
  began: ServiceDate | undefined,
): ServiceDate {
  switch (period.kind) {
    case 'calendar':
      return calendarStart(period.every, weekStart, day);
    case 'every-days': {
      const number = dayOfDate(day);
      return dateOfDay(number - (number % period.days));
    }
    case 'first-ride':
    case 'first-ride-month':
      return began !== undefined && began <= day && day <= periodEnd(period, began) ? began : day;
    default:
      return period satisfies never;
  }
}

function calendarStart(every: 'day' | 'week' | 'month', weekStart: number, day: ServiceDate): ServiceDate {
  switch (every) {
    case 'day':
      return day;
    case 'week':
      return weekOf(day, weekStart);
    case 'month':
      return (monthOf(day) * 100 + 1) as ServiceDate;
    default:
      return every satisfies never;
  }
}

/** The last week that was asked for: one tap after another falls into it. */
let lastWeek = { weekStart: -1, from: 0 as ServiceDate, to: 0 as ServiceDate };

function weekOf(day: ServiceDate, weekStart: number): ServiceDate {
  if (lastWeek.weekStart !== weekStart || day < lastWeek.from || day > lastWeek.to) {
    const from = addDays(day, -((weekdayOf(day) - weekStart + 7) % 7));
    lastWeek = { weekStart, from, to: addDays(from, 6) };
  }
  return lastWeek.from;
}

function weekEnd(from: ServiceDate): ServiceDate {
  return from === lastWeek.from ? lastWeek.to : addDays(from, 6);
}

/** Its last day. */
export function periodEnd(period: Period, from: ServiceDate): ServiceDate {
  switch (period.kind) {
    case 'calendar':
      if (period.every === 'day') return from;
      return period.every === 'week' ? weekEnd(from) : addDays(nextMonth(from), -1);
    case 'every-days':
    case 'first-ride':
      return addDays(from, period.days - 1);
    case 'first-ride-month':
      return addDays(nextMonth(from), -1);
    default:
      return period satisfies never;
  }
}

/** The same day of the next month; of a shorter month, the first of the one after it. */
function nextMonth(date: ServiceDate): ServiceDate {
  const month = monthOf(date);
  const next = month % 100 === 12 ? month + 89 : month + 1;
  const same = (next * 100 + (date % 100)) as ServiceDate;
  const after = next % 100 === 12 ? next + 89 : next + 1;
  return dateOfDay(dayOfDate(same)) === same ? same : ((after * 100 + 1) as ServiceDate);
}
