/**
 * A tap by the version of its tariff that holds for it: that of its journey's first entry, unless the tariff says by the
 * tap (FARES.md 3, 'versions').
 */
import type { Reason } from '../reason.ts';
import type { Tariff } from '../tariff/tariff.ts';
import { type NoTariff, type Tariffs, tariffAt, tariffOfJourney } from '../tariff/versions.ts';
import type { EpochMs } from '../time.ts';
import { rate } from './rate.ts';
import type { Rated } from './rated.ts';
import type { Ride } from './ride.ts';
import type { RiderState } from './rider.ts';
import type { Trace } from './trace.ts';
import { isOpenAt } from './transfer.ts';

export interface ByVersion {
  readonly tariff: Tariff;
  readonly rated: Rated;
}

/** Why a ride is declined that no version holds for. */
export const REASON_WITHOUT: Readonly<Record<NoTariff, Reason>> = {
  none: 'no-fare',
  unknown: 'price-unknown',
};

export function rateByVersion(
  tariffs: Tariffs,
  state: RiderState | undefined,
  ride: Ride,
  trace?: Trace,
): ByVersion | NoTariff {
  const open = ride.action === 'exit' && state?.journey?.left === undefined ? state?.journey : undefined;
  const tariff = tariffOfJourney(tariffs, open, ride.serviceDate);
  const earlier = continued(tariffs, tariff, state, ride, open?.enteredAtMs ?? ride.atMs, trace);
  if (earlier !== undefined) return earlier;
  if (typeof tariff === 'string') return tariff;
  return { tariff, rated: rate(tariff, state, ride, trace, tariffs) };
}

/** A ride that continues a journey which began under another version belongs to that one, whatever holds today. */
function continued(
  tariffs: Tariffs,
  current: Tariff | NoTariff,
  state: RiderState | undefined,
  ride: Ride,
  enteredAtMs: EpochMs,
  trace: Trace | undefined,
): ByVersion | undefined {
  if (state === undefined || tariffs[0].pricedBy === 'tap') return undefined;
  if (tariffs.length === 1 && typeof current !== 'string') return undefined;
  for (const window of state.windows) {
    const tariff = tariffAt(tariffs, window.day);
    if (tariff === current || typeof tariff === 'string') continue;
    // Most windows are long over: they cost no second rating.
    if (!isOpenAt(tariff, window, enteredAtMs)) continue;
    const rated = rate(tariff, state, ride, undefined, tariffs);
    if (rated.journeyRef !== window.ref || rated.lines.length === 0) continue;
    return { tariff, rated: trace === undefined ? rated : rate(tariff, state, ride, trace, tariffs) };
  }
  return undefined;
}
