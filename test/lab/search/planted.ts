/** Tariffs for tests of the search: one with three faults that somebody planted, and a plain flat fare with none. */
import { readTariffFiles } from '../../../src/gtfs/tariff-files.ts';
import { type World, worldOf } from '../../../src/lab/search/world.ts';
import { nodeCrypto } from '../../../src/wire/node-crypto.ts';

type Files = Readonly<Record<string, string>>;

const SETTINGS = `
formatVersion: 1
tariffId: planted
revision: 1
name: { en: Planted, ru: Подложено }
effective: { from: 2026-01-01, by: first-entry }
source: assumed
currency: EUR
rounding: { mode: half-up, step: '0.01', stage: line, source: assumed }
timezone: Europe/Berlin
dayStart: '04:00'
timeResolution: min
media: { card: { fareMedia: card, recognise: [storage], assurance: uid, source: assumed } }
defaultCategory: adult
categories:
  adult: { ridersPerTrip: 1, source: assumed }
  child: { ridersPerTrip: 1, source: assumed }
passback: { debounce: 2 s, furtherRider: 1 min, refuse: 1 min, source: assumed }
uncertain: { noStop: grace, noClock: grace, noEntitlement: grace, staleStopList: grace, source: assumed }
`;

const MEDIA = 'fare_media_id,fare_media_type\ncard,2\n';

/**
 * By rail the whole way costs more than its two halves; by boat the farther pier costs less than the nearer one; a child
 * pays half on the bus, and only adults have a cap.
 */
export const PLANTED: Files = {
  'tariff.yaml': `${SETTINGS}
products:
  - { id: 1, fareProduct: rail-half, name: { en: Half the way by rail, ru: Полпути поездом } }
  - { id: 2, fareProduct: rail-whole, name: { en: The way by rail, ru: Весь путь поездом } }
  - { id: 3, fareProduct: boat-near, name: { en: To the near pier, ru: До ближнего причала } }
  - { id: 4, fareProduct: boat-far, name: { en: To the far pier, ru: До дальнего причала } }
  - { id: 5, fareProduct: bus, name: { en: Bus, ru: Автобус } }
  - { id: 6, name: { en: Child's bus, ru: Автобус для ребёнка } }
  - { id: 7, name: { en: Cap of the day, ru: Дневной предел } }
areaOrder: [z1, z2, z3]
networks:
  rail: { taps: entry-exit, source: assumed }
  boat: { taps: entry-exit, source: assumed }
discounts:
  - { id: child, product: 6, covers: { networks: [bus], categories: [child] }, percent: 50, source: assumed }
caps:
  - { id: adult, product: 7, limit: { amount: '3.00' }, period: { every: day, starts: calendar }, covers: { networks: [bus], categories: [adult] }, source: assumed }
`,
  'fare_media.txt': MEDIA,
  'fare_products.txt': `fare_product_id,amount,currency
rail-half,2.00,EUR
rail-whole,5.00,EUR
boat-near,4.00,EUR
boat-far,3.00,EUR
bus,2.00,EUR
`,
  'fare_leg_rules.txt': `network_id,from_area_id,to_area_id,fare_product_id,rule_priority
rail,z1,z2,rail-half,1
rail,z2,z3,rail-half,1
rail,z1,z3,rail-whole,1
boat,z1,z2,boat-near,1
boat,z1,z3,boat-far,1
bus,,,bus,1
`,
  'stop_areas.txt': 'stop_id,area_id\nquay,z1\nmarket,z1\nmill,z2\nheath,z2\npark,z3\nfield,z3\n',
};

/** One price, whoever rides wherever and whenever. */
export const FLAT: Files = {
  'tariff.yaml': `${SETTINGS}
products:
  - { id: 1, fareProduct: ride, name: { en: Ride, ru: Поездка } }
`,
  'fare_media.txt': MEDIA,
  'fare_products.txt': 'fare_product_id,amount,currency\nride,2.00,EUR\n',
  'fare_leg_rules.txt': 'fare_product_id\nride\n',
};

/** A way by rail costs less for whoever leaves it from 09:30 on, whenever it began. */
export const CHEAP_WHEN_LEFT_LATE: Files = {
  'tariff.yaml': `${SETTINGS}
products:
  - { id: 1, fareProduct: early, name: { en: Left early, ru: До часа пик } }
  - { id: 2, fareProduct: late, name: { en: Left late, ru: После часа пик } }
areaOrder: [z1, z2]
networks: { rail: { taps: entry-exit, source: assumed } }
`,
  'fare_media.txt': MEDIA,
  'fare_products.txt': 'fare_product_id,amount,currency\nearly,4.00,EUR\nlate,3.00,EUR\n',
  'fare_leg_rules.txt':
    'network_id,to_timeframe_group_id,fare_product_id,rule_priority\nrail,,early,1\nrail,off-peak,late,2\n',
  'timeframes.txt': 'timeframe_group_id,start_time,end_time,service_id\noff-peak,09:30:00,24:00:00,daily\n',
  'calendar.txt':
    'service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date\ndaily,1,1,1,1,1,1,1,20260101,20991231\n',
  'stop_areas.txt': 'stop_id,area_id\nquay,z1\nmill,z2\nheath,z2\n',
};

/** A boat from any pier: the farther out, the cheaper. */
export function upsideDown(piers: number): Files {
  const farther = Array.from({ length: piers }, (_, pier) => pier + 1);
  const product = (pier: number) =>
    `  - { id: ${pier}, fareProduct: to-${pier}, name: { en: Boat, ru: Катер } }\n`;
  const table = (header: string, row: (pier: number) => string) =>
    `${[header, ...farther.map(row)].join('\n')}\n`;
  return {
    'tariff.yaml': `${SETTINGS}
products:
${farther.map(product).join('')}
areaOrder: [z0, ${farther.map(pier => `z${pier}`).join(', ')}]
networks: { boat: { taps: entry-exit, source: assumed } }
`,
    'fare_media.txt': MEDIA,
    'fare_products.txt': table(
      'fare_product_id,amount,currency',
      pier => `to-${pier},${piers + 1 - pier}.00,EUR`,
    ),
    'fare_leg_rules.txt': table(
      'network_id,to_area_id,fare_product_id,rule_priority',
      pier => `boat,z${pier},to-${pier},1`,
    ),
    'stop_areas.txt': table('stop_id,area_id\npier-0,z0', pier => `pier-${pier},z${pier}`),
  };
}

export function worldIn(files: Files): World {
  const { tariffs, metres } = readTariffFiles(new Map(Object.entries(files)), 'tariff', nodeCrypto);
  return worldOf(tariffs, metres);
}
