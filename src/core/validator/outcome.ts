/** All that a decision came to, and what is made of it: the record of the tap, and the rider's answer. */
import type { SealedPayment } from '../card/identity.ts';
import type { Rated } from '../fare/rated.ts';
import type { DoneAction } from '../list/card-action.ts';
import type { MinorUnits } from '../money.ts';
import { decisionOf, type Grace, type Reason } from '../reason.ts';
import { type RecordBody, riderAmount } from '../record.ts';
import { type Action, type CategorySource, type Clock, correctedTime, type TapIdentity } from '../tap.ts';
import type { Tariff } from '../tariff/tariff.ts';
import { type EpochMs, type ServiceDate, serviceDateAt } from '../time.ts';
import type { Installation } from './decide.ts';
import { destinationAt } from './destination.ts';
import type { Answer, Facts, Presented } from './event.ts';
import type { VehicleState } from './state.ts';

export interface Outcome {
  /** The version it was priced by; absent where it never came to that. */
  readonly tariff?: Tariff | undefined;
  readonly action?: Action | undefined;
  readonly reason: Reason;
  readonly graced: readonly Grace[];
  readonly mediumClass?: string | undefined;
  readonly category?: string | undefined;
  readonly categorySource?: CategorySource | undefined;
  /** How many riders a button asked its card to pay for. */
  readonly riders?: number | undefined;
  readonly rated?: Rated | undefined;
  readonly riderText?: string | undefined;
  /** What it is paid by later: sealed, and named on the record. */
  readonly payment?: SealedPayment | undefined;
  /** What is to stand on the card. */
  readonly cardState?: Uint8Array | undefined;
  /** What the operator's list has done to it. */
  readonly cardActions?: readonly DoneAction[] | undefined;
}

/** The record of a decision, which has a reason. */
export type Reasoned = RecordBody & { readonly reason: Reason };

/** What a card carries is a fact; with other computers aboard nobody is sure of the rest. */
function finalityOf(
  { isShared }: Installation,
  { rated }: Outcome,
  isOnCard: boolean,
): RecordBody['finality'] {
  if (rated === undefined) return undefined;
  if (isOnCard) return 'final';
  return isShared ? 'estimate' : rated.finality;
}

export function recordBody(
  tariff: Tariff,
  installation: Installation,
  state: VehicleState,
  presented: Presented,
  facts: Facts,
  outcome: Outcome,
): Reasoned {
  const { clock, place } = state;
  const { shift } = state.duty;
  const { reason, graced, rated, mediumClass, category, categorySource } = outcome;
  const { medium, readerId, eventTimeMs, monotonicMs } = presented;
  const { stopListVersion, entitlementVersion, actionVersion } = facts;
  const card = medium.kind === 'identified' ? medium.card : undefined;
  // One flat literal: every tap makes one, and a spread of forty fields costs more than all look-ups together.
  return {
    kind: 'tap',
    eventTimeMs,
    monotonicMs,
    clockState: clock.state,
    offsetMs: clock.offsetMs,
    uncertaintyMs: clock.uncertaintyMs,
    serviceDate: serviceDateOf(tariff, clock, eventTimeMs),
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
    scheme: medium.kind === 'identified' ? medium.scheme : undefined,
    cardCounterBefore: card?.counter,
    category,
    categorySource,
    action: outcome.action ?? 'entry',
    decision: decisionOf(reason),
    reason,
    graced: graced.length === 0 ? undefined : graced,
    home: card === undefined ? 'account' : 'card',
    riderIndex: rated?.riderIndex,
    riders: outcome.riders,
    journeyRef: rated?.journeyRef,
    passbackOf: rated?.passbackOf,
    cardActions: outcome.cardActions,
    finality: finalityOf(installation, outcome, card !== undefined),
    currency: rated === undefined ? undefined : tariff.currency,
    lines: rated && chargedBy(rated),
    purseBeforeMinor: rated?.purseBeforeMinor,
    purseAfterMinor: rated?.purseAfterMinor,
    quotaBefore: rated?.quotaBefore,
    quotaAfter: rated?.quotaAfter,
    tariffHash: tariff.hash,
    stopListVersion,
    entitlementVersion,
    actionVersion,
    feedVersion: installation.versions.feedVersion,
    settingsHash: installation.versions.settingsHash,
    shiftId: shift?.shiftId,
    driverId: shift?.driverId,
    waybill: shift?.waybill,
    paymentEnvelopeRef: outcome.payment?.ref,
  };
}

/** A clock that was never set says nothing of days. */
export function serviceDateOf(
  { zone, dayStartS }: Tariff,
  clock: Clock,
  eventTimeMs: EpochMs,
): ServiceDate | undefined {
  return clock.state === 'unset'
    ? undefined
    : serviceDateAt(zone, dayStartS, correctedTime(eventTimeMs, clock));
}

/** With what this tap settles of a journey that was never left. */
export function chargedBy({ closed, lines }: Rated): Rated['lines'] {
  return closed === undefined ? lines : [...closed.flatMap(({ lines }) => lines), ...lines];
}

/** An entry that is charged at its exit costs nothing yet, which is not the same as 0.00. */
function amountOf(lines: RecordBody['lines']): MinorUnits | undefined {
  return lines === undefined || lines.length === 0 ? undefined : riderAmount(lines);
}

/** What whoever stands there is told: what their record says. */
export function answerOf(
  tariff: Tariff,
  identity: TapIdentity,
  { reason, graced = [], currency, lines, mediumClass, category, riderIndex, quotaAfter }: Reasoned,
  riderText?: string,
): Answer {
  return {
    identity,
    decision: decisionOf(reason),
    reason,
    graced,
    amountMinor: amountOf(lines),
    currency: currency ?? tariff.currency,
    mediumClass,
    category,
    riderText,
    riderIndex,
    quotaAfter,
    plain: category === tariff.defaultCategory && !graced.includes('stop-list-warning'),
    repeated: false,
  };
}
