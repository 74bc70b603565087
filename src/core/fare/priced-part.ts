/**
 * A journey that was left and may be gone on with (FARES.md 2, 'linking'): what its way so far has charged, and added to
 * its rider's counts. When it goes on, all of that is taken back and the whole way is priced as one.
 */
import type { MinorUnits } from '../money.ts';
import type { ChargeLine } from '../record.ts';
import type { Tariff } from '../tariff/tariff.ts';
import { withoutSingle } from './best-value.ts';
import { type Bill, pricedLinesOf } from './bill.ts';
import type { Payer } from './category.ts';
import type { PassUse, PricedPart, RiderState, TransferWindow } from './rider.ts';

/** Of a bill whose rules are applied and which is rounded; `exactMinor` is what it came to before that. */
export function pricedPart(bill: Bill, payer: Payer, exactMinor: number): PricedPart {
  const { before } = bill;
  const isNew = <Item>(item: Item, list: readonly Item[]) => !list.includes(item);
  return {
    lines: pricedLinesOf(bill),
    exactMinor,
    quotaMonth: payer.used?.month,
    caps: bill.caps
      .filter(count => isNew(count, before.caps))
      .map(count => ({ ...count, counted: count.counted - countedBefore(before, count) })),
    passes: bill.passes
      .filter(use => isNew(use, before.passes) && use.rides > 0)
      .map(({ pass, from }) => ({ pass, from, isBegun: !before.passes.some(use => isOf(use, pass, from)) })),
    singles: bill.singles,
    points: bill.pointsChanges.map(({ programme, earned, redeemed }) => ({
      programme,
      points: earned - redeemed,
    })),
    windows: bill.windows
      .filter(window => isNew(window, before.windows))
      .map(after => ({ after, before: before.windows.find(({ rule }) => rule === after.rule) })),
  };
}

function countedBefore({ caps }: RiderState, { cap, from }: RiderState['caps'][number]): number {
  return caps.find(count => count.cap === cap && count.from === from)?.counted ?? 0;
}

/** The rider as if that part had not been priced; whatever was ridden meanwhile stands. */
export function without(tariff: Tariff, state: RiderState, part: PricedPart): RiderState {
  const { quota } = state;
  return {
    ...state,
    quota:
      quota !== undefined && quota.month === part.quotaMonth ? { ...quota, used: quota.used - 1 } : quota,
    caps: state.caps.map(count => {
      const added = part.caps.find(({ cap, from }) => cap === count.cap && from === count.from);
      return added === undefined ? count : { ...count, counted: count.counted - added.counted };
    }),
    passes: state.passes.flatMap(use => {
      const ridden = part.passes.find(({ pass, from }) => isOf(use, pass, from));
      if (ridden === undefined) return [use];
      return ridden.isBegun && use.rides === 1 ? [] : [{ ...use, rides: use.rides - 1 }];
    }),
    bestValue: part.singles.reduce((days, single) => withoutSingle(tariff, days, single), state.bestValue),
    points: state.points.map(known => {
      const change = part.points.find(({ programme }) => programme === known.programme);
      return change === undefined ? known : { ...known, points: known.points - change.points };
    }),
    windows: state.windows.flatMap(window => {
      const opened = part.windows.find(({ after }) => isSame(after, window));
      return opened === undefined ? [window] : opened.before === undefined ? [] : [opened.before];
    }),
  };
}

function isOf(use: PassUse, pass: string, from: PassUse['from']): boolean {
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
