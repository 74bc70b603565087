/** An outing that costs less by a trick: what both come to, and which rules make the difference. */
import type { ChargeLine } from '../../core/record.ts';
import type { Tariffs } from '../../core/tariff/versions.ts';
import { type Boundary, boundaryWithin, exitBoundaryWithin } from './boundary.ts';
import { type Outing, type Played, play } from './outing.ts';
import { applied, type Trick } from './trick.ts';

export interface Finding {
  readonly outing: Outing;
  readonly trick: Trick;
  readonly instead: Outing;
  readonly dear: Played;
  readonly cheap: Played;
  readonly rules: DecidingRules;
  /** Of waiting: what begins or ends meanwhile. That a peak ends is no fault of a tariff. */
  readonly boundaries: readonly Boundary[];
}

/** Ids of the rules behind the lines that only one of the two is charged. */
export interface DecidingRules {
  readonly dear: readonly string[];
  readonly cheap: readonly string[];
}

/** Undefined where the trick saves nothing. `dear` is what the outing comes to. */
export function findingOf(tariffs: Tariffs, outing: Outing, dear: Played, trick: Trick): Finding | undefined {
  const instead = applied(outing, trick);
  const cheap = instead === undefined ? undefined : play(tariffs, instead);
  if (instead === undefined || cheap === undefined || cheap.totalMinor >= dear.totalMinor) return undefined;
  const rules = decidingRules(dear, cheap);
  return { outing, trick, instead, dear, cheap, rules, boundaries: boundariesOf(tariffs, outing, trick) };
}

/**
 * What tells a finding from others: the kind of its trick with the rules that decide; of waiting past a boundary that
 * boundary, and only the rules that are windows of time themselves.
 */
export function featuresOf({ trick, rules, boundaries }: Finding): readonly string[] {
  const all = [...rules.dear.map(rule => `dear ${rule}`), ...rules.cheap.map(rule => `cheap ${rule}`)];
  if (boundaries.length === 0) return [trick.kind, ...all];
  const windows = all.filter(rule => /^\w+ (transfer|linking):/.test(rule));
  return [trick.kind, ...boundaries.map(({ kind, at }) => `${kind} ${at}`), ...windows];
}

function decidingRules(dear: Played, cheap: Played): DecidingRules {
  const [inDear, inCheap] = [linesOf(dear), linesOf(cheap)];
  const all = { dear: rulesOf(onlyIn(inDear, inCheap)), cheap: rulesOf(onlyIn(inCheap, inDear)) };
  const strong = { dear: all.dear.filter(decides), cheap: all.cheap.filter(decides) };
  return strong.dear.length + strong.cheap.length > 0 ? strong : all;
}

function linesOf({ taps }: Played): readonly ChargeLine[] {
  return taps.flatMap(({ outcome }) => outcome.parts.flatMap(({ lines }) => lines));
}

/** Each line as often as the other has it not. */
function onlyIn(lines: readonly ChargeLine[], others: readonly ChargeLine[]): readonly ChargeLine[] {
  const left = others.map(said);
  return lines.filter(line => {
    const place = left.indexOf(said(line));
    if (place !== -1) left.splice(place, 1);
    return place === -1;
  });
}

function said({ productId, amountMinor, ruleIds }: ChargeLine): string {
  return `${productId} ${amountMinor} ${ruleIds.join(' ')}`;
}

function rulesOf(lines: readonly ChargeLine[]): readonly string[] {
  return [...new Set(lines.flatMap(({ ruleIds }) => ruleIds))].sort();
}

/** Any ride has a fare, and some a deposit: beside another rule they decide nothing. */
function decides(rule: string): boolean {
  return !/^(leg|deposit):/.test(rule);
}

function boundariesOf(tariffs: Tariffs, { day, payer, trips }: Outing, trick: Trick): readonly Boundary[] {
  if (trick.kind !== 'waiting') return [];
  const { trip, count, byS } = trick;
  return trips.slice(trip, trip + count).flatMap(({ way, enterS, leaveS }) => {
    const begun = boundaryWithin(tariffs, day, payer.category, enterS, enterS + byS);
    const left = way.isLeft ? exitBoundaryWithin(tariffs, day, leaveS, leaveS + byS) : undefined;
    return [begun, left].flatMap(boundary => boundary ?? []);
  });
}
