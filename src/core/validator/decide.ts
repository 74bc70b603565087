/**
 * One presentation decided: the stop list first, then who pays as what, then the fare, all from what is passed in.
 * Uncertainty is graced or declined as the tariff says, and stands on the record by name.
 */
import type { Medium } from '../card/identity.ts';
import { isProofExpired } from '../entitlement.ts';
import { rate } from '../fare/rate.ts';
import { rateByVersion } from '../fare/rate-by-version.ts';
import type { Rated } from '../fare/rated.ts';
import type { Ride } from '../fare/ride.ts';
import type { RiderState } from '../fare/rider.ts';
import type { Verdict } from '../list/verdict.ts';
import type { MinorUnits } from '../money.ts';
import { decisionOf, type Grace, type Reason } from '../reason.ts';
import { type RecordBody, riderAmount, type VersionVector } from '../record.ts';
import {
  type Action,
  type CategorySource,
  correctedTime,
  identityText,
  type Place,
  type Token,
} from '../tap.ts';
import type { NetworkRules } from '../tariff/networks.ts';
import type { Tariff } from '../tariff/tariff.ts';
import type { Tariffs } from '../tariff/versions.ts';
import type { PresentedTicket } from '../ticket/ticket.ts';
import { ticketRefusal } from '../ticket/validity.ts';
import { epoch, formatDate, serviceDateAt } from '../time.ts';
import type { Answer, Facts, Presented } from './event.ts';
import type { VehicleState } from './state.ts';
import { entitlementOf, unpaid } from './ticket.ts';

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
}

/** Everything the decision came to, before it is written as a record and said as an answer. */
interface Outcome {
  /** The version it was priced by; absent where it never came to that. */
  readonly tariff?: Tariff | undefined;
  readonly action?: Action | undefined;
  readonly reason: Reason;
  readonly graced: readonly Grace[];
  readonly mediumClass?: string | undefined;
  readonly category?: string | undefined;
  readonly categorySource?: CategorySource | undefined;
  readonly rated?: Rated | undefined;
  readonly riderText?: string | undefined;
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
  return { body, answer, rider: { token: medium.token, state: outcome.rated.state } };
}

function judge(
  tariffs: Tariffs,
  installation: Installation,
  state: VehicleState,
  { medium, eventTimeMs, readerId }: Presented,
  lookedUp: Facts,
): Outcome {
  const [tariff] = tariffs;
  if (medium.kind === 'random-uid') return { reason: 'random-uid', graced: [] };
  if (medium.kind === 'refused') return { reason: medium.reason, graced: [] };
  const facts = withTicket(tariff, state, medium, lookedUp);
  const { verdict, entitlement, ticket } = facts;
  const riderText = verdict.kind === 'listed' ? verdict.riderText : undefined;
  if (isBlocked(verdict)) return { reason: 'blocked', graced: [], riderText };

  const mediumClass = entitlement?.mediumClass ?? tariff.mediumByForm[medium.form];
  if (mediumClass === undefined || tariff.media[mediumClass] === undefined) {
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
  });
  const found = rateAboard(tariffs, state, facts, ride);
  if (typeof found === 'string') {
    return { reason: found === 'none' ? 'no-fare' : 'price-unknown', graced: [], mediumClass };
  }
  const { tariff: version, rated } = found;
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
    rated,
    riderText,
  };
}

type Identified = Extract<Medium, { kind: 'identified' }>;

/** What is judged by: a ticket brings its own rights, and no list knows better. */
interface Judged extends Facts {
  readonly ticket?: PresentedTicket | undefined;
}

function withTicket(tariff: Tariff, { clock }: VehicleState, medium: Identified, facts: Facts): Judged {
  const { ticket } = medium;
  return ticket === undefined
    ? facts
    : { ...facts, ticket, entitlement: entitlementOf(tariff, ticket, clock) };
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
  if (facts.entitlementVersion === undefined && facts.ticket === undefined) {
    if (noEntitlement === 'decline') return { graced, declined: 'entitlement-unknown' };
    graced.push('entitlement-unknown');
  }
  if (isWarning(facts.verdict)) graced.push('stop-list-warning');
  return { graced };
}

function categoryOf(
  tariff: Tariff,
  { entitlement, verdict, ticket }: Judged,
): { category: string; source: CategorySource } {
  if (verdict.kind === 'listed' && verdict.effect === 'treat-as' && verdict.category !== undefined) {
    return { category: verdict.category, source: 'stop-list' };
  }
  if (entitlement === undefined) return { category: tariff.defaultCategory, source: 'default' };
  return { category: entitlement.category, source: ticket === undefined ? 'entitlement' : 'card' };
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
  const purse = entitlement?.purseMinor;
  return {
    action,
    ref: identityText(identity),
    atMs,
    serviceDate,
    trip: tripId === undefined ? `vehicle:${installation.vehicleId}` : `${tripId}@${formatDate(serviceDate)}`,
    routeId,
    networkId,
    stopId,
    destinationId: destinationAt(tariff, place),
    mediumClass,
    category,
    proofExpired: isProofExpired(entitlement, category, serviceDate),
    quotaUsed: entitlement?.quotaUsed,
    passes: entitlement?.passes,
    purseHint:
      entitlement === undefined || purse === undefined
        ? undefined
        : { minor: purse, asOfMs: entitlement.asOf },
    isProven: entitlement?.paidOn !== undefined,
    carrierId: installation.carrierId,
  };
}

