/** A scenario that nobody has thought of: any card of the tariff, on a day on which something may turn. */

import type { Tariff } from '../../core/tariff/tariff.ts';
import { tariffAt } from '../../core/tariff/versions.ts';
import { addDays, parseDate, type ServiceDate } from '../../core/time.ts';
import type { Random } from '../random.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { dayAt, type WorldDay } from '../search/days.ts';
import type { Payer } from '../search/payers.ts';
import type { World } from '../search/world.ts';
import { randomCard } from './draft-card.ts';
import { randomSteps } from './draft-steps.ts';

export function randomDraft(world: World, random: Random): Scenario {
  const payer = random.pick(world.payers);
  const day = randomDay(world, payer, random);
  const found = tariffAt(world.tariffs, day.date);
  const tariff = typeof found === 'string' ? world.tariffs[0] : found;
  const card = randomCard(tariff, payer, day.date, random);
  return {
    title: '',
    source: undefined,
    at: { file: '' },
    unconfirmed: true,
    unnoticed: [],
    cards: { '': card },
    steps: randomSteps(world, tariff, card, day, random),
  };
}

/** A day on which something begins or ends, or one of a month that has a quota of its own. */
function randomDay({ tariffs, days }: World, { category }: Payer, random: Random): WorldDay {
  const [tariff] = tariffs;
  const day = random.pick(random.chance(50) ? days.slice(0, 1) : days);
  if (random.chance(10)) return dayAt(tariff, random.pick(tariffs.flatMap(edgesOf)));
  const months = Object.keys(tariff.categories[category]?.quota?.months ?? {});
  if (months.length === 0 || random.chance(40)) return day;
  const month = random.pick(months);
  const first = parseDate(`${month.slice(0, 4)}-${month.slice(4)}-01`);
  return first === undefined ? day : dayAt(tariff, addDays(first, random.below(25)));
}

/** Its first day and its last, and those beside them, on which there may be no tariff. */
function edgesOf({ effectiveFrom, effectiveTo }: Tariff): readonly ServiceDate[] {
  const last = effectiveTo === undefined ? [] : [effectiveTo, addDays(effectiveTo, 1)];
  return [addDays(effectiveFrom, -1), effectiveFrom, ...last];
}
