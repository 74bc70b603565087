/** A card shown to an inspector (DEVICES.md 7): paid on this trip, listed, or not yet known. It charges nothing. */
import type { RiderState } from '../fare/rider.ts';
import { decisionOf, type Reason } from '../reason.ts';
import { correctedTime } from '../tap.ts';
import { serviceDateAt } from '../time.ts';
import { type Decided, isWarning, tripAt } from './decide.ts';
import type { Rules } from './duty.ts';
import type { Facts, PaidRide, Presented } from './event.ts';
import { answerOf, type Outcome, recordBody } from './outcome.ts';
import type { VehicleState } from './state.ts';

export function inspect(
  { tariff, installation }: Rules,
  state: VehicleState,
  presented: Presented,
  facts: Facts,
): Decided {
  const { medium, eventTimeMs } = presented;
  const atMs = correctedTime(eventTimeMs, state.clock);
  const trip = tripAt(installation, state.place, serviceDateAt(tariff.zone, tariff.dayStartS, atMs));
  const paid = paidOn(trip, facts.rider, facts.boardedAt);
  const outcome: Outcome = {
    action: 'check',
    reason: medium.kind === 'random-uid' ? 'random-uid' : answerTo(facts, paid),
    graced: [],
    riderText: facts.verdict.kind === 'listed' ? facts.verdict.riderText : undefined,
  };
  const body = recordBody(tariff, installation, state, presented, facts, outcome);
  const answer = answerOf(tariff, facts, outcome, decisionOf(outcome.reason) === 'accepted');
  if (paid === undefined) return { body, answer };
  return {
    body: { ...body, passbackOf: paid.ref, riderIndex: paid.riders },
    answer: { ...answer, riderIndex: paid.riders, paid },
  };
}

/** A listed card is the inspector's matter, whatever was paid with it. */
function answerTo({ verdict }: Facts, paid: PaidRide | undefined): Reason {
  if (isWarning(verdict)) return 'check-listed';
  return paid === undefined ? 'check-unknown' : 'check-paid';
}

/** A journey between two taps is paid for while it is open, on whatever vehicle it goes on. */
export function paidOn(
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
