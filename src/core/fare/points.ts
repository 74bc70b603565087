/**
 * Partners' programmes (FARES.md 3 and 5): points for a ride, for what was paid, in campaigns; paid back as a discount
 * with a line of its own by whoever bears it, so that a partner's statement can be drawn.
 */
import { type MinorUnits, percentOf } from '../money.ts';
import type { ChargeLine } from '../record.ts';
import { coversRide } from '../tariff/covers.ts';
import type { Accrual, Programme } from '../tariff/loyalty.ts';
import { addRule, type Bill } from './bill.ts';
import type { Points } from './rider.ts';

/** What a ride did to the points of one programme. */
export interface PointsChange {
  readonly programme: string;
  readonly earned: number;
  readonly redeemed: number;
}

/** What changes come to when those of the journey's way so far are taken back. */
export function pointsBeside(
  changes: readonly PointsChange[] | undefined,
  earlier: readonly PointsChange[] | undefined,
): readonly PointsChange[] | undefined {
  if (earlier === undefined || earlier.length === 0) return changes;
  const beside = new Map(changes?.map(change => [change.programme, change]));
  for (const { programme, earned, redeemed } of earlier) {
    const now = beside.get(programme) ?? { programme, earned: 0, redeemed: 0 };
    beside.set(programme, { programme, earned: now.earned - earned, redeemed: now.redeemed - redeemed });
  }
  const changed = [...beside.values()].filter(({ earned, redeemed }) => earned !== 0 || redeemed !== 0);
  return changed.length === 0 ? undefined : changed;
}

/** After caps: points pay what is left, and are earned on what the rider then pays. */
export function applyPoints(bill: Bill): void {
  const { loyalty } = bill.tariff;
  for (const programme of loyalty) {
    const before = pointsOf(bill.after.points, programme.id);
    const redeemed = redeem(bill, programme, before);
    const earned = earnedBy(bill, programme);
    if (redeemed === 0 && earned === 0) continue;
    const after: Points = { programme: programme.id, points: before - redeemed + earned };
    bill.after.points = [...bill.after.points.filter(known => known.programme !== programme.id), after];
    bill.pointsChanges = [...(bill.pointsChanges ?? []), { programme: programme.id, earned, redeemed }];
  }
}

function pointsOf(points: readonly Points[], programme: string): number {
  return points.find(known => known.programme === programme)?.points ?? 0;
}

/** Whole points, as many as the rider has and the rule allows of this ride's price. */
function redeem(bill: Bill, { id, pointMinor, redemption }: Programme, balance: number): number {
  if (redemption === undefined || bill.ride.redeem?.includes(id) !== true || bill.dueMinor <= 0) return 0;
  const most = percentOf(bill.dueMinor as MinorUnits, redemption.atMostHundredths, DOWN);
  const points = Math.min(balance, Math.floor(most / pointMinor));
  if (points <= 0) return 0;
  const amountMinor = (points * pointMinor) as MinorUnits;
  const line: ChargeLine = {
    productId: redemption.productId,
    amountMinor,
    funder: redemption.bearer,
    ruleIds: [redemption.ruleId],
  };
  bill.trace?.applied(redemption.ruleId, `${points} points`);
  bill.dueMinor -= amountMinor;
  bill.reason = 'points-redeemed';
  addRule(bill, redemption.ruleId);
  bill.extraLines = [...bill.extraLines, line];
  return points;
}

const DOWN = { mode: 'down', stepMinor: 1 } as const;

function earnedBy(bill: Bill, { accrual, pointMinor }: Programme): number {
  let points = 0;
  for (const rule of accrual) {
    if (!isAbout(rule, bill)) continue;
    const share = percentOf(Math.max(0, bill.dueMinor) as MinorUnits, rule.hundredths, DOWN);
    const earned = rule.points + Math.floor(share / pointMinor);
    if (earned > 0) bill.trace?.applied(rule.ruleId, `${earned} points`);
    points += earned;
  }
  return points;
}

function isAbout({ ruleId, covers, campaign, freeRides }: Accrual, bill: Bill): boolean {
  if (!freeRides && bill.dueMinor <= 0) return false;
  if (!coversRide(covers, bill.ridden)) return false;
  if (campaign === undefined) return true;
  bill.trace?.compared(ruleId, 'campaign.from', bill.day);
  bill.trace?.compared(ruleId, 'campaign.to', bill.day);
  return bill.day >= campaign.from && bill.day <= campaign.to;
}

/** What a partner is told of a stretch of time: points given and taken back, and what each bearer bore. */
export interface Statement {
  readonly programme: string;
  readonly earned: number;
  readonly redeemed: number;
  readonly borneMinor: Readonly<Partial<Record<ChargeLine['funder'], number>>>;
}

/** Of everything that was rated in it. */
export function statementOf(
  programme: string,
  rides: Iterable<{
    readonly lines: readonly ChargeLine[];
    readonly points: readonly PointsChange[] | undefined;
  }>,
): Statement {
  let [earned, redeemed] = [0, 0];
  const borneMinor: Partial<Record<ChargeLine['funder'], number>> = {};
  for (const { lines, points } of rides) {
    for (const change of points ?? []) {
      if (change.programme !== programme) continue;
      earned += change.earned;
      redeemed += change.redeemed;
    }
    for (const { ruleIds, funder, amountMinor } of lines) {
      if (ruleIds.length !== 1 || ruleIds[0] !== `redemption:${programme}`) continue;
      borneMinor[funder] = (borneMinor[funder] ?? 0) + amountMinor;
    }
  }
  return { programme, earned, redeemed, borneMinor };
}
