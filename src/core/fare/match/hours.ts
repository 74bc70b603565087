/** From when to when a timeframe holds: 'an empty value in start_time is considered 00:00:00, in end_time 24:00:00'. */
import type { TimeframeRow } from '../../tariff/tables.ts';
import { DAY_S } from '../../time.ts';

export interface Hours {
  /** Seconds after midnight. */
  readonly fromS: number;
  /** Exclusive. */
  readonly toS: number;
}

export function hoursOf({ start_time, end_time }: TimeframeRow): Hours {
  return { fromS: start_time ?? 0, toS: end_time ?? DAY_S };
}
