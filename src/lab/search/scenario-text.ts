/** An outing as a scenario that a person reads, and that passes: what each step came to is what it expects. */
import { formatAmount, type MinorUnits } from '../../core/money.ts';
import type { Tariffs } from '../../core/tariff/versions.ts';
import { formatLocal } from '../../core/time.ts';
import type { Outing, Played, PlayedTap } from './outing.ts';
import type { Payer } from './payers.ts';

/** A YAML document, in the form of those under `scenarios/`. */
export function scenarioText(tariffs: Tariffs, title: string, outing: Outing, played: Played): string {
  const isTwo = outing.trips.some(({ isSecondCard }) => isSecondCard);
  const steps = played.taps.map(tap => `  - ${flow(stepOf(tariffs, outing.payer, tap, isTwo))}`);
  return [
    `scenario: ${word(title)}`,
    ...cardLines(tariffs, outing.payer, isTwo),
    'steps:',
    ...steps,
    '',
  ].join('\n');
}

function cardLines(tariffs: Tariffs, payer: Payer, isTwo: boolean): readonly string[] {
  const card = flow(cardOf(tariffs, payer));
  if (isTwo) return ['cards:', ...CARDS.map(name => `  ${name}: ${card}`)];
  return card === NOTHING ? [] : [`card: ${card}`];
}

const CARDS = ['first', 'second'] as const;

type Fields = Readonly<Record<string, string | undefined>>;

function cardOf([{ mediumNames, defaultCategory }]: Tariffs, { medium, category, passes }: Payer): Fields {
  return {
    medium: medium === mediumNames[0] ? undefined : word(medium),
    category: category === defaultCategory ? undefined : word(category),
    passes:
      passes.length === 0
        ? undefined
        : `[${passes.map(({ pass }) => flow({ pass: word(pass) })).join(', ')}]`,
  };
}

function stepOf(
  [{ zone, currency }]: Tariffs,
  { redeem }: Payer,
  { trip, ride, paidMinor }: PlayedTap,
  isTwo: boolean,
): Fields {
  const { way, isSecondCard } = trip;
  const [date = '', time = ''] = formatLocal(zone, ride.atMs).split('T');
  const moment = time.slice(0, time.startsWith(':00', 5) ? 5 : 8);
  return {
    at: `${date} ${moment}`,
    card: isTwo ? CARDS[isSecondCard ? 1 : 0] : undefined,
    does: way.isLeft ? (ride.action === 'exit' ? 'leave' : 'enter') : undefined,
    network: optional(way.network),
    line: optional(ride.routeId),
    stop: optional(ride.stopId),
    to: optional(ride.destinationId),
    redeem: redeem.length === 0 ? undefined : `[${redeem.map(word).join(', ')}]`,
    pay: `'${formatAmount(paidMinor as MinorUnits, currency)}'`,
  };
}

const NOTHING = '{}';

/** `{ at: 2026-03-02 08:00, pay: '1.75' }`: what is absent is left out. */
function flow(fields: Fields): string {
  const written = Object.entries(fields).flatMap(([key, text]) =>
    text === undefined ? [] : [`${key}: ${text}`],
  );
  return written.length === 0 ? NOTHING : `{ ${written.join(', ')} }`;
}

function optional(text: string | undefined): string | undefined {
  return text === undefined ? undefined : word(text);
}

/** Plain where YAML can take it for nothing but text, else in quotes. */
function word(text: string): string {
  if (/^[a-z][a-z0-9-]*$/.test(text) && !/^(true|false|null)$/.test(text)) return text;
  return /^[ -~]*$/.test(text) ? `'${text.replaceAll("'", "''")}'` : JSON.stringify(text);
}
