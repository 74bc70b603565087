/** Plays a scenario against a tariff: each card remembers what the engine gave it to remember. Pure. */
import type { Account } from '../../core/fare/account.ts';
import { NEW_ACCOUNT } from '../../core/fare/account.ts';
import type { Ride } from '../../core/fare/ride.ts';
import type { RiderState } from '../../core/fare/rider.ts';
import { closeDays, rateTap } from '../../core/fare/settle.ts';
import { formatAmount, type MinorUnits, parseAmount } from '../../core/money.ts';
import { decisionOf } from '../../core/reason.ts';
import type { ChargeLine } from '../../core/record.ts';
import type { Tariffs } from '../../core/tariff/versions.ts';
import {
  addDays,
  type EpochMs,
  epoch,
  formatDate,
  parseInstant,
  parseLocal,
  serviceDateAt,
} from '../../core/time.ts';
import type { Scenario, ScenarioCard, Step } from './scenario.ts';

/** One expectation that was not met, or a step that could not be played. */
export interface Miss {
  /** Index of the step. */
  readonly step: number;
  readonly key: keyof Step;
  readonly expected: string;
  readonly actual: string;
}

interface Played {
  readonly outcome: ReturnType<typeof rateTap>['outcome'];
  readonly state: RiderState | undefined;
}

const ONLY = '';

/** Every expectation that was not met, in order; none: the scenario passes. */
export function runScenario(tariffs: Tariffs, scenario: Scenario): readonly Miss[] {
  const states = new Map<string, RiderState | undefined>();
  const misses: Miss[] = [];
  let before: EpochMs | undefined;
  for (const [index, step] of scenario.steps.entries()) {
    const atMs = momentOf(tariffs, step.at, before);
    if (atMs === undefined) {
      misses.push({
        step: index,
        key: 'at',
        expected: "a moment: 2026-03-02 07:30, or '07:31'",
        actual: step.at,
      });
      continue;
    }
    before = atMs;
    const name = step.card ?? ONLY;
    const card = cardOf(scenario, step);
    if (card === undefined) {
      misses.push({ step: index, key: 'card', expected: 'a card of this scenario', actual: name });
      continue;
    }
    const played = play(tariffs, states.get(name), card, step, atMs, index);
    states.set(name, played.state);
    misses.push(...missed(tariffs, step, played, index));
  }
  return misses;
}

function cardOf({ card, cards }: Scenario, step: Step): ScenarioCard | undefined {
  return step.card === undefined ? (card ?? { passes: [] }) : cards?.[step.card];
}

/** A time of day alone is that of the day before, or of the next one where it has passed. */
function momentOf([tariff]: Tariffs, at: string, before: EpochMs | undefined): EpochMs | undefined {
  const whole = parseInstant(at) ?? parseLocal(tariff.zone, at);
  if (whole !== undefined || before === undefined) return whole;
  const date = serviceDateAt(tariff.zone, 0, before);
  const sameDay = parseLocal(tariff.zone, `${formatDate(date)} ${at}`);
  if (sameDay === undefined || sameDay >= before) return sameDay;
  return parseLocal(tariff.zone, `${formatDate(addDays(date, 1))} ${at}`);
}

function play(
  tariffs: Tariffs,
  state: RiderState | undefined,
  card: ScenarioCard,
  step: Step,
  readMs: EpochMs,
  index: number,
): Played {
  const [tariff] = tariffs;
  const atMs = epoch(readMs - (readMs % tariff.resolutionMs));
  const ride: Ride = {
    action: step.does === 'leave' ? 'exit' : step.does === 'load' ? 'load' : 'entry',
    ref: `step-${index + 1}`,
    atMs,
    serviceDate: serviceDateAt(tariff.zone, tariff.dayStartS, atMs),
    trip: step.trip ?? `trip-${index + 1}`,
    routeId: step.line,
    networkId: step.network ?? (step.line === undefined ? undefined : tariff.networkOfRoute[step.line]),
    stopId: step.stop,
    destinationId: step.to,
    mediumClass: card.medium ?? tariff.mediumNames[0] ?? '',
    category: card.category ?? tariff.defaultCategory,
    passes: card.passes.map(({ pass, from, to }) => ({
      pass,
      ...(from === undefined ? {} : { from }),
      ...(to === undefined ? {} : { to }),
    })),
    amountMinor: step.amount === undefined ? undefined : parseAmount(step.amount, tariff.currency),
    redeem: step.redeem,
  };
  if (step.does !== 'nothing') return rateTap(tariffs, state, ride);
  // Time passes: days before this one are closed, and what nobody left is incomplete.
  const account: Account = { ...NEW_ACCOUNT, settled: state, state };
  const closed = closeDays(tariffs, account, addDays(ride.serviceDate, -1));
  const parts = closed.charges.map(({ journeyRef, lines }) => ({ journeyRef, rideRef: journeyRef, lines }));
  const nothing = { quotaAfter: undefined, purseAfterMinor: undefined, points: undefined, graced: [] };
  return {
    outcome: { reason: 'incomplete-journey', tariffHash: '', parts, ...nothing },
    state: closed.account.state,
  };
}

function missed(tariffs: Tariffs, step: Step, { outcome, state }: Played, index: number): Miss[] {
  const [{ currency }] = tariffs;
  const lines = outcome.parts.flatMap(part => part.lines);
  const written = (minor: number | undefined) =>
    minor === undefined ? 'not known' : formatAmount(minor as MinorUnits, currency);
  const actual: Partial<Record<keyof Step, string>> = {
    decision: decisionOf(outcome.reason),
    pay: written(sumOf(lines, funder => funder === 'rider')),
    others: written(sumOf(lines, funder => funder !== 'rider')),
    reason: outcome.reason,
    quota: String(outcome.quotaAfter ?? 'none'),
    purse: written(state?.purseMinor),
  };
  return (['decision', 'pay', 'others', 'reason', 'quota', 'purse'] as const).flatMap((key): Miss[] => {
    const expected = step[key];
    if (expected === undefined) return [];
    const said =
      key === 'pay' || key === 'others' || key === 'purse'
        ? amountOf(String(expected), currency)
        : String(expected);
    return said === actual[key] ? [] : [{ step: index, key, expected: said, actual: actual[key] ?? '' }];
  });
}

/** As the tariff's currency writes it, so that '37' is '37.00'. */
function amountOf(text: string, currency: string): string {
  const minor = parseAmount(text, currency);
  return minor === undefined ? `${text}, which is no amount in ${currency}` : formatAmount(minor, currency);
}

function sumOf(lines: readonly ChargeLine[], counts: (funder: ChargeLine['funder']) => boolean): number {
  let sum = 0;
  for (const { funder, amountMinor } of lines) if (counts(funder)) sum += amountMinor;
  return sum;
}
