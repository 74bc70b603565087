/** What `tariff.yaml` says in itself. */
import { test } from 'uvu';
import { type Slip, testSlips } from '../../slips.ts';
import { cityFiles } from '../fare/city.ts';

const SETTINGS: Slip[] = [
  [
    'ages that end before they begin',
    [['tariff.yaml', 'child: { ridersPerTrip: 1', 'child: { ridersPerTrip: 1, ages: { from: 11, to: 4 }']],
    'error tariff.yaml:17:52: the ages end at 4, before they begin at 11 (expected 11 or more)',
  ],
  [
    'an age in two categories',
    [
      ['tariff.yaml', 'child: { ridersPerTrip: 1', 'child: { ridersPerTrip: 1, ages: { from: 4, to: 11 }'],
      ['tariff.yaml', 'adult: { ridersPerTrip: 4', 'adult: { ridersPerTrip: 4, ages: { from: 11, to: 99 }'],
    ],
    "error tariff.yaml:17:36: who is 11 is 'adult' already (expected each age in one category)",
  ],
  [
    'ages side by side',
    [
      ['tariff.yaml', 'child: { ridersPerTrip: 1', 'child: { ridersPerTrip: 1, ages: { from: 4, to: 11 }'],
      ['tariff.yaml', 'adult: { ridersPerTrip: 4', 'adult: { ridersPerTrip: 4, ages: { from: 12, to: 99 }'],
    ],
  ],
  [
    'a season that ends on a day that never comes',
    [
      [
        'tariff.yaml',
        'child: { ridersPerTrip: 1',
        "child: { ridersPerTrip: 1, fallback: adult, season: { from: '09-01', to: '02-30' }",
      ],
    ],
    "error tariff.yaml:17:76: categories.child.season.to: '02-30' (expected a day of the year in quotes: '09-01')",
  ],
  [
    'a season that begins on 29 February',
    [
      [
        'tariff.yaml',
        'child: { ridersPerTrip: 1',
        "child: { ridersPerTrip: 1, fallback: adult, season: { from: '02-29', to: '05-31' }",
      ],
    ],
  ],
  [
    'a time zone misspelt',
    [['tariff.yaml', 'Asia/Yekaterinburg', 'Asia/Ekaterinburg']],
    "error tariff.yaml:10:11: no time zone 'Asia/Ekaterinburg' (expected 'Asia/Yekaterinburg')",
  ],
  [
    'a time zone that is nowhere near any',
    [['tariff.yaml', 'Asia/Yekaterinburg', 'home']],
    "error tariff.yaml:10:11: no time zone 'home' (expected an IANA time zone: Asia/Yekaterinburg)",
  ],
  [
    'a fallback to bank cards, where none is taken',
    [['tariff.yaml', 'passback:', 'fallbackToPayment: ask\npassback:']],
    'error tariff.yaml:22:20: no bank card is taken: there is nothing to fall back to (expected never, or a medium with recognise: [bank])',
  ],
  [
    'a fallback that is no word of it',
    [['tariff.yaml', 'passback:', 'fallbackToPayment: sometimes\npassback:']],
    "error tariff.yaml:22:20: fallbackToPayment: 'sometimes' (expected never | always | ask)",
  ],
];

testSlips(cityFiles(''), SETTINGS);

test.run();
