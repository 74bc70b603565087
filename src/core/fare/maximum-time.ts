/** A journey longer than its zones and its time of day allow is two incomplete ones (FARES.md 2, 'maximum time'). */
import type { MaximumTime, NetworkRules } from '../tariff/networks.ts';
import type { Tariff } from '../tariff/tariff.ts';
import type { Trace } from './trace.ts';

/** What is asked of a journey: its zones, when it began, and how long it took. */
export interface Travelled {
  readonly fromZone: number;
  readonly toZone: number;
  readonly band: number;
  readonly elapsedMs: number;
  readonly networkId: string | undefined;
}

/** The first step that is about the journey decides. */
export function isTooLong(
  tariff: Tariff,
  { maximumTime }: NetworkRules,
  travelled: Travelled,
  trace: Trace | undefined,
): boolean {
  if (maximumTime.length === 0) return false;
  const apart = zonesApart(tariff, travelled.fromZone, travelled.toZone);
  const { band, elapsedMs, networkId } = travelled;
  for (let place = 0; place < maximumTime.length; place++) {
    const step = maximumTime[place];
    if (step === undefined || !isAbout(step, apart, band)) continue;
    trace?.compared(`maximum-time:${networkId ?? ''}`, String(place), elapsedMs);
    return step.inclusive ? elapsedMs > step.atMostMs : elapsedMs >= step.atMostMs;
  }
  return false;
}

function isAbout({ zones, bands }: MaximumTime, apart: number, band: number): boolean {
  return (zones === undefined || apart <= zones) && (bands === undefined || bands[band] === true);
}

/** Both ends counted: within one zone it is 1. Where a stop lies in two areas, the nearer counts. */
function zonesApart({ zoneRanks }: Tariff, from: number, to: number): number {
  let least = Number.POSITIVE_INFINITY;
  for (const a of zoneRanks[from] ?? []) {
    for (const b of zoneRanks[to] ?? []) least = Math.min(least, Math.abs(a - b));
  }
  // Areas without an order say only whether they are the same.
  if (least === Number.POSITIVE_INFINITY) return from === to ? 1 : 2;
  return least + 1;
}
