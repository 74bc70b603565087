/** Values of tariff.yaml that are of the wrong form or beyond their limits. */
import { test } from 'uvu';
import { type Refusal, refuses, yaml } from './edits.ts';

const REFUSED: Refusal[] = [
  [
    'a key that is misspelt',
    yaml('quota: pupil', 'quotta: pupil'),
    "tariff.yaml:35:5: unknown key 'quotta' (expected 'quota')",
  ],
  [
    'a key that misses because another is misspelt: both are said',
    yaml('ridersPerTrip: 5', 'riderPerTrip: 5'),
    'tariff.yaml:31:12: categories.general.ridersPerTrip: missing (expected a number)',
    "tariff.yaml:31:14: unknown key 'riderPerTrip' (expected 'ridersPerTrip')",
  ],
  [
    'a key of another section',
    yaml('dayStart:', "window: '60 min'\ndayStart:"),
    "tariff.yaml:13:1: the key 'window' has no meaning here",
  ],
  [
    'text where a number belongs',
    yaml('ridersPerTrip: 5', "ridersPerTrip: '5'"),
    'tariff.yaml:31:29: categories.general.ridersPerTrip: text (expected a number)',
  ],
  [
    'a part of a rider',
    yaml('ridersPerTrip: 5', 'ridersPerTrip: 1.5'),
    'tariff.yaml:31:29: categories.general.ridersPerTrip: 1.5 (expected a whole number)',
  ],
  [
    'more riders than a vehicle holds',
    yaml('ridersPerTrip: 5', 'ridersPerTrip: 500'),
    'tariff.yaml:31:29: categories.general.ridersPerTrip: 500 (expected at most 100)',
  ],
  [
    'a format of another version',
    yaml('formatVersion: 1', 'formatVersion: 2'),
    'tariff.yaml:3:16: formatVersion: 2 (expected 1)',
  ],
  [
    'no format version',
    yaml('formatVersion: 1\n', ''),
    'tariff.yaml:3:1: formatVersion: missing (expected 1)',
  ],
  [
    'a currency that is no code',
    yaml('currency: RUB', 'currency: rub'),
    'tariff.yaml:10:11: currency: of another form (expected an ISO 4217 code: RUB)',
  ],
  [
    'a length of time in other words',
    yaml('window: 60 min', 'window: 60 minutes'),
    "tariff.yaml:77:13: transfers.0.window: '60 minutes' (expected a length of time: '60 min', '2 s', '1 h')",
  ],
  [
    'a length of time without its unit',
    yaml('window: 60 min', 'window: 60'),
    "tariff.yaml:77:13: transfers.0.window: not text (expected a length of time: '60 min', '2 s', '1 h')",
  ],
  [
    'a day that is not in the calendar',
    yaml('from: 2026-01-01', 'from: 2026-02-30'),
    "tariff.yaml:8:20: effective.from: '2026-02-30' (expected a date: 2026-01-01)",
  ],
  [
    'a tariff that ends before it begins',
    yaml('from: 2026-01-01,', 'from: 2026-01-01, to: 2025-12-31,'),
    'tariff.yaml:8:36: the tariff ends before it begins (expected a day not before effective.from)',
  ],
  [
    'a day that begins after its end',
    yaml("dayStart: '03:00'", "dayStart: '24:00'"),
    "tariff.yaml:13:11: dayStart: '24:00' (expected a time of day in quotes: '04:30')",
  ],
  [
    'a season by a day that is no day',
    yaml("from: '09-01', to: '05-31'", "from: '9-1', to: '05-31'"),
    "tariff.yaml:36:21: categories.pupil.season.from: '9-1' (expected a day of the year in quotes: '09-01')",
  ],
  [
    'a quota of a thirteenth month',
    yaml('2025-10: 44', '2025-13: 44'),
    "tariff.yaml:91:15: the key '2025-13': of another form (expected a month: 2026-03)",
  ],
  [
    'a quota below nothing',
    yaml('2025-10: 44', '2025-10: -1'),
    'tariff.yaml:91:24: quotas.pupil.months.2025-10: -1 (expected at least 0)',
  ],
  [
    'more than all of the reference price',
    yaml('percent: 20', 'percent: 120'),
    'tariff.yaml:57:14: concessions.0.percent: 120 (expected at most 100)',
  ],
  [
    'a finer percentage than is reckoned with',
    yaml('percent: 20', 'percent: 33.333'),
    'tariff.yaml:57:14: concessions.0.percent: 33.333 (expected a multiple of 0.01)',
  ],
  [
    'a percentage that rounding would lift above the reference price',
    yaml("mode: half-up, step: '0.01'", "mode: up, step: '50.00'"),
    'tariff.yaml:57:14: 20 % of the reference price is rounded to more than all of it (expected a smaller rounding.step)',
    'tariff.yaml:63:14: 50 % of the reference price is rounded to more than all of it (expected a smaller rounding.step)',
  ],
  [
    'a funder that nobody is',
    yaml('rest: region', 'rest: regoin'),
    "tariff.yaml:59:11: concessions.0.rest: 'regoin' (expected 'region')",
  ],
  [
    'a rounding step that is a float',
    yaml("step: '0.01'", 'step: 0.01'),
    "tariff.yaml:11:34: rounding.step: not text (expected a decimal amount in quotes: '8.90')",
  ],
  [
    'a rounding step finer than the currency',
    yaml("step: '0.01'", "step: '0.001'"),
    "tariff.yaml:11:34: a step of '0.001' (expected an amount in RUB above zero)",
  ],
  [
    'a rounding step of nothing',
    yaml("step: '0.01'", "step: '0.00'"),
    "tariff.yaml:11:34: a step of '0.00' (expected an amount in RUB above zero)",
  ],
  [
    'a name in capitals',
    yaml('  pensioner: {', '  Pensioner: {'),
    "tariff.yaml:44:3: the key 'Pensioner': of another form (expected a short name in lower case: a-z, 0-9, -)",
  ],
  [
    'a rule without its source',
    yaml(", source: 'published: free, unlimited'", ''),
    "tariff.yaml:44:14: categories.pensioner.source: missing (expected where this was published, or 'assumed')",
  ],
  [
    'a rule with an empty source',
    yaml("'published: free, unlimited'", "''"),
    "tariff.yaml:44:42: categories.pensioner.source: empty (expected where this was published, or 'assumed')",
  ],
  [
    'a transfer for no medium',
    yaml('media: [transport-card]', 'media: []'),
    'tariff.yaml:81:12: transfers.0.media: an empty list (expected at least 1 entries)',
  ],
  [
    'one name where a list belongs',
    yaml('media: [transport-card]', 'media: transport-card'),
    'tariff.yaml:81:12: transfers.0.media: text (expected a list)',
  ],
  [
    'a time zone that is not there',
    yaml('timezone: Asia/Yekaterinburg', 'timezone: Asia/Tyumen'),
    "tariff.yaml:12:11: no time zone 'Asia/Tyumen' (expected an IANA time zone: Asia/Yekaterinburg)",
  ],
];

refuses(REFUSED);

test.run();
