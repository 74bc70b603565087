/**
 * One presentation decided: the stop list first, then who pays as what, then the fare, all from what is passed in.
 * Uncertainty is graced or declined as the tariff says, and stands on the record by name.
 */
import type { Medium, SealedPayment } from '../card/identity.ts';
import { rate } from '../fare/rate.ts';
import { REASON_WITHOUT, rateByVersion } from '../fare/rate-by-version.ts';
import type { Ride } from '../fare/ride.ts';
import { doneOf } from '../list/card-action.ts';
import type { Verdict } from '../list/verdict.ts';
import { decisionOf, type Grace, type Reason } from '../reason.ts';
import type { RecordBody, VersionVector } from '../record.ts';
import { ASSURANCES, type CategorySource, correctedTime } from '../tap.ts';
import type { Tariff } from '../tariff/tariff.ts';
import type { Tariffs } from '../tariff/versions.ts';
import { ticketRefusal } from '../ticket/validity.ts';
import { type ServiceDate, serviceDateAt } from '../time.ts';
import type { DutyRules, Rules } from './duty.ts';
import type { Answer, Facts, Presented, RiderUpdate } from './event.ts';
import { isFurtherAsked } from './further.ts';
import { cardRefusal, stateAfterRide, stateAlone } from './held-card.ts';
import { answerOf, type Outcome, recordBody } from './outcome.ts';
import { type Judged, withOwnRights } from './own-rights.ts';
import { rideOf } from './ride-of.ts';
import type { VehicleState } from './state.ts';
import { unpaid } from './ticket.ts';

/** What of a vehicle never changes while it runs. */
export interface Installation {
  /** readerId -> what a tap there is; absent: what the rider's journey asks for. */
  readonly actions?: Readonly<Record<string, 'entry' | 'exit'>>;
  readonly carrierId: string;
  readonly vehicleId: string;
  /** readerId -> doorId */
  readonly doors: Readonly<Record<string, string>>;
  readonly versions: Pick<VersionVector, 'feedVersion' | 'settingsHash'>;
  /** Other computers aboard take taps too, and hear of each other's a moment later. */
  readonly isShared?: boolean;
  /** Absent: shifts are optional, and a ride is taken back within two minutes. */
  readonly duty?: DutyRules;
}

export interface Decided {
  readonly body: RecordBody;
  readonly rider?: RiderUpdate;
  readonly answer: Answer;
  /** What the tap is paid by later. */
  readonly payment?: SealedPayment;
  /** What is to stand on the card before the tap is shown. */
  readonly cardState?: Uint8Array;
}

export function decide(rules: Rules, state: VehicleState, presented: Presented, facts: Facts): Decided {
  const outcome = outcomeOf(rules, state, presented, facts);
  const tariff = outcome.tariff ?? rules.tariff;
  const body = recordBody(tariff, rules.installation, state, presented, facts, outcome);
  const answer = answerOf(tariff, facts.identity, body, outcome.riderText);
  const { medium } = presented;
  const { payment, cardState } = outcome;
  if (answer.decision === 'declined' || outcome.rated === undefined || medium.kind !== 'identified')
    return cardState === undefined ? { body, answer } : { body, answer, cardState };
  const rider = { token: medium.token, state: outcome.rated.state };
  if (cardState !== undefined) return { body, answer, rider, cardState };
  return payment === undefined ? { body, answer, rider } : { body, answer, rider, payment };
}

