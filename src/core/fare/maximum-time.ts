/** A journey longer than its zones and its time of day allow is two incomplete ones (FARES.md 2, 'maximum time'). */
import type { NetworkRules } from '../tariff/networks.ts';
import type { Tariff } from '../tariff/tariff.ts';
import type { Trace } from './trace.ts';

interface Travelled {
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
  const place = maximumTime.findIndex(
    ({ zones, bands }) =>
      (zones === undefined || apart <= zones) && (bands === undefined || bands[travelled.band] === true),
  );
  const step = maximumTime[place];
  if (step === undefined) return false;
  trace?.compared(`maximum-time:${travelled.networkId ?? ''}`, String(place), travelled.elapsedMs);
  return step.inclusive ? travelled.elapsedMs > step.atMostMs : travelled.elapsedMs >= step.atMostMs;
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
