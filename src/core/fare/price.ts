/** What a ride costs before anything is taken off: two look-ups. */
import type { Ridden } from '../tariff/covers.ts';
import type { Fare, Tariff } from '../tariff/tariff.ts';
import { inWords, type Trace } from './trace.ts';

/** `exitBand`: when it was left, where a leg rule asks. Undefined: no fare known, which is never 0. */
export function fareOf(tariff: Tariff, ride: Ridden, exitBand: number, trace?: Trace): Fare | undefined {
  const { prices, zones, mediumNames, bands } = tariff;
  const cell =
    ((ride.network * zones.length + ride.fromZone) * zones.length + ride.toZone) * bands.count + ride.band;
  const leg = prices.legs[prices.exitBands === 1 ? cell : cell * prices.exitBands + exitBand];
  const fare =
    leg === undefined || leg < 0
      ? undefined
      : (prices.fares[leg]?.[ride.category * mediumNames.length + ride.medium] ?? undefined);
  if (trace !== undefined) tellRules(tariff, leg, ride, fare, trace);
  return fare;
}

/** The leg rule that priced the ride, those that were looked at beside it, or why none did. */
function tellRules(
  tariff: Tariff,
  leg: number | undefined,
  ride: Ridden,
  fare: Fare | undefined,
  trace: Trace,
): void {
  const { prices, networkNames, zones, categoryNames, mediumNames } = tariff;
  const considered = leg === undefined ? undefined : prices.considered[leg];
  if (considered === undefined) {
    const areas = (zone: number) => zones[zone]?.join(' and ') || 'no area';
    const network = networkNames[ride.network] || 'networks that no rule names';
    trace.passed('leg', `no rule for ${network}, from ${areas(ride.fromZone)} to ${areas(ride.toZone)}`);
    return;
  }
  const winner = fare?.lines[0]?.ruleIds[0];
  if (fare?.pricedAt !== undefined && winner !== undefined)
    trace.applied(winner, `${inWords(tariff, fare.amountMinor)} by ${fare.pricedAt}`);
  const payer = `${categoryNames[ride.category] ?? 'nobody'} by ${mediumNames[ride.medium] ?? 'nothing'}`;
  for (const ruleId of considered.equal) {
    if (ruleId === winner) continue;
    trace.passed(ruleId, fare === undefined ? `not sold to ${payer}` : `of equal right, and not cheaper`);
  }
  for (const ruleId of considered.overruled) trace.passed(ruleId, 'a rule of higher priority fits');
}
