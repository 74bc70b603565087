/** What a card might do: rides, at moments and after waits at which rules may turn, again and again where a rule counts. */
import type { MinorUnits } from '../../core/money.ts';
import type { Tariff } from '../../core/tariff/tariff.ts';
import { DAY_MS, epoch } from '../../core/time.ts';
import type { Random } from '../random.ts';
import { creditOf } from '../scenario/bank-card.ts';
import type { Card, Step } from '../scenario/scenario.ts';
import { MORNING_S, type WorldDay } from '../search/days.ts';
import { nearMoment, randomSpan } from '../search/random-time.ts';
import type { World } from '../search/world.ts';

const MOST_MOVES = 6;
const MOST_STEPS = 150;

export function randomSteps(
  world: World,
  tariff: Tariff,
  card: Card,
  day: WorldDay,
  random: Random,
): readonly Step[] {
  const drafting = new Drafting(world, tariff, card, day, random);
  const moves = MOVES.filter(({ isPossible }) => isPossible(tariff, card));
  const chances = moves.flatMap(move => Array.from({ length: move.weight }, () => move));
  drafting.ride();
  for (let left = random.below(MOST_MOVES); left > 0; left--) {
    drafting.wait();
    random.pick(chances).make(drafting);
  }
  return drafting.steps.slice(0, MOST_STEPS);
}

interface Move {
  /** How often it is made, beside the others. */
  readonly weight: number;
  readonly isPossible: (tariff: Tariff, card: Card) => boolean;
  readonly make: (drafting: Drafting) => void;
}

const ANYBODY = () => true;

const MOVES: readonly Move[] = [
  { weight: 8, isPossible: ANYBODY, make: drafting => drafting.ride() },
  { weight: 4, isPossible: ANYBODY, make: drafting => drafting.again() },
  { weight: 3, isPossible: ANYBODY, make: drafting => drafting.sameTrip() },
  { weight: 2, isPossible: ANYBODY, make: drafting => drafting.dayByDay() },
  { weight: 1, isPossible: ANYBODY, make: drafting => drafting.act({ does: 'nothing' }) },
  {
    weight: 4,
    isPossible: (_, { purseMinor }) => purseMinor !== undefined,
    make: drafting => drafting.load(),
  },
  {
    weight: 4,
    isPossible: (tariff, { mediumClass }) => creditOf(tariff, mediumClass) !== undefined,
    make: drafting => drafting.answer(),
  },
];

/** Of a hundred rides and waits, so many end near a limit. */
const AIMED = 60;
/** Days until a period may be over. */
const DAYS = [1, 1, 1, 2, 6, 7, 8, 13, 14, 29, 30, 31];
const TIMES = [1, 2, 3, 5, 8];

class Drafting {
  readonly steps: Step[] = [];
  readonly #world: World;
  readonly #tariff: Tariff;
  readonly #card: Card;
  readonly #day: WorldDay;
  readonly #random: Random;
  #atMs: number;
  /** Where the last ride stands among the steps. */
  #lastRide = 0;

  constructor(world: World, tariff: Tariff, card: Card, day: WorldDay, random: Random) {
    this.#world = world;
    this.#tariff = tariff;
    this.#card = card;
    this.#day = day;
    this.#random = random;
    this.#atMs = this.#moment();
  }

