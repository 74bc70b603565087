/** Amounts of money that cannot be. */
import { test } from 'uvu';
import { type Slip, testSlips } from '../../slips.ts';
import { cityFiles } from '../fare/city.ts';

const AMOUNTS: Slip[] = [
  [
    'a currency that is none',
    [['tariff.yaml', 'currency: EUR', 'currency: EUX']],
    "error tariff.yaml:8:11: no currency of ISO 4217 'EUX' (expected 'EUR')",
  ],
  [
    'an amount without quotes',
    [
      [
        'tariff.yaml',
        'uncertain:',
        'caps: [{ id: day, product: 9, limit: { amount: 8.90 }, period: { every: day, starts: calendar }, covers: {}, source: assumed }]\nuncertain:',
      ],
    ],
    "error tariff.yaml:23:48: caps.0.limit.amount: not text (expected a decimal amount in quotes: '8.90')",
  ],
  [
    'an amount finer than its currency',
    [
      [
        'tariff.yaml',
        'uncertain:',
        "caps: [{ id: day, product: 9, limit: { amount: '8.901' }, period: { every: day, starts: calendar }, covers: {}, source: assumed }]\nuncertain:",
      ],
    ],
    "error tariff.yaml:23:48: amount '8.901' (expected an amount in EUR, exact to its minor unit)",
  ],
  [
    'an amount below zero',
    [
      [
        'tariff.yaml',
        'uncertain:',
        "caps: [{ id: day, product: 9, limit: { amount: '-8.90' }, period: { every: day, starts: calendar }, covers: {}, source: assumed }]\nuncertain:",
      ],
    ],
    "error tariff.yaml:23:48: caps.0.limit.amount: '-8.90' (expected zero or more)",
  ],
  [
    'an amount beyond any price',
    [
      [
        'tariff.yaml',
        'uncertain:',
        "caps: [{ id: day, product: 9, limit: { amount: '99999999999.00' }, period: { every: day, starts: calendar }, covers: {}, source: assumed }]\nuncertain:",
      ],
    ],
    "error tariff.yaml:23:48: '99999999999.00', more than any price (expected at most 1000000000.00)",
  ],
  [
    'a step of nothing',
    [['tariff.yaml', "step: '0.01'", "step: '0.00'"]],
    "error tariff.yaml:9:34: a step of '0.00' (expected an amount in EUR above zero)",
  ],
  [
    'a floor above zero',
    [
      [
        'tariff.yaml',
        'uncertain:',
        "purse: { media: [card], floor: '10.00', maximum: '90.00', source: assumed }\nuncertain:",
      ],
    ],
    "error tariff.yaml:23:32: a floor of '10.00', above zero (expected '0.00', or below: '-10.00')",
  ],
  [
    'a purse that holds no more than its floor',
    [
      [
        'tariff.yaml',
        'uncertain:',
        "purse: { media: [card], floor: '0.00', maximum: '0.00', source: assumed }\nuncertain:",
      ],
    ],
    "error tariff.yaml:23:49: no more than the floor, '0.00' (expected an amount above the floor)",
  ],
  [
    'a purse that holds less than nothing',
    [
      [
        'tariff.yaml',
        'uncertain:',
        "purse: { media: [card], floor: '0.00', maximum: '-90.00', source: assumed }\nuncertain:",
      ],
    ],
    "error tariff.yaml:23:49: purse.maximum: '-90.00' (expected zero or more)",
  ],
  [
    'a purse that may be overdrawn',
    [
      [
        'tariff.yaml',
        'uncertain:',
        "purse: { media: [card], floor: '-10.00', maximum: '90.00', source: assumed }\nuncertain:",
      ],
    ],
  ],
  [
    'a first ride dearer than may be owed',
    [
      [
        'tariff.yaml',
        'uncertain:',
        "openLoop: { media: [card], aggregate: day, firstRide: '30.00', floorLimit: '20.00', retryDays: [1, 3], source: assumed }\nuncertain:",
      ],
    ],
    "error tariff.yaml:23:55: a first ride for '30.00', more than may ever be owed (expected at most floorLimit, '20.00')",
  ],
  [
    'days of trying again out of order',
    [
      [
        'tariff.yaml',
        'uncertain:',
        "openLoop: { media: [card], aggregate: day, firstRide: '3.00', floorLimit: '20.00', retryDays: [7, 3, 3], source: assumed }\nuncertain:",
      ],
    ],
    'error tariff.yaml:23:99: day 3 is not after the day before it (expected days in ascending order)',
  ],
  [
    'open loop',
    [
      [
        'tariff.yaml',
        'uncertain:',
        "openLoop: { media: [card], aggregate: day, firstRide: '20.00', floorLimit: '20.00', retryDays: [1, 3, 7], source: assumed }\nuncertain:",
      ],
    ],
  ],
  [
    'a fare below zero',
    [['fare_products.txt', 'tram,,card,2.50', 'tram,,card,-2.50']],
    "error fare_products.txt:4:12: amount '-2.50': nobody is paid for a ride (expected 0 or more)",
  ],
  [
    'a fare beyond any price',
    [['fare_products.txt', 'tram,,card,2.50', 'tram,,card,9999999999.00']],
    "error fare_products.txt:4:12: amount '9999999999.00' (expected at most 1000000000.00)",
  ],
  [
    'a fare finer than its currency, told once and missed nowhere',
    [['fare_products.txt', 'tram,,card,2.50', 'tram,,card,2.505']],
    "error fare_products.txt:4:12: amount '2.505' (expected an amount in EUR, exact to its minor unit)",
  ],
  [
    'a fare that is no number, told once and missed nowhere',
    [['fare_products.txt', 'tram,,card,2.50', 'tram,,card,2-50']],
    "error fare_products.txt:4:12: amount is '2-50' (expected a decimal amount such as 2.50)",
  ],
  [
    'a fare without the decimals of its currency',
    [['fare_products.txt', 'tram,,card,2.50', 'tram,,card,3']],
    "warning fare_products.txt:4:12: amount '3' (expected '3.00', with the decimals of EUR)",
  ],
  [
    'a fare in another currency',
    [['fare_products.txt', 'tram,,card,2.50,EUR', 'tram,,card,2.50,USD']],
    "error fare_products.txt:4:17: currency 'USD' (expected EUR, as in tariff.yaml)",
  ],
  [
    'a fare in a currency that is none',
    [['fare_products.txt', 'tram,,card,2.50,EUR', 'tram,,card,2.50,EUX']],
    "error fare_products.txt:4:17: currency is 'EUX' (expected 'EUR')",
  ],
];

testSlips(cityFiles(''), AMOUNTS);

test.run();
