/**
 * A ride while its rules are applied to it one after another: what it costs, and what is remembered of the rider
 * afterwards. Rules change it in place; outside of one `rate` nobody sees it.
 */
import type { MinorUnits } from '../money.ts';
import type { Grace, Reason } from '../reason.ts';
import type { ChargeLine } from '../record.ts';
import type { Ridden } from '../tariff/covers.ts';
import type { Fare, Tariff } from '../tariff/tariff.ts';
import type { Transfer } from '../tariff/transfers.ts';
import type { EpochMs, ServiceDate } from '../time.ts';
import type { Group } from './group.ts';
import type { PointsChange } from './points.ts';
import type { Ride } from './ride.ts';
import { type Journey, RIDER_STATE_VERSION, type RiderState, type TransferWindow } from './rider.ts';
import type { Trace } from './trace.ts';

export interface Bill {
  readonly tariff: Tariff;
  readonly ride: Ride;
  readonly before: RiderState;
  readonly trace: Trace | undefined;
  /** The identity text of the tap the ride began with. */
  readonly ref: string;
  readonly enteredAtMs: EpochMs;
  readonly day: ServiceDate;
  /** As rules cover it. */
  readonly ridden: Ridden;
  readonly fare: Fare;

  group: Group['kind'];
  /** The ride was left by a tap, now. */
  isExit: boolean;
  /** An incomplete journey counts towards caps only where its network says so. */
  counts: boolean;
  dueMinor: number;
  productId: number;
  reason: Reason;
  /** Rules beyond the fare's own, in the order they were applied. */
  ruleIds: readonly string[];
  /** Others pay their share of the fare only while it is this ride's fare that is paid. */
  sharesStand: boolean;
  /** A pass covers it: it neither continues a paid ride nor can be continued. */
  byPass: boolean;
  /** Lines beside the fare's: a discount that a partner bears. */
  extraLines: readonly ChargeLine[];
  /** What is no part of the price: a deposit taken or given back, an earlier part of the journey given back. */
  asides: readonly ChargeLine[];
  /** What was uncertain, and the ride was accepted all the same. */
  graced: readonly Grace[];
  journeyRef: string | undefined;
  /** The transfer rule that is the rider's, the window it has open, and whether this ride continues it. */
  transfer: Transfer | undefined;
  window: TransferWindow | undefined;
  continues: boolean;

  /** What the rider's state becomes: as it was, until a rule or the ride itself changes it. */
  readonly after: Draft;
  /** What it cost before caps and after them, and what best value counts of it. */
  priceMinor: number;
  paidMinor: number;
  singleMinor: number;
  pointsChanges: readonly PointsChange[];
}

/** A state that is still written: nobody has it yet. */
type Draft = { -readonly [Field in keyof RiderState]: RiderState[Field] };

const NOTHING: readonly never[] = [];

/** Of a ride that begins with this tap, or of the journey that it ends. */
export function newBill(
  tariff: Tariff,
  before: RiderState,
  ride: Ride,
  journey: Journey | undefined,
  ridden: Ridden,
  fare: Fare,
  trace: Trace | undefined,
): Bill {
  return {
    tariff,
    ride,
    before,
    trace,
    ref: journey === undefined ? ride.ref : journey.ref,
    enteredAtMs: journey === undefined ? ride.atMs : journey.enteredAtMs,
    day: journey === undefined ? ride.serviceDate : journey.day,
    ridden,
    fare,
    group: 'first',
    isExit: false,
    counts: true,
    dueMinor: fare.amountMinor,
    productId: fare.productId,
    reason: fare.reason,
    ruleIds: NOTHING,
    sharesStand: true,
    byPass: false,
    extraLines: NOTHING,
    asides: NOTHING,
    graced: NOTHING,
    journeyRef: undefined,
    transfer: undefined,
    window: undefined,
    continues: false,
    after: draftOf(before),
    priceMinor: 0,
    paidMinor: 0,
    singleMinor: 0,
    pointsChanges: NOTHING,
  };
}

/** Field by field: all states are of one shape, and a copy of a copy is one more. */
function draftOf(before: RiderState): Draft {
  return {
    version: RIDER_STATE_VERSION,
    lastRide: before.lastRide,
    windows: before.windows,
    quota: before.quota,
    journey: before.journey,
    caps: before.caps,
    passes: before.passes,
    bestValue: before.bestValue,
    purseMinor: before.purseMinor,
    purseAsOfMs: before.purseAsOfMs,
    credit: before.credit,
    sums: before.sums,
    points: before.points,
    completions: before.completions,
    habits: before.habits,
  };
}

/** Takes the ride's price down to `dueMinor` by a rule. */
export function reduce(
  bill: Bill,
  dueMinor: number,
  by: { productId: number; ruleId: string; reason: Reason },
): void {
  bill.dueMinor = dueMinor;
  bill.productId = by.productId;
  bill.reason = by.reason;
  bill.ruleIds = bill.ruleIds.length === 0 ? [by.ruleId] : [...bill.ruleIds, by.ruleId];
}

/** What the rider pays by this bill, with everything beside the fare. */
export function riderPays(bill: Bill): number {
  return owedExactly(bill) + riderPart(bill.asides);
}

/** The same without what is no part of the price. */
export function owedExactly({ dueMinor, extraLines }: Bill): number {
  return dueMinor + riderPart(extraLines);
}

function riderPart(lines: readonly ChargeLine[]): number {
  let total = 0;
  for (const line of lines) if (line.funder === 'rider') total += line.amountMinor;
  return total;
}

/** The charge in lines by funder, the rider's first. */
export function linesOf(bill: Bill): readonly ChargeLine[] {
  const lines = pricedLinesOf(bill);
  return bill.asides.length === 0 ? lines : lines.concat(bill.asides);
}

/** The price alone. A fare that nothing was taken from is the tariff's own lines. */
export function pricedLinesOf(bill: Bill): readonly ChargeLine[] {
  const { fare, ruleIds, extraLines } = bill;
  return ruleIds.length === 0 && extraLines.length === 0 ? fare.lines : reducedLinesOf(bill);
}

function reducedLinesOf(bill: Bill): readonly ChargeLine[] {
  const { fare, ruleIds, extraLines } = bill;
  const own = fare.lines[0];
  if (own === undefined) return extraLines;
  const line: ChargeLine = {
    productId: bill.productId,
    amountMinor: bill.dueMinor as MinorUnits,
    funder: 'rider',
    referenceMinor:
      own.referenceMinor !== undefined && bill.sharesStand ? own.referenceMinor : own.amountMinor,
    ruleIds: own.ruleIds.concat(ruleIds),
  };
  const shares = bill.sharesStand && fare.lines.length > 1 ? fare.lines.slice(1) : NOTHING;
  // Nearly always it is the one line: nothing is put together for it.
  return shares.length === 0 && extraLines.length === 0 ? [line] : [line, ...shares, ...extraLines];
}
