/** A comparison as tables: the same ones on the page, in CSV and in JSON. Each column says what its cells are. */
import { FUNDERS, type Funder } from '../../core/tap.ts';
import { DIMENSIONS, type Dimension, type Key } from './boarding.ts';
import type { Bin, Change, Comparison, Told, ToldTap, Totals } from './comparison.ts';
import { type Both, differenceOf } from './sides.ts';

/** `order` is text whose order is that of the rows; `amount` is in minor units, `change` a difference in them, `share` a part of one. */
export type CellKind = 'text' | 'order' | 'count' | 'amount' | 'change' | 'share';
export type Cell = string | number | undefined;

export interface Column {
  /** As files call it: `riders_pay_old`. */
  readonly key: string;
  /** As people do. */
  readonly title: string;
  readonly kind: CellKind;
  /** What is more here is worse for riders. */
  readonly isFare?: boolean;
}

export interface Table {
  readonly name: string;
  readonly title: string;
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Cell[])[];
}

/** A column, and what stands in it of an item. */
interface Of<Item> extends Column {
  readonly of: (item: Item) => Cell;
}

function tableOf<Item>(
  name: string,
  title: string,
  columns: readonly Of<Item>[],
  items: readonly Item[],
): Table {
  const rows = items.map(item => columns.map(({ of }) => of(item)));
  return { name, title, columns: columns.map(({ of: _of, ...column }) => column), rows };
}

/** What is paid under either tariff, and how it changes. */
function paid<Item>(
  key: string,
  title: string,
  isFare: boolean,
  sums: (item: Item) => Both<number>,
): readonly Of<Item>[] {
  return [
    { key: `${key}_old`, title: `${title}, old`, kind: 'amount', of: item => sums(item)[0] },
    { key: `${key}_new`, title: `${title}, new`, kind: 'amount', of: item => sums(item)[1] },
    {
      key: `${key}_change`,
      title: `${title}, change`,
      kind: 'change',
      isFare,
      of: item => differenceOf(sums(item)),
    },
    {
      key: `${key}_change_share`,
      title: 'in %',
      kind: 'share',
      isFare,
      of: item => shareOf(sums(item)),
    },
  ];
}

/** Undefined where there was nothing to be a part of. */
export function shareOf(sums: Both<number>): number | undefined {
  return sums[0] === 0 ? undefined : differenceOf(sums) / sums[0];
}

/** What all but the riders pay. */
export function othersPay({ paidMinor }: Pick<Totals, 'paidMinor'>): Both<number> {
  const others = FUNDERS.filter(funder => funder !== 'rider').map(funder => paidMinor[funder]);
  return [others.reduce((sum, [old]) => sum + old, 0), others.reduce((sum, [, fresh]) => sum + fresh, 0)];
}

const TOTALS: readonly Of<Totals>[] = [
  {
    key: 'riders',
    title: 'Riders',
    kind: 'count',
    of: ({ riders }) => riders.better + riders.worse + riders.equal,
  },
  { key: 'better_off', title: 'Better off', kind: 'count', of: ({ riders }) => riders.better },
  { key: 'worse_off', title: 'Worse off', kind: 'count', of: ({ riders }) => riders.worse },
  { key: 'unchanged', title: 'Unchanged', kind: 'count', of: ({ riders }) => riders.equal },
  { key: 'rides_old', title: 'Rides, old', kind: 'count', of: ({ rides }) => rides[0] },
  { key: 'rides_new', title: 'Rides, new', kind: 'count', of: ({ rides }) => rides[1] },
  ...paid<Totals>('riders_pay', 'Riders pay', true, ({ paidMinor }) => paidMinor.rider),
  ...paid<Totals>('others_pay', 'Others pay', false, othersPay),
];

const DIMENSION_TITLES: Readonly<Record<Dimension, string>> = {
  category: 'Category',
  line: 'Line',
  stop: 'Stop',
  hour: 'Hour',
  weekday: 'Weekday',
};

const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

/** As people call a group: `07:00`, `Monday`, a name. */
export function nameOf(dimension: Dimension, key: Key): string {
  switch (dimension) {
    case 'hour':
      return `${String(key).padStart(2, '0')}:00`;
    case 'weekday':
      return WEEKDAYS[Number(key)] ?? '';
    case 'category':
    case 'line':
    case 'stop':
      return key === '' ? '(not known)' : String(key);
    default:
      return dimension satisfies never;
  }
}

