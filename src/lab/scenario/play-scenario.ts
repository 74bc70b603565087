/** Plays a scenario against a tariff: each card remembers what the engine gave it to remember. Pure. */
import { isProofExpired } from '../../core/entitlement.ts';
import { assert } from '../../core/error.ts';
import { closeIncomplete } from '../../core/fare/incomplete.ts';
import type { Ride } from '../../core/fare/ride.ts';
import { NEW_RIDER, type RiderState } from '../../core/fare/rider.ts';
import { rateTap } from '../../core/fare/settle.ts';
import { formatAmount, type MinorUnits } from '../../core/money.ts';
import { type ChargeLine, riderAmount } from '../../core/record.ts';
import { type Tariffs, tariffOfJourney } from '../../core/tariff/versions.ts';
import { addDays, epoch, serviceDateAt } from '../../core/time.ts';
import { BankCard, creditOf } from './bank-card.ts';
import { type Miss, missesOf } from './judge.ts';
import type { Observer, RideOutcome } from './observer.ts';
import type { Card, Scenario, Step } from './scenario.ts';

export interface PlayedStep {
  readonly step: Step;
  readonly ride: Ride;
  /** Undefined where nothing rode: a payment was answered, or time passed and closed nothing. */
  readonly outcome: RideOutcome | undefined;
  /** How the card's rider stands afterwards. */
  readonly state: RiderState | undefined;
  /** What was expected and is otherwise. */
  readonly misses: readonly Miss[];
}

/** Step by step, so that whoever wants only to know whether it passes may stop at the first miss. */
export function* playScenario(
  tariffs: Tariffs,
  { cards, steps }: Scenario,
  observer?: Observer,
): Generator<PlayedStep, void, undefined> {
  const holders = new Map<string, Holder>();
  for (const [index, step] of steps.entries()) {
    const card = cards[step.card];
    assert(card !== undefined, "a step's card is one of its scenario");
    const holder = holders.get(step.card) ?? new Holder(tariffs, card, observer);
    holders.set(step.card, holder);
    yield holder.play(step, index + 1);
  }
}

/** Whoever holds one card, and rides on it. */
class Holder {
  readonly #tariffs: Tariffs;
  readonly #card: Card;
  readonly #observer: Observer | undefined;
  readonly #bank: BankCard | undefined;
  #state: RiderState | undefined;

  constructor(tariffs: Tariffs, card: Card, observer: Observer | undefined) {
    this.#tariffs = tariffs;
    this.#card = card;
    this.#observer = observer;
    const credit = creditOf(tariffs[0], card.mediumClass);
    this.#bank = credit === undefined ? undefined : new BankCard(credit, card);
    const { purseMinor, points } = card;
    if (purseMinor !== undefined || points.length > 0) this.#state = { ...NEW_RIDER, purseMinor, points };
  }

  play(step: Step, number: number): PlayedStep {
    const ride = this.#rideOf(step, number);
    const isAnswer = step.does === 'paid' || step.does === 'refused';
    // What was never left is charged to its own day, which is asked for now.
    const closed = step.does === 'nothing' ? this.#close(ride) : undefined;
    this.#bank?.begin(ride.serviceDate);
    const unasked = isAnswer && !this.#answer(step, ride);
    const outcome = step.does === 'nothing' ? closed : isAnswer ? undefined : this.#ride(ride);
    if (outcome !== undefined) this.#observer?.rode?.(ride, outcome);
    const misses = missesOf(
      step,
      {
        reason: outcome?.reason,
        lines: linesOf(outcome),
        quotaAfter: outcome?.quotaAfter,
        purseMinor: this.#state?.purseMinor,
        askedMinor: this.#bank?.takeAsked(),
        unasked,
      },
      this.#tariffs[0].currency,
    );
    return { step, ride, outcome, state: this.#state, misses };
  }

  #rideOf(step: Step, number: number): Ride {
    const [tariff] = this.#tariffs;
    const { mediumClass, category, passes, quotaUsed } = this.#card;
    const atMs = epoch(step.atMs - (step.atMs % tariff.resolutionMs));
    const serviceDate = serviceDateAt(tariff.zone, tariff.dayStartS, atMs);
    return {
      action: ACTIONS[step.does ?? 'enter'],
      ref: `step-${number}`,
      atMs,
      serviceDate,
      trip: step.trip ?? `trip-${number}`,
      routeId: step.line,
      networkId: step.network ?? (step.line === undefined ? undefined : tariff.networkOfRoute[step.line]),
      stopId: step.stop,
      destinationId: step.to,
      mediumClass,
      category,
      proofExpired: this.#card.proofExpired || isProofExpired(this.#card, category, serviceDate),
      quotaUsed,
      passes,
      amountMinor: step.amount,
      redeem: step.redeem,
      isProven: this.#bank?.isProven,
      riders: step.riders,
      carrierId: step.carrier,
    };
  }

  #ride(ride: Ride): RideOutcome {
    const owesMinor = this.#bank?.owesMinor ?? 0;
    if (owesMinor > 0) return this.#decline(owesMinor);
    const { outcome, state } = rateTap(this.#tariffs, this.#state, ride, this.#observer);
    this.#state = state;
    this.#bank?.charge(ride.serviceDate, riderAmount(linesOf(outcome)));
    return outcome;
  }

  /** As the stop list does, on which a debtor stands. */
  #decline(owesMinor: number): RideOutcome {
    const owed = formatAmount(owesMinor as MinorUnits, this.#tariffs[0].currency);
    this.#observer?.applied('open-loop', `${owed} is owed for a day that is over`);
    return { ...NOTHING, reason: 'blocked', tariffHash: '', parts: [] };
  }

  /** A journey that nobody left may be left until the day after its own is over. */
  #close({ serviceDate }: Ride): RideOutcome | undefined {
    const journey = this.#state?.journey;
    if (this.#state === undefined || journey === undefined || journey.left !== undefined) return undefined;
    if (journey.day >= addDays(serviceDate, -1)) return undefined;
    const tariff = tariffOfJourney(this.#tariffs, journey, journey.day);
    const closing =
      typeof tariff === 'string' ? undefined : closeIncomplete(tariff, this.#state, this.#observer);
    if (closing === undefined || typeof tariff === 'string') return undefined;
    this.#state = closing.state;
    this.#bank?.charge(journey.day, riderAmount(closing.closed.flatMap(({ lines }) => lines)));
    const parts = closing.closed.map(part => ({ ...part, rideRef: part.journeyRef }));
    return { ...NOTHING, reason: 'incomplete-journey', tariffHash: tariff.hash, parts };
  }

  #answer({ does, amount }: Step, { serviceDate }: Ride): boolean {
    return this.#bank?.answer(does === 'paid' ? 'paid' : 'refused', serviceDate, amount) ?? false;
  }
}

const NOTHING = { quotaAfter: undefined, purseAfterMinor: undefined, points: undefined, graced: [] } as const;

const ACTIONS = {
  enter: 'entry',
  leave: 'exit',
  load: 'load',
  nothing: 'entry',
  paid: 'entry',
  refused: 'entry',
} as const satisfies Record<NonNullable<Step['does']>, Ride['action']>;

function linesOf(outcome: RideOutcome | undefined): readonly ChargeLine[] {
  return outcome?.parts.flatMap(({ lines }) => lines) ?? [];
}