  /** Somewhere, and mostly left where rides are. */
  ride(): void {
    const random = this.#random;
    const way = random.pick(this.#world.ways);
    const line = way.lines.length === 0 ? undefined : random.pick(way.lines);
    const stop = () => (way.stops.length === 0 ? undefined : random.pick(way.stops).id);
    const where = { ...given('network', way.network), ...given('line', line) };
    this.#lastRide = this.steps.length;
    this.act({
      ...where,
      ...given('stop', stop()),
      ...(way.namesEnd ? given('to', stop()) : {}),
      ...this.#riders(),
      ...(random.chance(50) ? given('redeem', this.#programmes()) : {}),
    });
    if (!way.isLeft || random.chance(10)) return;
    this.#atMs += this.#span();
    this.act({ ...where, ...given('stop', stop()), does: 'leave' });
  }

  /** The last ride, so many times more, always as long after it. */
  again(): void {
    const ride = this.steps.slice(this.#lastRide);
    const [first] = ride;
    if (first === undefined) return;
    const lasts = (ride.at(-1)?.atMs ?? 0) - first.atMs;
    const apartMs = lasts + (this.#random.chance(20) ? DAY_MS : this.#span());
    for (let nth = 1, times = this.#times(); nth <= times && this.steps.length < MOST_STEPS; nth++)
      for (const step of ride) this.steps.push({ ...step, atMs: epoch(step.atMs + nth * apartMs) });
    this.#atMs = this.steps.at(-1)?.atMs ?? this.#atMs;
  }

  /** All of it again, on so many days more. */
  dayByDay(): void {
    const all = [...this.steps];
    const [first, last] = [all[0], all.at(-1)];
    if (first === undefined || last === undefined) return;
    const apartMs = Math.ceil((last.atMs - first.atMs + 1) / DAY_MS) * DAY_MS;
    const days = Math.min(1 + this.#random.below(6), Math.floor(MOST_STEPS / all.length) - 1);
    for (let nth = 1; nth <= days; nth++)
      for (const step of all) this.steps.push({ ...step, atMs: epoch(step.atMs + nth * apartMs) });
    this.#lastRide = this.steps.length - all.length + this.#lastRide;
    this.#atMs = this.steps.at(-1)?.atMs ?? this.#atMs;
  }

  /** A second card shown, or a second rider. */
  sameTrip(): void {
    const ride = this.steps[this.#lastRide];
    if (ride === undefined) return;
    const { where: _where, atMs, card: _card, ...cells } = ride;
    const together = { ...cells, trip: `trip-${this.#lastRide + 1}` };
    // Whoever has left is on board no more.
    this.steps.length = this.#lastRide;
    this.#atMs = atMs;
    this.act(together);
    for (let left = this.#random.pick([1, 1, 2, 4]); left > 0; left--) {
      this.#atMs += this.#span();
      this.act(together);
    }
  }

  load(): void {
    const maximum = this.#tariff.purse?.maximumMinor ?? 0;
    const balance = this.#card.purseMinor ?? 0;
    const room = Math.max(1, maximum - balance);
    const amount = this.#random.pick([room, room + 1, Math.ceil(room / 2), 1000]) as MinorUnits;
    this.act({ does: 'load', amount });
  }

  /** A payment is asked for when a charging day is over. */
  answer(): void {
    this.#atMs += DAY_MS;
    this.act({ does: 'nothing' });
    this.#atMs += 60_000;
    this.act({ does: this.#random.chance(50) ? 'paid' : 'refused' });
  }

  act(cells: Omit<Step, 'where' | 'atMs' | 'card'>): void {
    this.steps.push({ ...cells, where: { file: '' }, card: '', atMs: epoch(this.#atMs) });
  }

  /** From the last ride's beginning or its end, to a limit; to a moment of the day; or for days. */
  wait(): void {
    const [ride, last] = [this.steps[this.#lastRide], this.steps.at(-1)];
    const random = this.#random;
    const chosen = random.below(10);
    if (chosen < 6) this.#atMs = ((random.chance(50) ? ride : last)?.atMs ?? this.#atMs) + this.#span();
    else if (chosen < 7) this.#atMs = Math.max(this.#moment(), this.#atMs);
    else if (chosen < 9) this.#atMs += random.pick(DAYS) * DAY_MS;
    else this.#atMs = this.#moment() + random.pick(DAYS) * DAY_MS;
    this.#atMs = Math.max(this.#atMs, last?.atMs ?? 0);
  }

  #moment(): number {
    const isPlain = this.#random.chance(70);
    const second = isPlain ? MORNING_S : nearMoment(this.#world, this.#day, this.#random);
    return this.#day.startMs + second * 1000;
  }

  #span(): number {
    return randomSpan(this.#world, this.#random, AIMED) * 1000;
  }

  /** As often as some rule counts, or once more. */
  #times(): number {
    const counts = countsOf(this.#tariff);
    if (counts.length === 0 || this.#random.chance(50)) return this.#random.pick(TIMES);
    return Math.max(1, this.#random.pick(counts) - this.#random.below(2));
  }

  #riders(): Pick<Step, 'riders'> {
    if (this.#tariff.passback.furtherBy !== 'trigger' || this.#random.chance(70)) return {};
    return { riders: 1 + this.#random.below(5) };
  }

  #programmes(): readonly string[] | undefined {
    const programmes = this.#card.points.map(({ programme }) => programme);
    return programmes.length === 0 ? undefined : programmes;
  }
}

function given<Key extends string, Value>(key: Key, value: Value | undefined): { [K in Key]?: Value } {
  return value === undefined ? {} : ({ [key]: value } as { [K in Key]?: Value });
}

/** Rides that a rule counts up to, where somebody might still ride so often. */
function countsOf({ transfers, caps, passes }: Tariff): readonly number[] {
  return [
    ...transfers.map(({ count }) => count + 1),
    ...caps.flatMap(({ limit }) =>
      limit.kind === 'rides' ? limit.rides + 1 : limit.kind === 'journeys' ? limit.journeys + 1 : [],
    ),
    ...passes.flatMap(({ rides }) => (rides === undefined ? [] : rides + 1)),
  ].filter(count => count <= MOST_STEPS / 2);
}
