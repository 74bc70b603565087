/**
 * One presentation decided: the stop list first, then who pays as what, then the fare, all from what is passed in.
 * Uncertainty is graced or declined as the tariff says, and stands on the record by name.
 */
import type { Medium, SealedPayment } from '../card/identity.ts';
import { rate } from '../fare/rate.ts';
import type { Ride } from '../fare/ride.ts';
import type { RiderState } from '../fare/rider.ts';
import type { Verdict } from '../list/verdict.ts';
import { decisionOf, type Grace, type Reason } from '../reason.ts';
import type { RecordBody, VersionVector } from '../record.ts';
import { ASSURANCES, type CategorySource, correctedTime, identityText, type Token } from '../tap.ts';
import type { Tariff } from '../tariff/tariff.ts';
import { type NoTariff, type Tariffs, tariffOfJourney } from '../tariff/versions.ts';
import { epoch, formatDate, serviceDateAt } from '../time.ts';
import type { Answer, Facts, Presented } from './event.ts';
import { answerOf, type Outcome, recordBody } from './outcome.ts';
import type { VehicleState } from './state.ts';

/** What of a vehicle never changes while it runs. */
export interface Installation {
  /** readerId -> what a tap there is; absent: what the rider's journey asks for. */
  readonly actions?: Readonly<Record<string, 'entry' | 'exit'>>;
  readonly carrierId: string;
  readonly vehicleId: string;
  /** readerId -> doorId */
  readonly doors: Readonly<Record<string, string>>;
  readonly versions: Pick<VersionVector, 'feedVersion' | 'settingsHash'>;
}

export interface Decided {
  readonly body: RecordBody;
  readonly rider?: { readonly token: Token; readonly state: RiderState };
  readonly answer: Answer;
  /** What the tap is paid by later. */
  readonly payment?: SealedPayment;
}

export function decide(
  tariffs: Tariffs,
  installation: Installation,
  state: VehicleState,
  presented: Presented,
  facts: Facts,
): Decided {
  const outcome = judge(tariffs, installation, state, presented, facts);
  const tariff = outcome.tariff ?? tariffs[0];
  const accepted = decisionOf(outcome.reason) === 'accepted';
  const body = recordBody(tariff, installation, state, presented, facts, outcome);
  const answer = answerOf(tariff, facts, outcome, accepted);
  const { medium } = presented;
  if (!accepted || outcome.rated === undefined || medium.kind !== 'identified') return { body, answer };
  const rider = { token: medium.token, state: outcome.rated.state };
  const { payment } = outcome;
  return payment === undefined ? { body, answer, rider } : { body, answer, rider, payment };
}

function judge(
  tariffs: Tariffs,
  installation: Installation,
  state: VehicleState,
  { medium, eventTimeMs, readerId }: Presented,
  facts: Facts,
): Outcome {
  const [tariff] = tariffs;
  if (medium.kind === 'random-uid') return { reason: 'random-uid', graced: [] };
  if (medium.kind === 'unsupported') return { reason: 'medium-not-accepted', graced: [] };
  const { verdict, entitlement } = facts;
  const riderText = verdict.kind === 'listed' ? verdict.riderText : undefined;
  if (isBlocked(verdict)) return { reason: 'blocked', graced: [], riderText };

  const mediumClass = entitlement?.mediumClass ?? tariff.mediumByForm[medium.form];
  if (mediumClass === undefined || !isSureEnough(tariff, mediumClass, medium)) {
    return { reason: 'medium-not-accepted', graced: [] };
  }
  const uncertain = uncertainties(tariff, state, facts);
  if (uncertain.declined !== undefined) return { reason: uncertain.declined, graced: [], mediumClass };

  const { category, source } = categoryOf(tariff, facts);
  const action = actionAt(tariff, installation.actions?.[readerId], state, facts);
  const ride = rideOf(tariff, installation, state, facts, {
    action,
    atMs: correctedTime(eventTimeMs, state.clock),
    mediumClass,
    category,
  });
  const version = versionFor(tariffs, state, facts, ride);
  if (typeof version === 'string') {
    return { reason: version === 'none' ? 'no-fare' : 'price-unknown', graced: [], mediumClass };
  }
  const rated = rate(version, facts.rider, ride);
  return {
    tariff: version,
    action,
    reason: rated.reason,
    graced: [...uncertain.graced, ...rated.graced],
    mediumClass,
    category,
    categorySource: source,
    rated,
    riderText,
    payment: decisionOf(rated.reason) === 'accepted' ? paidBy(version, mediumClass, medium) : undefined,
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
function versionFor(tariffs: Tariffs, state: VehicleState, { rider }: Facts, ride: Ride): Tariff | NoTariff {
  if (state.clock.state === 'unset') return tariffs.at(-1) ?? 'none';
  const open = ride.action === 'exit' && rider?.journey?.left === undefined ? rider?.journey : undefined;
  return tariffOfJourney(tariffs, open, ride.serviceDate);
}

/** `block-on-card` declines too, and asks for more. */
function isBlocked(verdict: Verdict): boolean {
  return verdict.kind === 'listed' && (verdict.effect === 'decline' || verdict.effect === 'block-on-card');
}

/** `treat-as` says for certain what to charge; the rest asks for a person's eye. */
function isWarning(verdict: Verdict): boolean {
  return verdict.kind === 'listed' && verdict.effect !== 'treat-as';
}

interface Uncertainties {
  readonly graced: readonly Grace[];
  readonly declined?: Reason;
}

function uncertainties(tariff: Tariff, state: VehicleState, facts: Facts): Uncertainties {
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
  if (facts.entitlementVersion === undefined) {
    if (noEntitlement === 'decline') return { graced, declined: 'entitlement-unknown' };
    graced.push('entitlement-unknown');
  }
  if (isWarning(facts.verdict)) graced.push('stop-list-warning');
  return { graced };
}

function categoryOf(
  tariff: Tariff,
  { entitlement, verdict }: Facts,
): { category: string; source: CategorySource } {
  if (verdict.kind === 'listed' && verdict.effect === 'treat-as' && verdict.category !== undefined) {
    return { category: verdict.category, source: 'stop-list' };
  }
  if (entitlement === undefined) return { category: tariff.defaultCategory, source: 'default' };
  return { category: entitlement.category, source: 'entitlement' };
}

function rideOf(
  tariff: Tariff,
  installation: Installation,
  { place }: VehicleState,
  { identity, entitlement }: Facts,
  {
    action,
    atMs: correctedMs,
    mediumClass,
    category,
  }: Pick<Ride, 'action' | 'atMs' | 'mediumClass' | 'category'>,
): Ride {
  const atMs = epoch(correctedMs - (correctedMs % tariff.resolutionMs));
  const serviceDate = serviceDateAt(tariff.zone, tariff.dayStartS, atMs);
  const { tripId, routeId, networkId, stopId } = place;
  // A proof is good through its last day.
  const expiry = entitlement?.category === category ? entitlement.categoryExpiry : undefined;
  return {
    action,
    ref: identityText(identity),
    atMs,
    serviceDate,
    trip: tripId === undefined ? `vehicle:${installation.vehicleId}` : `${tripId}@${formatDate(serviceDate)}`,
    routeId,
    networkId,
    stopId,
    mediumClass,
    category,
    proofExpired: expiry !== undefined && serviceDate > expiry,
    quotaUsed: entitlement?.quotaUsed,
    passes: entitlement?.passes,
  };
}
