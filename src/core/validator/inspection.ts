/** A card shown to an inspector (DEVICES.md 7): paid on this trip, listed, or not yet known. It charges nothing. */
import type { RiderState } from '../fare/rider.ts';
import { correctedTime } from '../tap.ts';
import { serviceDateAt } from '../time.ts';
import { type Decided, isWarning } from './decide.ts';
import type { Rules } from './duty.ts';
import type { Facts, PaidRide, Presented } from './event.ts';
import { CHECK_REASONS, type Check } from './inspected.ts';
import { answerOf, type Outcome, recordBody } from './outcome.ts';
import { withOwnRights } from './own-rights.ts';
import { tripAt } from './ride-of.ts';
import type { VehicleState } from './state.ts';

/** What a medium is answered with here and now, and the ride that paid for it. */
export function check(
  rules: Rules,
  state: VehicleState,
  { medium, eventTimeMs }: Pick<Presented, 'medium' | 'eventTimeMs'>,
  facts: Facts,
): { readonly check: Check; readonly paid: PaidRide | undefined } {
  const { tariff, installation } = rules;
  const { place, clock } = state;
  const date = serviceDateAt(tariff.zone, tariff.dayStartS, correctedTime(eventTimeMs, clock));
  const known = medium.kind === 'identified' ? withOwnRights(rules, state, medium, facts, date) : facts;
  const { rider, boardedAt, verdict } = known;
  const paid = paidOn(tripAt(installation, place, date), rider, boardedAt);
  // A listed card is the inspector's matter, whatever was paid with it.
  if (isWarning(verdict)) return { check: 'listed', paid };
  return { check: paid === undefined ? 'unknown' : 'paid', paid };
}

export function inspect(rules: Rules, state: VehicleState, presented: Presented, facts: Facts): Decided {
  const { tariff, installation } = rules;
  const { check: said, paid } = check(rules, state, presented, facts);
  const outcome: Outcome = {
    action: 'check',
    reason: presented.medium.kind === 'random-uid' ? 'random-uid' : CHECK_REASONS[said],
    graced: [],
    riderText: facts.verdict.kind === 'listed' ? facts.verdict.riderText : undefined,
  };
  const seen = recordBody(tariff, installation, state, presented, facts, outcome);
  const body = paid === undefined ? seen : { ...seen, passbackOf: paid.ref, riderIndex: paid.riders };
  const answer = answerOf(tariff, facts.identity, body, outcome.riderText);
  return { body, answer: paid === undefined ? answer : { ...answer, paid } };
}

/** A journey between two taps is paid for while it is open, on whatever vehicle it goes on. */
function paidOn(
  trip: string,
  rider: RiderState | undefined,
  boardedAt: Facts['boardedAt'],
): PaidRide | undefined {
  const { lastRide, journey } = rider ?? {};
  if (journey !== undefined && journey.left === undefined) {
    const { ref, enteredAtMs, stopId } = journey;
    return { ref, atMs: enteredAtMs, riders: 1, ...(stopId === undefined ? {} : { stopId }) };
  }
  if (lastRide?.trip !== trip) return undefined;
  const { ref, atMs, riders } = lastRide;
  return { ref, atMs, riders, ...boardedAt };
}
