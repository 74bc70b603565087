/** An imagined railway of three zones, entered and left by taps, with a bus beside it; prices are round. */

import type { Rated } from '../../../src/core/fare/rated.ts';
import type { Ride } from '../../../src/core/fare/ride.ts';
import { formatAmount } from '../../../src/core/money.ts';
import { riderAmount } from '../../../src/core/record.ts';
import type { Tariff } from '../../../src/core/tariff/tariff.ts';
import { tariffOf } from './folder.ts';
import { local, Rider } from './rider.ts';

const SETTINGS = `
formatVersion: 1
tariffId: railway
revision: 1
name: { en: Railway, ru: Железная дорога }
effective: { from: 2026-01-01, by: first-entry }
source: assumed
currency: EUR
rounding: { mode: half-up, step: '0.01', stage: line, source: assumed }
timezone: Asia/Yekaterinburg
dayStart: '04:30'
timeResolution: s
media: { card: { fareMedia: card, recognise: [storage], assurance: uid, source: assumed } }
defaultCategory: adult
categories: { adult: { ridersPerTrip: 1, source: assumed } }
products:
  - { id: 1, fareProduct: near, name: { en: Near, ru: Рядом } }
  - { id: 2, fareProduct: far, name: { en: Far, ru: Далеко } }
  - { id: 3, fareProduct: farthest, name: { en: Farthest, ru: Дальше всего } }
  - { id: 4, fareProduct: bus, name: { en: Bus, ru: Автобус } }
  - { id: 5, name: { en: Incomplete, ru: Неполная поездка } }
  - { id: 6, name: { en: Out again, ru: Выход там же } }
  - { id: 7, name: { en: Deposit, ru: Залог } }
  - { id: 8, name: { en: Completed, ru: Достроенная поездка } }
areaOrder: [a, b, c]
networks:
  rail:
    taps: entry-exit
    incomplete: { fareProduct: maximum, product: 5, areas: { c: maximum-c } }
    sameStop:
      - { upTo: 2 min, price: free }
      - { upTo: 30 min, price: { fareProduct: out-again }, product: 6 }
      - { price: { fareProduct: maximum }, product: 6 }
    maximumTime:
      - { zones: 1, atMost: 60 min }
      - { zones: 2, atMost: 90 min }
      - { atMost: 120 min }
    linking: { within: 10 min, inclusive: true, stops: [[b1, b2]] }
    source: assumed
passback: { debounce: 2 s, furtherRider: 1 min, refuse: 1 min, source: assumed }
uncertain: { noStop: grace, noClock: grace, noEntitlement: grace, staleStopList: grace, source: assumed }
`;

const TABLES = {
  'fare_media.txt': 'fare_media_id,fare_media_type\ncard,2\n',
  'fare_products.txt': `fare_product_id,fare_media_id,amount,currency
near,card,2.00,EUR
far,card,3.00,EUR
farthest,card,4.00,EUR
bus,card,1.50,EUR
maximum,card,9.00,EUR
maximum-c,card,10.00,EUR
out-again,card,1.00,EUR
deposit,card,20.00,EUR
`,
  'fare_leg_rules.txt': `network_id,from_area_id,to_area_id,fare_product_id
rail,a,a,near
rail,b,b,near
rail,c,c,near
rail,a,b,far
rail,b,a,far
rail,b,c,far
rail,c,b,far
rail,a,c,farthest
rail,c,a,farthest
bus,,,bus
`,
  'areas.txt': 'area_id\na\nb\nc\n',
  'stop_areas.txt': 'stop_id,area_id\na1,a\na2,a\nb1,b\nb2,b\nc1,c\n',
};

type Edits = readonly (readonly [found: string, instead: string])[];

/** The railway, with words of its settings changed. */
export function railway(...edits: Edits): Tariff {
  return tariffOf(railwayFiles(...edits));
}

/** Its folder. */
export function railwayFiles(...edits: Edits): Readonly<Record<string, string>> {
  let settings = SETTINGS;
  for (const [found, instead] of edits) {
    if (!settings.includes(found)) throw new Error(`no '${found}' in the railway's settings`);
    settings = settings.replace(found, instead);
  }
  return { ...TABLES, 'tariff.yaml': settings };
}

const CARD = { mediumClass: 'card' };

/** A rider of the railway, at minutes after half past seven. */
export class Passenger {
  readonly #rider: Rider;

  constructor(tariff: Tariff, category = 'adult') {
    this.#rider = new Rider({ ...CARD, category }, tariff);
  }

  enters(stopId: string, minute: number): Rated {
    return this.#tap({ action: 'entry', networkId: 'rail', stopId }, stopId, minute);
  }

  leaves(stopId: string, minute: number, networkId: string | null = 'rail'): Rated {
    return this.#tap({ action: 'exit', networkId: networkId ?? undefined, stopId }, stopId, minute);
  }

  boards(trip: string, minute: number): Rated {
    return this.#tap({ networkId: 'bus' }, trip, minute);
  }

  #tap(ride: Partial<Ride>, trip: string, minute: number): Rated {
    return this.#rider.tap(trip, local('2026-03-02 07:30:00', Math.round(minute * 60)), ride);
  }
}

/** `3.00 fare-paid`, and before it what the tap closed: `[9.00] journey-begun`. */
export function told({ lines, reason, closed }: Rated): string {
  const amount = (charged: Rated['lines']) => formatAmount(riderAmount(charged), 'EUR');
  const before = (closed ?? []).map(journey => `[${amount(journey.lines)}] `).join('');
  return `${before}${lines.length === 0 ? '-' : amount(lines)} ${reason}`;
}
