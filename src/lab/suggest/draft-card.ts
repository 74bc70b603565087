/** A card in some state from which a limit is near: a quota almost used, a purse almost empty, a pass about to end. */
import type { MinorUnits } from '../../core/money.ts';
import type { Tariff } from '../../core/tariff/tariff.ts';
import { addDays, monthOf, type ServiceDate } from '../../core/time.ts';
import type { Random } from '../random.ts';
import { creditOf } from '../scenario/bank-card.ts';
import type { Card } from '../scenario/scenario.ts';
import type { Payer } from '../search/payers.ts';

export function randomCard(tariff: Tariff, payer: Payer, day: ServiceDate, random: Random): Card {
  const { medium, category } = payer;
  return {
    mediumClass: medium,
    category,
    passes: payer.passes.map(pass => (random.chance(60) ? pass : { ...pass, ...someDays(day, random) })),
    points: pointsOf(tariff, payer, random),
    proofExpired: random.chance(5),
    ...(random.chance(10) ? { categoryExpiry: addDays(day, -random.below(2)) } : {}),
    ...purseOf(tariff, medium, random),
    ...quotaOf(tariff, category, day, random),
    ...(creditOf(tariff, medium) !== undefined && random.chance(60) ? { paidOn: addDays(day, -1) } : {}),
  };
}

/** They end on the day itself, or soon after it. */
function someDays(day: ServiceDate, random: Random): { from: ServiceDate; to: ServiceDate } {
  return { from: addDays(day, -random.below(7)), to: addDays(day, random.below(3)) };
}

function pointsOf({ loyalty }: Tariff, { redeem }: Payer, random: Random): Card['points'] {
  const points = () => random.pick([1, 10, 100, 1000, 10_000]);
  return loyalty
    .filter(({ id }) => redeem.includes(id))
    .map(({ id: programme }) => ({ programme, points: points() }));
}

/** At either limit, or with some price in it. */
function purseOf({ purse, media, prices }: Tariff, medium: string, random: Random): Pick<Card, 'purseMinor'> {
  if (purse?.media[media[medium]?.index ?? -1] !== true) return {};
  const price = random.pick(prices.fares).find(fare => fare !== undefined && fare !== null)?.amountMinor ?? 0;
  const { floorMinor, maximumMinor } = purse;
  const balances = [0, price, 2 * price, floorMinor, floorMinor + price, maximumMinor, maximumMinor - price];
  return { purseMinor: random.pick(balances) as MinorUnits };
}

/** One or two rides are left of it, or none. */
function quotaOf(
  { categories }: Tariff,
  category: string,
  day: ServiceDate,
  random: Random,
): Pick<Card, 'quotaUsed'> {
  const month = monthOf(day);
  const rides = categories[category]?.quota?.months[month];
  if (rides === undefined || random.chance(30)) return {};
  return { quotaUsed: { month, used: Math.max(0, rides - random.below(3)) } };
}
