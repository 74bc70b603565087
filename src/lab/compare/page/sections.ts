/** The page's parts, in their order: what each is called, what it says of itself, what it shows. */
import type { Dimension } from '../boarding.ts';
import type { Comparison, Group } from '../comparison.ts';
import { EXTREMES } from '../extremes.ts';
import type { Figures } from '../figures.ts';
import { nameOf, type Table, tablesOf } from '../tables.ts';
import { dataTable } from './data-table.ts';
import { html, type Markup } from './markup.ts';
import { largestChanges, pairedColumns } from './money-charts.ts';
import { differenceHistogram, VERDICT_WORDS, verdictBars } from './riders-charts.ts';
import { toldRiders } from './told-riders.ts';

interface Shown {
  readonly comparison: Comparison;
  readonly tables: ReadonlyMap<string, Table>;
  readonly figures: Figures;
}

interface Section {
  readonly id: string;
  readonly title: string;
  readonly lead: string;
  readonly show: (shown: Shown) => Markup | undefined;
}

export const SECTIONS: readonly Section[] = [
  {
    id: 'difference',
    title: 'By how much',
    lead: 'Each rider over all their taps: how many pay up to so much less, or more.',
    show: ({ comparison, figures }) =>
      html`${KEY_OF_VERDICTS}${differenceHistogram(comparison.histogram, figures)}`,
  },
  {
    id: 'funder',
    title: 'Who pays',
    lead: 'Every fare is paid by the rider and by whoever funds a concession or a discount.',
    show: shown =>
      tableShown(shown, 'funder', ['funder', 'pays_old', 'pays_new', 'pays_change', 'pays_change_share']),
  },
  dimensionSection(
    'category',
    'By category',
    'Riders by the category their card is read as.',
    ({ comparison: { by } }) =>
      html`${KEY_OF_VERDICTS}${verdictBars(named('category', by.category).slice(0, BARS))}`,
  ),
  dimensionSection(
    'line',
    'By line',
    'Where riders got on. The lines on which the sum changes the most:',
    changes('line'),
  ),
  dimensionSection(
    'stop',
    'By stop',
    'Where riders got on. The stops at which the sum changes the most:',
    changes('stop'),
  ),
  dimensionSection('hour', 'By hour', 'When riders got on, by the wall clock.', columns('hour')),
  dimensionSection(
    'weekday',
    'By weekday',
    'By the service day, which may end after midnight.',
    columns('weekday'),
  ),
  {
    id: 'reason',
    title: 'Why it costs something else',
    lead: 'Taps whose fare or decision is another, by the reason that either tariff gives.',
    show: shown => tableShown(shown, 'reason', ['reason_old', 'reason_new', 'taps', 'riders_pay_change']),
  },
  {
    id: 'winners',
    title: 'The largest winners',
    lead: `At most ${EXTREMES} riders who pay less, with the taps that make it and what either tariff says of each.`,
    show: ({ comparison, figures }) => toldRiders(comparison.winners, figures),
  },
  {
    id: 'losers',
    title: 'The largest losers',
    lead: `At most ${EXTREMES} riders who pay more.`,
    show: ({ comparison, figures }) => toldRiders(comparison.losers, figures),
  },
  {
    id: 'about',
    title: 'How it was counted',
    lead: '',
    show: () =>
      html`<dl class="about">${ABOUT.map(([term, said]) => html`<dt>${term}</dt><dd>${said}</dd>`)}</dl>`,
  },
];

export function sections(comparison: Comparison, figures: Figures): Markup {
  const tables = new Map(tablesOf(comparison).map(table => [table.name, table]));
  return html`${SECTIONS.map(({ id, title, lead, show }) => {
    const said = lead === '' ? undefined : html`<p class="soft">${lead}</p>`;
    return html`<section id="${id}" aria-labelledby="${id}-title">
<h2 id="${id}-title">${title}</h2>${said}
${show({ comparison, tables, figures }) ?? NOTHING}
</section>
`;
  })}`;
}

const NOTHING = html`<p>Nothing here: the taps do not say it, or nothing differs.</p>`;

/** Bars of one chart. */
const BARS = 15;

function dimensionSection(
  dimension: Dimension,
  title: string,
  lead: string,
  chart: (shown: Shown) => Markup,
): Section {
  const show = (shown: Shown) => {
    const groups = shown.comparison.by[dimension];
    if (groups.every(({ key }) => key === '')) return undefined;
    return html`${chart(shown)}${tableShown(shown, dimension, [dimension, ...GROUP_COLUMNS])}`;
  };
  return { id: dimension, title, lead, show };
}

const GROUP_COLUMNS = [
  ...['riders', 'better_off', 'worse_off', 'unchanged', 'rides_old', 'rides_new'],
  ...[
    'riders_pay_old',
    'riders_pay_new',
    'riders_pay_change',
    'riders_pay_change_share',
    'others_pay_change',
  ],
];

function named(dimension: Dimension, groups: readonly Group[]) {
  return groups.map(({ key, riders, paidMinor }) => ({
    name: nameOf(dimension, key),
    riders,
    paidMinor: paidMinor.rider,
  }));
}

function changes(dimension: Dimension): (shown: Shown) => Markup {
  return ({ comparison, figures }) => largestChanges(named(dimension, comparison.by[dimension]), figures);
}

function columns(dimension: Dimension): (shown: Shown) => Markup {
  return ({ comparison, figures }) =>
    html`${KEY_OF_SIDES}${pairedColumns(named(dimension, comparison.by[dimension]), figures)}`;
}

function tableShown({ tables, figures }: Shown, name: string, keys: readonly string[]): Markup | undefined {
  const table = tables.get(name);
  return table === undefined || table.rows.length === 0 ? undefined : dataTable(table, keys, figures);
}

const KEY_OF_VERDICTS = key(Object.entries(VERDICT_WORDS));
const KEY_OF_SIDES = key([
  ['old', 'old tariff'],
  ['new', 'new tariff'],
]);

/** What the colours mean. */
function key(words: readonly (readonly [kind: string, said: string])[]): Markup {
  return html`<ul class="key">${words.map(([kind, said]) => html`<li class="${kind}">${said}</li>`)}</ul>`;
}

const ABOUT: readonly (readonly [term: string, said: string])[] = [
  [
    'Rider',
    'A card. One that is better off pays less over all its taps; what became of single rides stands under the reasons.',
  ],
  ['Ride', 'An entry that the tariff accepts.'],
  [
    'Line, stop, hour',
    'Those of the entry, also for what is paid at the exit: every sum stands in each table once.',
  ],
  [
    'Riders of a group',
    'Everybody who got on there, by what the change is to them over all their taps: who rides two lines stands in both.',
  ],
  ['Not left', 'A journey that is still open at the last tap is closed as an incomplete one.'],
  [
    'Prices',
    "Those of either tariff's version on the day of the tap, unless the new one was asked for as of a day.",
  ],
];
