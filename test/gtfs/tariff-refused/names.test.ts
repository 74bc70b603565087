/** Names that nobody defined, tables that do not fit the settings, and files that are none. */
import { test } from 'uvu';
import { legRules, products, type Refusal, refuses, yaml } from './edits.ts';

const REFUSED: Refusal[] = [
  [
    'a default category that nobody defined',
    yaml('defaultCategory: general', 'defaultCategory: generel'),
    "tariff.yaml:29:18: no category 'generel' (expected 'general')",
  ],
  [
    'a concession of a category that nobody defined',
    yaml('  - category: student', '  - category: cadet'),
    "tariff.yaml:61:15: no category 'cadet' (expected student | pupil | general | pensioner)",
  ],
  [
    'a concession of a product that nobody defined',
    yaml('product: 3', 'product: 30'),
    "tariff.yaml:62:14: no product '30' (expected '3')",
  ],
  [
    'a quota that nobody published',
    yaml('quota: student', 'quota: students'),
    "tariff.yaml:41:12: no quota 'students' (expected 'student')",
  ],
  [
    'a fallback that nobody defined',
    yaml('    fallback: general\n    quota: student', '    fallback: genral\n    quota: student'),
    "tariff.yaml:40:15: no category 'genral' (expected 'general')",
  ],
  [
    'a category that may end and falls back to nothing',
    yaml('    fallback: general\n    quota: student', '    quota: student'),
    "tariff.yaml:39:5: 'student' may end and names no fallback (expected fallback: a category)",
  ],
  [
    'a transfer for a medium that nobody defined',
    yaml('media: [transport-card]', 'media: [transport-card, bank]'),
    "tariff.yaml:81:29: no medium 'bank' (expected bank-card | qr-ticket | transport-card)",
  ],
  [
    'a transfer for a category that nobody defined',
    yaml('categories: [general]', 'categories: [general, pupils]'),
    "tariff.yaml:82:27: no category 'pupils' (expected 'pupil')",
  ],
  [
    'a transfer sold as no product',
    yaml('product: 5', 'product: 7'),
    "tariff.yaml:76:14: no product '7' (expected '1')",
  ],
  [
    'a medium whose fare medium is not in the table',
    yaml('fareMedia: bank-card', 'fareMedia: bankcard'),
    "tariff.yaml:23:16: no fare_media_id in fare_media.txt 'bankcard' (expected 'bank-card')",
  ],
  [
    'a reference price that is in no table',
    yaml('of: { fareProduct: single, fareMedia: cash }', 'of: { fareProduct: single, fareMedia: token }'),
    "tariff.yaml:58:43: no fare_media_id in fare_media.txt 'token' (expected cash | qr-ticket | bank-card | transport-card)",
  ],
  [
    'fallbacks in a circle',
    yaml('  pensioner: { ridersPerTrip: 1,', '  pensioner: { ridersPerTrip: 1, fallback: pensioner,'),
    "tariff.yaml:44:44: the fallbacks of 'pensioner' go round in a circle (expected a category that ends them)",
  ],
  [
    'a fallback with a quota of its own',
    yaml('fallback: general\n    quota: pupil', 'fallback: student\n    quota: pupil'),
    "tariff.yaml:34:15: 'student' has a quota of its own, and a card counts one (expected a category without a quota)",
  ],
  [
    'a product number that is used again',
    yaml('{ id: 4, name', '{ id: 5, name'),
    "tariff.yaml:68:14: no product '4' (expected '1')",
    "tariff.yaml:51:5: a second product '5' (expected each once)",
  ],
  [
    'a second concession for one category',
    yaml('  - category: student', '  - category: pupil'),
    "tariff.yaml:61:5: a second concession for 'pupil' (expected each once)",
  ],
  [
    'a card form that two media claim',
    yaml('recognise: [bank]', 'recognise: [bank, storage]'),
    "tariff.yaml:24:23: 'storage' is taken for 'transport-card' already (expected each once)",
  ],
  [
    'a group covered by a window that a free ride opens',
    yaml(
      'groupCovered: false # assumed\n    freeRideOpensWindow: false',
      'groupCovered: true\n    freeRideOpensWindow: true',
    ),
    'tariff.yaml:84:26: a free ride of one rider would open a window for the whole group (expected false where groupCovered is true)',
  ],
  [
    'a price in another currency',
    products('bank-card,37.00,RUB', 'bank-card,37.00,EUR'),
    "fare_products.txt:3:37: currency 'EUR' (expected RUB, as in tariff.yaml)",
  ],
  [
    'a price with more decimals than its currency',
    products('bank-card,37.00', 'bank-card,37.005'),
    "fare_products.txt:3:31: amount '37.005' (expected an amount in RUB, exact to its minor unit)",
  ],
  [
    'a price that is no number',
    products('bank-card,37.00', 'bank-card,37-00'),
    "fare_products.txt:3:31: amount is '37-00' (expected a decimal amount such as 2.50)",
  ],
  [
    'a price for a medium that is not in the table',
    products(',transport-card,', ',transport-crad,'),
    "fare_products.txt:2:21: no fare_media_id 'transport-crad' (expected 'transport-card')",
  ],
  [
    'a price for a category that is not in tariff.yaml',
    products('single,Single ride,,bank-card', 'single,Single ride,pupils,bank-card'),
    "fare_products.txt:3:20: no rider_category_id 'pupils' (expected 'pupil')",
  ],
  [
    'a ride that sells a product that is not in the table',
    legRules('ride,,,,singel'),
    "fare_leg_rules.txt:2:9: no fare_product_id 'singel' (expected 'single')",
  ],
  [
    'a fare by area',
    legRules('ride,,centre,,single'),
    "fare_leg_rules.txt:2:7: no from_area_id 'centre' (expected one of none)",
  ],
  [
    'no leg rule at all',
    legRules(''),
    'fare_leg_rules.txt: no leg rule (expected a row: without one no ride has a fare)',
  ],
  [
    'a product that is sold and has no number',
    yaml('fareProduct: single, name: { en: Single', 'name: { en: Single'),
    "fare_leg_rules.txt:2:9: 'single' has no number (expected an entry under products in tariff.yaml)",
  ],
  [
    'a file that is not YAML',
    yaml('currency: RUB', 'currency: [RUB'),
    "tariff.yaml:11:1: Flow sequence in block collection must be sufficiently indented and end with a ] (expected ']' before it)",
  ],
  [
    'a tab for indentation',
    yaml('currency: RUB', '\tcurrency: RUB'),
    'tariff.yaml:10:1: Tabs are not allowed as indentation (expected spaces)',
  ],
  [
    'a key that stands twice',
    yaml('currency: RUB', 'currency: RUB\ncurrency: EUR'),
    'tariff.yaml:11:1: Map keys must be unique (expected each key once)',
  ],
];

refuses(REFUSED);

test.run();
