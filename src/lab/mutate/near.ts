/** What a slip of the pen makes of a word of a tariff: the values next to it, written as it was. */
import { exponentOf } from '../../core/money.ts';
import type { TariffSettings } from '../../core/tariff/settings.ts';
import {
  addDays,
  DAY_S,
  formatDate,
  formatTimeOfDay,
  parseDate,
  parseDuration,
  parseTimeOfDay,
  type ServiceDate,
} from '../../core/time.ts';

/** How fine a tariff counts. */
export interface Grain {
  /** Digits after the point of its currency. */
  readonly exponent: number;
  readonly resolutionS: 1 | 60;
}

/** Text as it stands in the file, without quotes -> the texts that may stand there instead. */
export type Near = (text: string, grain: Grain) => readonly string[];

export function grainOf({ currency, timeResolution }: TariffSettings): Grain {
  return { exponent: exponentOf(currency), resolutionS: timeResolution === 's' ? 1 : 60 };
}

/** One minor unit less and more, or one unit of an amount's own last digit where that is finer. */
export const amounts: Near = (text, { exponent }) => {
  const [whole = '', fraction = ''] = text.replace('-', '').split('.');
  const digits = Math.max(exponent, fraction.length);
  const sign = text.startsWith('-') ? '-' : '';
  const magnitude = Number(whole + fraction.padEnd(digits, '0'));
  return around(magnitude, 1).map(value => {
    const all = String(value).padStart(digits + 1, '0');
    return digits === 0 ? sign + all : `${sign}${all.slice(0, -digits)}.${all.slice(-digits)}`;
  });
};

export const wholes: Near = text => around(Number(text), 1).map(String);

/** Two decimals at the most: in hundredths, so that nothing is rounded. */
export const percents: Near = text =>
  around(Math.round(Number(text) * 100), 100).map(hundredths => String(hundredths / 100));

/** One unit of the tariff's resolution. */
export const durations: Near = (text, { resolutionS }) => {
  const unit = resolutionS === 1 ? 's' : 'min';
  const units = (parseDuration(text) ?? 0) / 1000 / resolutionS;
  return around(units, 1).map(count => `${count} ${unit}`);
};

/** `2026-01-01` or `20260101`. */
export const dates: Near = text => {
  const date = parseDate(text);
  if (date === undefined) return [];
  return [-1, 1].map(days => {
    const next = formatDate(addDays(date, days));
    return text.includes('-') ? next : next.replaceAll('-', '');
  });
};

/** `09-01`; of a leap year, which has them all. */
export const daysOfYear: Near = text =>
  [-1, 1].map(days =>
    formatDate(addDays(Number(`2024${text.replace('-', '')}`) as ServiceDate, days)).slice(5),
  );

/** A minute earlier and later, within the day: `04:30`, `16:00:00`. */
export const timesOfDay: Near = text => {
  const hasSeconds = text.split(':').length === 3;
  return around(parseTimeOfDay(text) ?? 0, 60)
    .filter(seconds => seconds <= DAY_S)
    .map(formatTimeOfDay)
    .map(time => (hasSeconds ? time : time.slice(0, -':00'.length)));
};

export const flipped: Near = text => [text === '0' ? '1' : '0'];

/** A tenth less and more: a way that was measured otherwise. */
export const tenths: Near = text => {
  const tenth = Math.round(Number(text) / 10);
  return tenth === 0 ? [] : around(Number(text), tenth).map(String);
};

/** Below zero nothing of a tariff is counted. */
function around(value: number, by: number): readonly number[] {
  return [value - by, value + by].filter(next => next >= 0);
}