/** What the operator's lists ask for is written with the ride, or by itself where there is none. */
function outcomeOf(rules: Rules, state: VehicleState, presented: Presented, lookedUp: Facts): Outcome {
  const { medium, eventTimeMs } = presented;
  if (medium.kind === 'random-uid') return { reason: 'random-uid', graced: [] };
  if (medium.kind === 'unsupported') return { reason: 'medium-not-accepted', graced: [] };
  if (medium.kind === 'refused') return { reason: medium.reason, graced: [] };
  const { zone, dayStartS } = rules.tariff;
  const date = serviceDateAt(zone, dayStartS, correctedTime(eventTimeMs, state.clock));
  const judged = (actions: Facts['actions']): Outcome => {
    const facts = withOwnRights(rules, state, medium, { ...lookedUp, actions }, date);
    const outcome = judge(rules, state, presented, { medium, facts, date });
    const { card, done = [], isToBlock = false } = facts;
    if (card === undefined || (done.length === 0 && !isToBlock)) return outcome;
    const cardState = outcome.reason === 'card-full' ? undefined : (outcome.cardState ?? stateAlone(card));
    // Where there is no room for all, the rider goes first, and the last of them waits.
    if (cardState === undefined) return done.length === 0 ? outcome : judged(done.slice(0, -1));
    return { ...outcome, cardState, cardActions: done.length === 0 ? undefined : done.map(doneOf) };
  };
  return judged(lookedUp.actions);
}

interface Identity {
  readonly medium: Identified;
  readonly facts: Judged;
  readonly date: ServiceDate;
}

function judge(
  rules: Rules,
  state: VehicleState,
  { eventTimeMs, monotonicMs, readerId }: Presented,
  { medium, facts, date }: Identity,
): Outcome {
  const { tariffs, tariff, installation } = rules;
  const { verdict, entitlement, ticket, card } = facts;
  const riderText = verdict.kind === 'listed' ? verdict.riderText : undefined;
  if (isBlocked(verdict)) return { reason: 'blocked', graced: [], riderText };
  // What it holds is not known: it might be a block.
  if (medium.card !== undefined && card === undefined) return { reason: 'card-damaged', graced: [] };
  const unfit = card && cardRefusal(card, date);
  if (unfit !== undefined) return { reason: unfit, graced: [] };

  const mediumClass = entitlement?.mediumClass ?? tariff.mediumByForm[medium.form];
  if (mediumClass === undefined || !isSureEnough(tariff, mediumClass, medium)) {
    return { reason: 'medium-not-accepted', graced: [] };
  }
  const uncertain = uncertainties(tariff, state, facts);
  if (uncertain.declined !== undefined) return { reason: uncertain.declined, graced: [], mediumClass };

  const { category, source } = categoryOf(tariff, facts);
  const action = actionAt(tariff, installation.actions?.[readerId], state, facts);
  const refused = ticket && ticketRefusal(ticket, { ...state, atMs: eventTimeMs, action });
  if (refused !== undefined) return { reason: refused, graced: [], mediumClass };
  const ride = rideOf(tariff, installation, state, facts, {
    action,
    atMs: correctedTime(eventTimeMs, state.clock),
    mediumClass,
    category,
    isFurther: isFurtherAsked(state.duty, monotonicMs),
  });
  const found = rateAboard(tariffs, state, facts, ride);
  if (typeof found === 'string') {
    return { reason: REASON_WITHOUT[found], graced: [], mediumClass };
  }
  const { tariff: version, rated } = found;
  const cardState =
    card && decisionOf(rated.reason) === 'accepted' ? stateAfterRide(card, rated, date) : undefined;
  if (card !== undefined && decisionOf(rated.reason) === 'accepted' && cardState === undefined)
    return { reason: 'card-full', graced: [], mediumClass, category };
  const owing = ticket && unpaid(rated);
  if (owing !== undefined) return { reason: owing, graced: [], mediumClass, category };
  return {
    tariff: version,
    action,
    reason: rated.reason,
    graced:
      rated.graced.length === 0 ? uncertain.graced : [...new Set([...uncertain.graced, ...rated.graced])],
    mediumClass,
    category,
    categorySource: source,
    riders: ride.riders,
    rated,
    riderText,
    payment: decisionOf(rated.reason) === 'accepted' ? paidBy(version, mediumClass, medium) : undefined,
    cardState,
  };
}

