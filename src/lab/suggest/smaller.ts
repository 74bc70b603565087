/** Every scenario that is one step simpler than another; whether it still shows anything is not asked here. */
import { DAY_MS, type EpochMs, epoch } from '../../core/time.ts';
import type { Card, Scenario, Step } from '../scenario/scenario.ts';
import type { WorldDay } from '../search/days.ts';
import { ROUND_S } from '../search/weight.ts';
import type { World } from '../search/world.ts';

/** What is left out where it can be, the rarest first. */
const CARD_KEYS = ['paidOn', 'purseMinor', 'quotaUsed', 'categoryExpiry'] as const;
const STEP_KEYS = ['redeem', 'riders', 'trip', 'carrier', 'to', 'line', 'stop', 'network'] as const;

/** Fewer steps weigh most, then what a card and a step say, then how odd the times are. */
export function weightOf({ payers, days }: World, { cards, steps }: Scenario): number {
  let weight = Math.ceil(daysOf(steps) / 7);
  for (const card of Object.values(cards)) {
    weight += 20 * cardWords(card);
    if (card.category !== payers[0]?.category) weight += 20;
    if (card.mediumClass !== payers[0]?.medium) weight += 20;
  }
  if (!isOn(days[0], steps[0])) weight += 10;
  for (const [place, step] of steps.entries()) {
    weight += 100 + oddness(step.atMs);
    if (step.does === 'leave' && step.atMs - (steps[place - 1]?.atMs ?? 0) < SHORT_MS) weight += 8;
    for (const key of STEP_KEYS) if (step[key] !== undefined) weight += 10;
  }
  return weight;
}

/** Nobody has been anywhere yet. */
const SHORT_MS = 300_000;

function isOn(day: WorldDay | undefined, step: Step | undefined): boolean {
  const sinceMs = (step?.atMs ?? 0) - (day?.startMs ?? 0);
  return sinceMs >= 0 && sinceMs < DAY_MS;
}

function daysOf(steps: readonly Step[]): number {
  return ((steps.at(-1)?.atMs ?? 0) - (steps[0]?.atMs ?? 0)) / DAY_MS;
}

function cardWords({ passes = [], points, proofExpired, ...card }: Card): number {
  const said = CARD_KEYS.filter(key => card[key] !== undefined).length;
  const dated = passes.filter(({ from }) => from !== undefined).length;
  return said + dated + passes.length + points.length + (proofExpired ? 1 : 0);
}

function oddness(atMs: EpochMs): number {
  const place = ROUND_S.findIndex(second => (atMs / 1000) % second === 0);
  return place === -1 ? ROUND_S.length : place;
}

export function* smaller(world: World, scenario: Scenario): Generator<Scenario> {
  yield* withFewerSteps(scenario);
  yield* byPlainerRiders(world, scenario);
  yield* withPlainerCards(scenario);
  yield* withPlainerSteps(scenario);
  yield* onAnOrdinaryDay(world, scenario);
  yield* atRounderTimes(scenario);
}

/** Without a half, a quarter…, at last without one. */
function* withFewerSteps(scenario: Scenario): Generator<Scenario> {
  const { steps } = scenario;
  for (let size = Math.ceil(steps.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2))
    for (let from = 0; from < steps.length; from += size)
      if (size < steps.length) yield { ...scenario, steps: steps.toSpliced(from, size) };
}

function* byPlainerRiders({ payers: [plainest] }: World, scenario: Scenario): Generator<Scenario> {
  if (plainest === undefined) return;
  const { category, medium: mediumClass } = plainest;
  for (const change of [{ category, mediumClass }, { category }, { mediumClass }]) {
    const cards = Object.entries(scenario.cards).map(([name, card]) => [name, { ...card, ...change }]);
    yield { ...scenario, cards: Object.fromEntries(cards) };
  }
}

const MORNING_MS = 8 * 3_600_000;

/** At the same time as before, and in the morning. */
function* onAnOrdinaryDay({ days: [day] }: World, scenario: Scenario): Generator<Scenario> {
  const { atMs } = scenario.steps[0] ?? {};
  if (day === undefined || atMs === undefined) return;
  const sinceMs = atMs - day.startMs;
  const wholeDaysMs = Math.floor(sinceMs / DAY_MS) * DAY_MS;
  const all = () => true;
  yield moved(scenario, MORNING_MS - sinceMs, all);
  yield moved(scenario, -wholeDaysMs, all);
  yield moved(scenario, MORNING_MS - (sinceMs - wholeDaysMs), all);
}

function* withPlainerCards(scenario: Scenario): Generator<Scenario> {
  for (const [name, card] of Object.entries(scenario.cards)) {
    const withCard = (plainer: Card) => ({ ...scenario, cards: { ...scenario.cards, [name]: plainer } });
    for (const key of CARD_KEYS) if (card[key] !== undefined) yield withCard(without(card, key));
    const { passes = [], points } = card;
    if (card.proofExpired) yield withCard({ ...card, proofExpired: false });
    if (points.length > 0) yield withCard({ ...card, points: [] });
    if (passes.length > 0) yield withCard({ ...card, passes: [] });
    if (passes.length > 0) yield withCard({ ...card, passes: passes.map(({ pass }) => ({ pass })) });
  }
}

function* withPlainerSteps(scenario: Scenario): Generator<Scenario> {
  const { steps } = scenario;
  for (const key of STEP_KEYS) {
    if (!steps.some(step => step[key] !== undefined)) continue;
    yield { ...scenario, steps: steps.map(step => without(step, key)) };
    for (const [place, step] of steps.entries())
      if (step[key] !== undefined) yield { ...scenario, steps: steps.with(place, without(step, key)) };
  }
}

function without<T extends object, Key extends keyof T>(whole: T, key: Key): T {
  const { [key]: _gone, ...rest } = whole;
  // Whatever is left out here is optional.
  return rest as T;
}

/** All from a step on, or that step alone. */
function* atRounderTimes(scenario: Scenario): Generator<Scenario> {
  const { steps } = scenario;
  for (const [place, { atMs }] of steps.entries()) {
    for (const second of ROUND_S) {
      const byMs = -(atMs % (second * 1000));
      if (byMs === 0) break;
      yield moved(scenario, byMs, at => at >= place);
      yield moved(scenario, byMs, at => at === place);
    }
  }
  for (const place of steps.keys()) yield moved(scenario, -DAY_MS, at => at >= place && place > 0);
}

function moved(scenario: Scenario, byMs: number, isMoved: (place: number) => boolean): Scenario {
  const steps = scenario.steps.map((step, place) =>
    isMoved(place) ? { ...step, atMs: epoch(step.atMs + byMs) } : step,
  );
  return { ...scenario, steps };
}

/** Nothing is done before what came before it. */
export function isInOrder({ steps }: Scenario): boolean {
  return steps.every(({ atMs }, place) => atMs >= (steps[place - 1]?.atMs ?? atMs));
}