function isOrdered(dimension: Dimension): boolean {
  return dimension === 'hour' || dimension === 'weekday';
}

function dimensionTable({ by }: Comparison, dimension: Dimension): Table {
  const title = DIMENSION_TITLES[dimension];
  const name: Of<{ readonly key: Key }> = {
    ...{ key: dimension, title, kind: isOrdered(dimension) ? 'order' : 'text' },
    of: ({ key }) => nameOf(dimension, key),
  };
  return tableOf(dimension, title, [name, ...TOTALS], by[dimension]);
}

function funderTable({ total }: Comparison): Table {
  const columns: readonly Of<Funder>[] = [
    { key: 'funder', title: 'Funder', kind: 'text', of: funder => funder },
    ...paid<Funder>('pays', 'Pays', false, funder => total.paidMinor[funder]),
  ];
  const paying = FUNDERS.filter(funder => total.paidMinor[funder].some(sum => sum !== 0));
  return tableOf('funder', 'Who pays', columns, paying);
}

const BINS: readonly Of<Bin>[] = [
  { key: 'verdict', title: 'Riders who are', kind: 'text', of: ({ verdict }) => verdict },
  { key: 'beyond', title: 'Beyond', kind: 'change', of: ({ beyondMinor }) => beyondMinor },
  { key: 'to', title: 'To', kind: 'change', of: ({ toMinor }) => toMinor },
  { key: 'riders', title: 'Riders', kind: 'count', of: ({ riders }) => riders },
];

const CHANGES: readonly Of<Change>[] = [
  { key: 'reason_old', title: 'Old', kind: 'text', of: ({ reasons }) => reasons[0] },
  { key: 'reason_new', title: 'New', kind: 'text', of: ({ reasons }) => reasons[1] },
  { key: 'taps', title: 'Taps', kind: 'count', of: ({ taps }) => taps },
  {
    key: 'riders_pay_change',
    title: 'Change',
    kind: 'change',
    isFare: true,
    of: ({ differenceMinor }) => differenceMinor,
  },
];

const EXTREMES: readonly Of<Told>[] = [
  { key: 'card', title: 'Card', kind: 'text', of: ({ card }) => card },
  { key: 'taps', title: 'Taps', kind: 'count', of: ({ taps }) => taps },
  ...paid<Told>('pays', 'Pays', true, ({ paidMinor }) => paidMinor),
];

interface Differing extends ToldTap {
  readonly card: string;
}

const DIFFERING: readonly Of<Differing>[] = [
  { key: 'card', title: 'Card', kind: 'text', of: ({ card }) => card },
  { key: 'line', title: 'In the file', kind: 'count', of: ({ line }) => line },
  { key: 'at', title: 'At', kind: 'text', of: ({ at }) => at },
  { key: 'action', title: 'Action', kind: 'text', of: ({ action }) => action },
  { key: 'route', title: 'Line', kind: 'text', of: ({ route }) => route },
  { key: 'stop', title: 'Stop', kind: 'text', of: ({ stop }) => stop },
  ...paid<Differing>('pays', 'Pays', true, ({ came: [old, fresh] }) => [old.riderMinor, fresh.riderMinor]),
  { key: 'reason_old', title: 'Reason, old', kind: 'text', of: ({ came }) => came[0].reason },
  { key: 'reason_new', title: 'Reason, new', kind: 'text', of: ({ came }) => came[1].reason },
  { key: 'trace_old', title: 'Trace, old', kind: 'text', of: ({ came }) => came[0].trace.join('\n') },
  { key: 'trace_new', title: 'Trace, new', kind: 'text', of: ({ came }) => came[1].trace.join('\n') },
];

function differing({ winners, losers }: Comparison): readonly Differing[] {
  return [...winners, ...losers].flatMap(({ card, differing: taps }) => taps.map(tap => ({ card, ...tap })));
}

/** Every table, by the name its file has. */
export function tablesOf(comparison: Comparison): readonly Table[] {
  return [
    funderTable(comparison),
    tableOf('difference', 'By how much', BINS, comparison.histogram),
    ...DIMENSIONS.map(dimension => dimensionTable(comparison, dimension)),
    tableOf('reason', 'Why it costs something else', CHANGES, comparison.changes),
    tableOf('winner', 'The largest winners', EXTREMES, comparison.winners),
    tableOf('loser', 'The largest losers', EXTREMES, comparison.losers),
    tableOf('differing', 'The taps that make it', DIFFERING, differing(comparison)),
  ];
}