type Identified = Extract<Medium, { kind: 'identified' }>;

/** A class of media may ask for more than a number that anybody can copy. */
function isSureEnough({ media }: Tariff, mediumClass: string, { assurance }: Identified): boolean {
  const least = media[mediumClass]?.assurance;
  return least !== undefined && ASSURANCES.indexOf(assurance) >= ASSURANCES.indexOf(least);
}

/** A medium that the tariff's open loop takes is paid by later. */
function paidBy(
  { media, openLoop }: Tariff,
  mediumClass: string,
  { payment }: Identified,
): SealedPayment | undefined {
  const index = media[mediumClass]?.index;
  return index !== undefined && openLoop?.media[index] ? payment : undefined;
}

/** A reader that serves both ways: whoever has a journey open leaves, unless the card is held there twice. */
function actionAt(
  tariff: Tariff,
  fixed: 'entry' | 'exit' | undefined,
  { place }: VehicleState,
  { rider }: Facts,
): 'entry' | 'exit' {
  if (fixed !== undefined) return fixed;
  const network = tariff.networkIndex[place.networkId ?? ''] ?? 0;
  if (tariff.networks[network]?.taps !== 'entry-exit') return 'entry';
  const journey = rider?.journey;
  return journey !== undefined && journey.left === undefined ? 'exit' : 'entry';
}

/** A clock that was never set says nothing of days: then the newest prices hold. */
function rateAboard(tariffs: Tariffs, { clock }: VehicleState, { rider }: Facts, ride: Ride) {
  if (clock.state !== 'unset') return rateByVersion(tariffs, rider, ride);
  const tariff = tariffs.at(-1) ?? tariffs[0];
  return { tariff, rated: rate(tariff, rider, ride) };
}

/** `block-on-card` declines too, and is written on a card that can be. */
function isBlocked(verdict: Verdict): boolean {
  return verdict.kind === 'listed' && (verdict.effect === 'decline' || verdict.effect === 'block-on-card');
}

/** `treat-as` says for certain what to charge; the rest asks for a person's eye. */
export function isWarning(verdict: Verdict): boolean {
  return verdict.kind === 'listed' && verdict.effect !== 'treat-as';
}

interface Uncertainties {
  readonly graced: readonly Grace[];
  readonly declined?: Reason;
}

function uncertainties(tariff: Tariff, state: VehicleState, facts: Judged): Uncertainties {
  const { noStop, noClock, noEntitlement, staleStopList } = tariff.uncertain;
  const graced: Grace[] = [];
  if (state.place.stopId === undefined) {
    if (noStop === 'decline') return { graced, declined: 'no-fare' };
    graced.push('stop-unknown');
  }
  if (state.clock.state === 'unset') {
    if (noClock === 'decline') return { graced, declined: 'clock-unset' };
    graced.push('clock-unsynced');
  }
  if (facts.stopListStale) {
    if (staleStopList === 'decline') return { graced, declined: 'stop-list-stale' };
    graced.push('stop-list-stale');
  }
  if (facts.entitlementVersion === undefined && facts.ticket === undefined && facts.card === undefined) {
    if (noEntitlement === 'decline') return { graced, declined: 'entitlement-unknown' };
    graced.push('entitlement-unknown');
  }
  if (isWarning(facts.verdict)) graced.push('stop-list-warning');
  return { graced };
}

function categoryOf(
  tariff: Tariff,
  { entitlement, verdict, ticket, card }: Judged,
): { category: string; source: CategorySource } {
  if (verdict.kind === 'listed' && verdict.effect === 'treat-as' && verdict.category !== undefined) {
    return { category: verdict.category, source: 'stop-list' };
  }
  if (entitlement === undefined) return { category: tariff.defaultCategory, source: 'default' };
  return {
    category: entitlement.category,
    source: ticket === undefined && card === undefined ? 'entitlement' : 'card',
  };
}
