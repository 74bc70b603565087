/** An outing as a scenario that a person reads, and that passes: what each step came to is what it expects. */
import type { MinorUnits } from '../../core/money.ts';
import type { Tariffs } from '../../core/tariff/versions.ts';
import type { Card, Step } from '../scenario/scenario.ts';
import { scenarioYaml } from '../scenario/write-yaml.ts';
import type { Outing, Played, PlayedTap } from './outing.ts';
import type { Payer } from './payers.ts';

/** A YAML document, in the form of those under `scenarios/`. */
export function scenarioText([tariff]: Tariffs, title: string, outing: Outing, played: Played): string {
  const isTwo = outing.trips.some(({ isSecondCard }) => isSecondCard);
  const card = cardOf(outing.payer);
  return scenarioYaml(tariff, {
    title,
    source: undefined,
    at: NOWHERE,
    unconfirmed: false,
    unnoticed: [],
    cards: isTwo ? { first: card, second: card } : { '': card },
    steps: played.taps.map(tap => stepOf(outing.payer, tap, isTwo)),
  });
}

const NOWHERE = { file: '' };

function cardOf({ medium, category, passes }: Payer): Card {
  return { mediumClass: medium, category, passes, proofExpired: false, points: [] };
}

function stepOf({ redeem }: Payer, { trip, ride, paidMinor }: PlayedTap, isTwo: boolean): Step {
  const { way, isSecondCard } = trip;
  const { atMs, routeId: line, stopId: stop, destinationId: to } = ride;
  return {
    where: NOWHERE,
    atMs,
    card: isTwo ? (isSecondCard ? 'second' : 'first') : '',
    ...(way.isLeft ? { does: ride.action === 'exit' ? 'leave' : 'enter' } : {}),
    ...(line === undefined ? {} : { line }),
    ...(way.network === undefined ? {} : { network: way.network }),
    ...(stop === undefined ? {} : { stop }),
    ...(to === undefined ? {} : { to }),
    ...(redeem.length === 0 ? {} : { redeem }),
    pay: paidMinor as MinorUnits,
  };
}
