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
import type { Payer } from './category.ts';
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
  readonly payer: Payer;
  readonly fare: Fare;

  group: Group['kind'];
  /** The ride was left by a tap, now. */
  isExit: boolean;
  /** An incomplete journey counts towards caps only where its network says so. */
  counts: boolean;
  dueMinor: number;
  productId: number;
  reason: Reason;
  /** The rules of the rider's line, in the order they were applied; absent: the fare's own, and nothing was. */
  ruleIds: readonly string[] | undefined;
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
  pointsChanges: readonly PointsChange[] | undefined;
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
  payer: Payer,
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
    payer,
    fare,
    group: 'first',
    isExit: false,
    counts: true,
    dueMinor: fare.amountMinor,
    productId: fare.productId,
    reason: payer.instead ?? fare.reason,
    ruleIds: undefined,
    sharesStand: true,
    byPass: false,
    extraLines: NOTHING,
    asides: NOTHING,
    graced: payer.graced,
    journeyRef: undefined,
    transfer: undefined,
    window: undefined,
    continues: false,
    after: draftOf(before, payer),
    priceMinor: 0,
    paidMinor: 0,
    singleMinor: 0,
    pointsChanges: undefined,
  };
}

/** Field by field: all states are of one shape, and a copy of a copy is one more. */
function draftOf(before: RiderState, { used }: Payer): Draft {
  return {
    version: RIDER_STATE_VERSION,
    lastRide: before.lastRide,
    windows: before.windows,
    quota: used ?? before.quota,
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
  by: { readonly productId: number; readonly ruleId: string },
  reason: Reason,
): void {
  bill.dueMinor = dueMinor;
  bill.productId = by.productId;
  bill.reason = reason;
  addRule(bill, by.ruleId);
}

export function addRule(bill: Bill, ruleId: string): void {
  const ruleIds = bill.ruleIds ?? bill.fare.lines[0]?.ruleIds ?? NOTHING;
  // Nearly always it is one rule beside the fare's own: a list of just two.
  bill.ruleIds = ruleIds.length === 1 ? [ruleIds[0] ?? '', ruleId] : [...ruleIds, ruleId];
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
  return bill.ruleIds === undefined && bill.extraLines.length === 0 ? bill.fare.lines : reducedLinesOf(bill);
}

function reducedLinesOf(bill: Bill): readonly ChargeLine[] {
  const { lines } = bill.fare;
  const { extraLines } = bill;
  const own = lines[0];
  if (own === undefined) return extraLines;
  const line = riderLine(bill, own);
  const hasShares = bill.sharesStand && lines.length > 1;
  // Nearly always it is the one line: nothing is put together for it.
  if (!hasShares && extraLines.length === 0) return [line];
  return [line, ...(hasShares ? lines.slice(1) : NOTHING), ...extraLines];
}

function riderLine(
  { productId, dueMinor, sharesStand, ruleIds }: Bill,
  { amountMinor, referenceMinor, ruleIds: ownRuleIds }: ChargeLine,
): ChargeLine {
  return {
    productId,
    amountMinor: dueMinor as MinorUnits,
    funder: 'rider',
    referenceMinor: referenceMinor !== undefined && sharesStand ? referenceMinor : amountMinor,
    ruleIds: ruleIds ?? ownRuleIds,
  };
}
