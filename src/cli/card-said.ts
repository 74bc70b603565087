/** What `tura card read` says of the resident card's applications: no serial and no number whole. */

import type { SurveyedResident } from '../core/card/survey.ts';
import { decodeState } from '../core/card/transit/encoding.ts';
import { namesOf } from '../core/card/transit/names.ts';
import type { CardState } from '../core/card/transit/state.ts';
import { formatAmount } from '../core/money.ts';
import type { Tariff } from '../core/tariff/tariff.ts';
import { formatDate, formatLocal } from '../core/time.ts';
import { readTariff } from '../gtfs/tariff-folder.ts';
import { nodeCrypto } from '../wire/node-crypto.ts';

export interface Said {
  readonly line: string;
  readonly object: Readonly<Record<string, unknown>>;
}

/** `tariff`: the folder of the tariff whose names stand on a card as numbers. */
export function residentSaid(surveyed: SurveyedResident, tariffFolder: string): Said {
  const { application, kind } = surveyed;
  const said = (words: string, more: Said['object'] = {}): Said => ({
    line: `${application.padEnd(10)} ${words}`,
    object: { application, kind, ...more },
  });
  switch (surveyed.kind) {
    case 'transit': {
      const { tariffs } = readTariff(tariffFolder, nodeCrypto);
      const held = decodeState(surveyed.state, namesOf(tariffs));
      const card = `card ${surveyed.serial}`;
      if (held === undefined) return said(`${card}, a state of another make`, { serial: surveyed.serial });
      return said(`${card}  ${wordsOf(held, tariffs[0])}`, { serial: surveyed.serial, ...held });
    }
    case 'numbered': {
      const { number, expiry } = surveyed;
      const end = expiry === undefined ? '' : `  to ${formatDate(expiry)}`;
      return said(`${number}${end}`, { number, expiry });
    }
    case 'blocked':
      return said('blocked');
    case 'foreign':
      return said("another operator's");
    case 'not-genuine':
      return said('not genuine');
    case 'unread':
      return said(surveyed.why, { why: surveyed.why });
    default:
      return surveyed satisfies never;
  }
}

function wordsOf(held: CardState, { currency, zone }: Tariff): string {
  const { counter, category, categoryExpiry, expiry, isBlocked, loyalty, passes, rider } = held;
  const { quota, purseMinor, lastRide, points } = rider;
  const until = (date: typeof expiry) => (date === undefined ? '' : ` to ${formatDate(date)}`);
  return [
    ...(isBlocked ? ['blocked'] : []),
    `${category}${until(categoryExpiry)}`,
    ...(expiry === undefined ? [] : [`good${until(expiry)}`]),
    ...(quota === undefined ? [] : [`${quota.used} rides of its quota in ${quota.month}`]),
    ...(purseMinor === undefined ? [] : [`${formatAmount(purseMinor, currency)} ${currency}`]),
    ...passes.map(({ pass, to }) => `${pass}, not begun${until(to)}`),
    ...rider.passes.map(({ pass, to, rides }) => `${pass}${until(to)}, ${rides} rides`),
    ...(loyalty === undefined ? [] : [loyalty.isBlocked ? 'its points are blocked' : 'earns points']),
    ...points.map(({ programme, points }) => `${points} points of ${programme}`),
    ...(lastRide === undefined ? [] : [`rode at ${formatLocal(zone, lastRide.atMs).slice(0, 16)}`]),
    `written ${counter} times`,
  ].join(', ');
}
