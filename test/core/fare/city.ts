/** An imagined city with a flat bus, a tram and whatever limits a test adds to its settings. */

import type { Ride } from '../../../src/core/fare/ride.ts';
import { formatAmount } from '../../../src/core/money.ts';
import { riderAmount } from '../../../src/core/record.ts';
import type { Tariff } from '../../../src/core/tariff/tariff.ts';
import { tariffOf } from './folder.ts';
import { local, Rider } from './rider.ts';

const SETTINGS = `
formatVersion: 1
tariffId: city
revision: 1
name: { en: City, ru: Город }
effective: { from: 2026-01-01, by: first-entry }
source: assumed
currency: EUR
rounding: { mode: half-up, step: '0.01', stage: line, source: assumed }
timezone: Asia/Yekaterinburg
dayStart: '04:30'
timeResolution: s
media: { card: { fareMedia: card, recognise: [storage], assurance: uid, source: assumed } }
defaultCategory: adult
categories:
  adult: { ridersPerTrip: 4, source: assumed }
  child: { ridersPerTrip: 1, source: assumed }
products:
  - { id: 1, fareProduct: bus, name: { en: Bus, ru: Автобус } }
  - { id: 2, fareProduct: tram, name: { en: Tram, ru: Трамвай } }
  - { id: 9, name: { en: Limit, ru: Предел } }
passback: { debounce: 2 s, furtherRider: 1 min, refuse: 1 min, source: assumed }
uncertain: { noStop: grace, noClock: grace, noEntitlement: grace, staleStopList: grace, source: assumed }
`;

const TABLES = {
  'fare_media.txt': 'fare_media_id,fare_media_type\ncard,2\n',
  'fare_products.txt': `fare_product_id,rider_category_id,fare_media_id,amount,currency
bus,,card,1.00,EUR
bus,child,card,0.50,EUR
tram,,card,2.50,EUR
day,,card,5.00,EUR
week,,card,20.00,EUR
month,,card,60.00,EUR
`,
  'fare_leg_rules.txt': 'network_id,fare_product_id\nbus,bus\ntram,tram\n',
};

type Edits = readonly (readonly [found: string, instead: string])[];

/** The city with these rules, and with words of its own settings changed. */
export function city(rules: string, edits: Edits = []): Tariff {
  return tariffOf(cityFiles(rules, edits));
}

/** Its folder. */
export function cityFiles(rules: string, edits: Edits = []): Readonly<Record<string, string>> {
  let settings = SETTINGS;
  for (const [found, instead] of edits) {
    if (!settings.includes(found)) throw new Error(`no '${found}' in the city's settings`);
    settings = settings.replace(found, instead);
  }
  return { ...TABLES, 'tariff.yaml': settings + rules };
}

/** Rides of one card: each on a trip of its own unless it is told. */
export class Holder {
  readonly #rider: Rider;
  #trips = 0;

  constructor(tariff: Tariff, category = 'adult') {
    this.#rider = new Rider({ mediumClass: 'card', category }, tariff);
  }

  get state() {
    return this.#rider.state;
  }

  /** `1.00 fare-paid`. `at` is local, `2026-03-02 07:30:00`. */
  rides(networkId: string, at: string, more: Partial<Ride> & { readonly trip?: string } = {}): string {
    this.#trips += 1;
    const { trip = `trip-${this.#trips}`, ...ride } = more;
    const { lines, reason } = this.#rider.tap(trip, local(at), { networkId, ...ride });
    return `${lines.length === 0 ? '-' : formatAmount(riderAmount(lines), 'EUR')} ${reason}`;
  }

  /** So many buses on a day, a minute apart from eight in the morning: what each cost. */
  buses(count: number, date: string): string[] {
    return Array.from({ length: count }, (_, number) => {
      const minute = String(number % 60).padStart(2, '0');
      const hour = String(8 + Math.floor(number / 60)).padStart(2, '0');
      return this.rides('bus', `${date} ${hour}:${minute}:00`).split(' ')[0] ?? '';
    });
  }
}

/** Of amounts as they are said. */
export function total(amounts: readonly string[]): string {
  const minor = amounts.reduce((sum, amount) => sum + Math.round(Number(amount) * 100), 0);
  return (minor / 100).toFixed(2);
}
