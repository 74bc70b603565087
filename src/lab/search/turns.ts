/** What begins or ends on a day: a version, a season, a campaign, timeframes, a month, a week. */
import type { Tariff } from '../../core/tariff/tariff.ts';
import { addDays, dayOfDate, monthOf, type ServiceDate, weekdayOf } from '../../core/time.ts';

export type TurnKind = 'version' | 'season' | 'campaign' | 'timeframes' | 'month' | 'week';

export interface Turn {
  readonly kind: TurnKind;
  /** Whose: a category's season, an accrual's campaign; elsewhere what tells it from others of its kind. */
  readonly of: string;
  readonly isEnd: boolean;
}

/** What changes most first. */
export function turnsOn(tariff: Tariff, date: ServiceDate): readonly Turn[] {
  const before = addDays(date, -1);
  return TURNS.flatMap(([kind, begins, ends]) => [
    ...begins(tariff, date, before).map(of => ({ kind, of, isEnd: false })),
    ...ends(tariff, before).map(of => ({ kind, of, isEnd: true })),
  ]);
}

/** Names of what begins on `date` after `before`, and of what had its last day `before`. */
type Begins = (tariff: Tariff, date: ServiceDate, before: ServiceDate) => readonly string[];
type Ends = (tariff: Tariff, before: ServiceDate) => readonly string[];

const NEVER: Ends = () => [];

const TURNS: readonly (readonly [kind: TurnKind, begins: Begins, ends: Ends])[] = [
  ['version', ({ effectiveFrom, hash }, date) => (date === effectiveFrom ? [hash] : []), NEVER],
  [
    'season',
    (tariff, date) => seasonal(tariff, ({ from }) => from === date % 10_000),
    (tariff, before) => seasonal(tariff, ({ to }) => to === before % 10_000),
  ],
  [
    'campaign',
    (tariff, date) => inCampaigns(tariff, ({ from }) => from === date),
    (tariff, before) => inCampaigns(tariff, ({ to }) => to === before),
  ],
  [
    'timeframes',
    (tariff, date, before) => {
      const [old, fresh] = [patternOn(tariff, before), patternOn(tariff, date)];
      return old === fresh ? [] : [`${old}>${fresh}`];
    },
    NEVER,
  ],
  ['month', (_, date, before) => (monthOf(date) === monthOf(before) ? [] : ['']), NEVER],
  ['week', ({ weekStart }, date) => (weekdayOf(date) === weekStart ? [''] : []), NEVER],
];

/** Of a season month and day, of a campaign dates. */
interface Stretch {
  readonly from: number;
  readonly to: number;
}

function seasonal({ categories }: Tariff, isIt: (season: Stretch) => boolean): readonly string[] {
  const all = Object.entries(categories);
  return all.filter(([, { season }]) => season !== undefined && isIt(season)).map(([name]) => name);
}

function inCampaigns({ loyalty }: Tariff, isIt: (campaign: Stretch) => boolean): readonly string[] {
  const rules = loyalty.flatMap(({ accrual }) => accrual);
  return rules.filter(({ campaign }) => campaign !== undefined && isIt(campaign)).map(({ ruleId }) => ruleId);
}

/** By its index among the patterns of the tariff's bands. */
export function patternOn({ bands }: Tariff, date: ServiceDate): number {
  return bands.patternOfDay[dayOfDate(date) - bands.firstDay] ?? 0;
}
