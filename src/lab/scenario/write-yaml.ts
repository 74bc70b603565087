/** A scenario as people write one: YAML that reads back as the same scenario. */
import { formatAmount, type MinorUnits } from '../../core/money.ts';
import type { Tariff } from '../../core/tariff/tariff.ts';
import { formatDate, formatLocal, type ServiceDate } from '../../core/time.ts';
import { STEP } from './columns.ts';
import type { Card, Scenario, Step } from './scenario.ts';

/** A document of its own. What is as by default is left out. */
export function scenarioYaml(tariff: Tariff, { title, unconfirmed, cards, steps }: Scenario): string {
  return [
    `scenario: ${word(title)}`,
    ...(unconfirmed ? ['unconfirmed: true'] : []),
    ...cardLines(tariff, cards),
    'steps:',
    ...steps.map(step => `  - ${flow(stepFields(tariff, step))}`),
    '',
  ].join('\n');
}

function cardLines(tariff: Tariff, cards: Scenario['cards']): readonly string[] {
  const { '': only, ...named } = cards;
  const plain = only === undefined ? NOTHING : flow(cardFields(tariff, only));
  const others = Object.entries(named).map(([name, card]) => `  ${name}: ${flow(cardFields(tariff, card))}`);
  return [
    ...(plain === NOTHING ? [] : [`card: ${plain}`]),
    ...(others.length === 0 ? [] : ['cards:', ...others]),
  ];
}

type Fields = Readonly<Record<string, string | undefined>>;

function cardFields(tariff: Tariff, card: Card): Fields {
  const { mediumNames, defaultCategory } = tariff;
  const { mediumClass, category, purseMinor, proofExpired, categoryExpiry, paidOn } = card;
  const { passes = [], quotaUsed, points } = card;
  return {
    medium: mediumClass === mediumNames[0] ? undefined : word(mediumClass),
    category: category === defaultCategory ? undefined : word(category),
    purse: purseMinor === undefined ? undefined : amount(tariff, purseMinor),
    proofExpired: proofExpired ? 'true' : undefined,
    categoryExpiry: optionalDay(categoryExpiry),
    paidOn: optionalDay(paidOn),
    passes: listed(
      passes.map(({ pass, from, to }) =>
        flow({ pass: word(pass), from: optionalDay(from), to: optionalDay(to) }),
      ),
    ),
    quotaUsed: quotaUsed && flow({ month: monthText(quotaUsed.month), used: String(quotaUsed.used) }),
    points:
      points.length === 0
        ? undefined
        : flow(Object.fromEntries(points.map(one => [word(one.programme), String(one.points)]))),
  };
}

const COLUMNS = Object.keys(STEP) as readonly (keyof typeof STEP)[];
const AMOUNTS: ReadonlySet<string> = new Set(['amount', 'pay', 'others', 'purse', 'asks']);

/** Its moment and its card first, then the columns in their order. */
function stepFields(tariff: Tariff, step: Step): Fields {
  const cells = COLUMNS.map(name => [name, cellText(tariff, name, step[name])] as const);
  return {
    at: momentText(tariff, step),
    card: step.card === '' ? undefined : word(step.card),
    ...Object.fromEntries(cells),
  };
}

function cellText(tariff: Tariff, name: string, value: Step[keyof typeof STEP]): string | undefined {
  if (value === undefined) return undefined;
  if (typeof value === 'string') return word(value);
  if (typeof value !== 'number') return listed(value.map(word));
  return AMOUNTS.has(name) ? amount(tariff, value as MinorUnits) : String(value);
}

function momentText({ zone }: Tariff, { atMs }: Step): string {
  const [date = '', time = ''] = formatLocal(zone, atMs).split('T');
  return `${date} ${time.slice(0, time.startsWith(':00', 5) ? 5 : 8)}`;
}

/** 202603 -> `2026-03`. */
function monthText(month: number): string {
  return formatDate((month * 100 + 1) as ServiceDate).slice(0, 7);
}

function optionalDay(day: ServiceDate | undefined): string | undefined {
  return day === undefined ? undefined : formatDate(day);
}

function amount({ currency }: Tariff, minor: MinorUnits): string {
  return `'${formatAmount(minor, currency)}'`;
}

const NOTHING = '{}';

/** `{ at: 2026-03-02 08:00, pay: '1.75' }`: what is absent is left out. */
function flow(fields: Fields): string {
  const written = Object.entries(fields).flatMap(([key, text]) =>
    text === undefined ? [] : [`${key}: ${text}`],
  );
  return written.length === 0 ? NOTHING : `{ ${written.join(', ')} }`;
}

function listed(texts: readonly string[]): string | undefined {
  return texts.length === 0 ? undefined : `[${texts.join(', ')}]`;
}

/** Plain where YAML can take it for nothing but text, else in quotes. */
function word(text: string): string {
  if (/^[a-z][a-z0-9-]*$/.test(text) && !/^(true|false|null)$/.test(text)) return text;
  return /^[ -~]*$/.test(text) ? `'${text.replaceAll("'", "''")}'` : JSON.stringify(text);
}
