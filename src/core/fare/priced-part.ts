/**
 * A journey that was left and may be gone on with (FARES.md 2, 'linking'): what its way so far has charged, and added to
 * its rider's counts. When it goes on, all of that is taken back and the whole way is priced as one.
 */
import type { MinorUnits } from '../money.ts';
import type { ChargeLine } from '../record.ts';
import { bandAt } from '../tariff/bands.ts';
import type { Ridden } from '../tariff/covers.ts';
import type { Tariff } from '../tariff/tariff.ts';
import type { ServiceDate } from '../time.ts';
import { withoutSingle } from './best-value.ts';
import { type Bill, pricedLinesOf } from './bill.ts';
import { isEarned, withoutCounted } from './cap.ts';
import { mediumOf, networkOf, zoneOf } from './ride.ts';
import type { Journey, PassUse, PricedPart, RiderState, TransferWindow } from './rider.ts';
import { addedSum, withoutAdded } from './rounding.ts';

const NOTHING: readonly never[] = [];

/** Of a bill whose rules are applied and which is rounded. */
export function pricedPart(bill: Bill): PricedPart {
  const { before, payer } = bill;
  return {
    lines: pricedLinesOf(bill),
    toStopId: bill.ride.stopId,
    category: bill.tariff.categoryNames[payer.category] ?? '',
    quotaMonth: payer.used?.month,
    priceMinor: bill.priceMinor,
    paidMinor: bill.paidMinor,
    singleMinor: bill.singleMinor,
    pass: bill.after.passes === before.passes ? undefined : riddenOn(bill),
    given: bill.after.passes === before.passes ? undefined : givenBy(bill),
    sum: addedSum(bill),
    points: bill.pointsChanges ?? NOTHING,
    windows: bill.after.windows === before.windows ? NOTHING : changedWindows(bill),
  };
}

function riddenOn({ after: { passes }, before }: Bill): PricedPart['pass'] {
  const use = passes.find(known => !before.passes.includes(known) && known.rides > 0);
  if (use === undefined) return undefined;
  const { pass, from } = use;
  return { pass, from, isBegun: !before.passes.some(known => isOf(known, pass, from)) };
}

/** By a cap that the ride filled. */
function givenBy({ after: { passes }, before }: Bill): PricedPart['given'] {
  const given = passes.filter(known => !before.passes.includes(known) && known.rides === 0);
  return given.length === 0 ? undefined : given.map(({ pass, from }) => ({ pass, from }));
}

function changedWindows({ after: { windows }, before }: Bill): PricedPart['windows'] {
  return windows
    .filter(window => !before.windows.includes(window))
    .map(after => ({ after, before: before.windows.find(({ rule }) => rule === after.rule) }));
}

/** The part as rules cover it, and the charging day that it belongs to. */
export interface PartRidden extends Ridden {
  readonly day: ServiceDate;
}

/** The rider as if the journey's way so far had not been priced; whatever was ridden beside it stands. */
export function beforeParts(tariff: Tariff, state: RiderState, journey: Journey): RiderState {
  const { priced } = journey;
  if (priced === undefined) return state;
  const { quota } = state;
  const ridden = riddenBy(tariff, journey, priced);
  const caps = withoutCounted(tariff, state.caps, priced, ridden);
  return {
    ...state,
    quota:
      quota !== undefined && quota.month === priced.quotaMonth ? { ...quota, used: quota.used - 1 } : quota,
    caps,
    passes: state.passes.flatMap(use =>
      isGiven(use, priced) && !isEarned(tariff, caps, use) ? [] : withoutRide(use, priced.pass),
    ),
    bestValue: withoutSingle(tariff, state.bestValue, priced.singleMinor, ridden),
    sums: withoutAdded(tariff, state.sums, priced.sum),
    points: state.points.map(known => {
      const change = priced.points.find(({ programme }) => programme === known.programme);
      return change === undefined
        ? known
        : { ...known, points: known.points - change.earned + change.redeemed };
    }),
    windows: state.windows.flatMap(window => {
      const opened = priced.windows.find(({ after }) => isSame(after, window));
      return opened === undefined ? [window] : opened.before === undefined ? [] : [opened.before];
    }),
  };
}

function riddenBy(tariff: Tariff, journey: Journey, { category, toStopId }: PricedPart): PartRidden {
  return {
    network: networkOf(tariff, journey.networkId),
    fromZone: zoneOf(tariff, journey.stopId),
    toZone: zoneOf(tariff, toStopId),
    band: bandAt(tariff.bands, tariff.zone, journey.enteredAtMs),
    medium: mediumOf(tariff, journey.mediumClass),
    category: tariff.categories[category]?.index ?? -1,
    day: journey.day,
  };
}

function withoutRide(use: PassUse, ridden: PricedPart['pass']): PassUse[] {
  if (ridden === undefined || !isOf(use, ridden.pass, ridden.from)) return [use];
  return ridden.isBegun && use.rides === 1 ? [] : [{ ...use, rides: use.rides - 1 }];
}

function isGiven(use: PassUse, { given }: PricedPart): boolean {
  return given?.some(({ pass, from }) => isOf(use, pass, from)) === true;
}

function isOf(use: PassUse, pass: string, from: ServiceDate): boolean {
  return use.pass === pass && use.from === from;
}

/** Not used since: then it is the other ride's, too. */
function isSame(a: TransferWindow, b: TransferWindow): boolean {
  return a.rule === b.rule && a.ref === b.ref && a.openedAtMs === b.openedAtMs && a.used === b.used;
}

/** The same line, taken back. */
export function takenBack(line: ChargeLine): ChargeLine {
  return { ...line, amountMinor: (0 - line.amountMinor) as MinorUnits };
}
