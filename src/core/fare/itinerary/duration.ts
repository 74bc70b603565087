/**
 * `duration_limit_type`: between which validations of the first and the last leg of a sub-journey the time is taken.
 * The limit itself is in: 'defines the duration limit' (GTFS reference, fare_transfer_rules.txt).
 */
import type { DurationLimitType, FareTable } from '../../tariff/tables.ts';
import type { EpochMs } from '../../time.ts';
import type { Findings } from '../match/findings.ts';

interface Times {
  readonly departure: EpochMs;
  readonly arrival: EpochMs;
}

const TAKEN: Readonly<Record<DurationLimitType, (first: Times, last: Times) => number>> = {
  0: (first, last) => last.arrival - first.departure,
  1: (first, last) => last.departure - first.departure,
  2: (first, last) => last.departure - first.arrival,
  3: (first, last) => last.arrival - first.arrival,
};

export type InTime = (first: Times, last: Times) => boolean;

const ALWAYS: InTime = () => true;

interface LimitedRow {
  readonly line: number;
  readonly duration_limit: number | undefined;
  readonly duration_limit_type: DurationLimitType | undefined;
}

export function compileLimit<Row extends LimitedRow>(
  table: FareTable<Row>,
  row: Row,
  findings: Findings,
): InTime {
  const { duration_limit: limit, duration_limit_type: type } = row;
  const place = table as FareTable<LimitedRow>;
  if (limit === undefined) {
    if (type !== undefined)
      findings.warn(place, row, 'duration_limit_type', {
        what: 'duration_limit_type without duration_limit: no limit',
      });
    return ALWAYS;
  }
  if (limit === 0)
    findings.wrong(place, row, 'duration_limit', {
      what: 'duration_limit is 0',
      expected: 'seconds from 1, or nothing',
    });
  if (type === undefined) {
    const what = 'duration_limit_type is empty where duration_limit is not';
    findings.wrong(place, row, 'duration_limit_type', { what, expected: 'one of 0, 1, 2, 3' });
    return ALWAYS;
  }
  const taken = TAKEN[type];
  return (first, last) => taken(first, last) <= limit * 1000;
}