/** Where a ride that begins here is taken to end, in networks whose price asks for it without an exit. */
function destinationAt(tariff: Tariff, place: Place): string | undefined {
  switch (estimateAt(tariff, place)) {
    case 'end-of-line':
      return place.lastStopId;
    case 'chosen':
      return place.chosenStopId;
    default:
      return undefined;
  }
}

function estimateAt({ networkIndex, networks }: Tariff, { networkId }: Place): NetworkRules['estimate'] {
  return networks[networkIndex[networkId ?? ''] ?? 0]?.estimate ?? 'none';
}

function recordBody(
  tariff: Tariff,
  installation: Installation,
  state: VehicleState,
  presented: Presented,
  facts: Facts,
  outcome: Outcome,
): RecordBody {
  const { clock, place } = state;
  const { reason, graced, rated, mediumClass, category, categorySource } = outcome;
  const { medium, readerId, eventTimeMs, monotonicMs } = presented;
  const { stopListVersion, entitlementVersion } = facts;
  // One flat literal: every tap makes one, and a spread of forty fields costs more than all look-ups together.
  return {
    kind: 'tap',
    eventTimeMs,
    monotonicMs,
    clockState: clock.state,
    offsetMs: clock.offsetMs,
    uncertaintyMs: clock.uncertaintyMs,
    serviceDate:
      clock.state === 'unset'
        ? undefined
        : serviceDateAt(tariff.zone, tariff.dayStartS, correctedTime(eventTimeMs, clock)),
    carrierId: installation.carrierId,
    vehicleId: installation.vehicleId,
    doorId: installation.doors[readerId],
    readerId,
    routeId: place.routeId,
    line: place.line,
    tripId: place.tripId,
    direction: place.direction,
    stopId: place.stopId,
    zoneIds: place.zoneIds,
    stopSequence: place.stopSequence,
    destinationId: rated === undefined ? undefined : destinationAt(tariff, place),
    lat: place.lat,
    lon: place.lon,
    source: place.source,
    quality: place.quality,
    token: medium.kind === 'identified' ? medium.token : undefined,
    // Under the older key too: whoever kept the rider's past by that token can still join it.
    furtherTokens: medium.kind === 'identified' && medium.further.length > 0 ? medium.further : undefined,
    assurance: medium.kind === 'identified' ? medium.assurance : undefined,
    mediumClass,
    category,
    categorySource,
    action: outcome.action ?? 'entry',
    decision: decisionOf(reason),
    reason,
    graced: graced.length === 0 ? undefined : graced,
    home: 'account',
    riderIndex: rated?.riderIndex,
    journeyRef: rated?.journeyRef,
    passbackOf: rated?.passbackOf,
    finality: rated?.finality,
    currency: rated === undefined ? undefined : tariff.currency,
    lines: chargedBy(rated),
    purseBeforeMinor: rated?.purseBeforeMinor,
    purseAfterMinor: rated?.purseAfterMinor,
    quotaBefore: rated?.quotaBefore,
    quotaAfter: rated?.quotaAfter,
    tariffHash: tariff.hash,
    stopListVersion,
    entitlementVersion,
    feedVersion: installation.versions.feedVersion,
    settingsHash: installation.versions.settingsHash,
  };
}

/** With what this tap settles of a journey that was never left. */
function chargedBy(rated: Rated | undefined): Rated['lines'] | undefined {
  if (rated?.closed === undefined) return rated?.lines;
  return [...rated.closed.flatMap(({ lines }) => lines), ...rated.lines];
}

/** An entry that is charged at its exit costs nothing yet, which is not the same as 0.00. */
function amountOf(lines: Rated['lines'] | undefined): MinorUnits | undefined {
  return lines === undefined || lines.length === 0 ? undefined : riderAmount(lines);
}

function answerOf(tariff: Tariff, facts: Facts, outcome: Outcome, accepted: boolean): Answer {
  const { reason, graced, mediumClass, category, riderText, rated } = outcome;
  return {
    identity: facts.identity,
    decision: accepted ? 'accepted' : 'declined',
    reason,
    graced,
    amountMinor: amountOf(chargedBy(rated)),
    currency: tariff.currency,
    mediumClass,
    category,
    riderText,
    riderIndex: rated?.riderIndex,
    quotaAfter: rated?.quotaAfter,
    repeated: false,
  };
}
