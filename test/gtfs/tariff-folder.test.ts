import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { formatProblem, TuraError } from '../../src/core/error.ts';
import { readTariff } from '../../src/gtfs/tariff-folder.ts';
import { nodeCrypto } from '../../src/wire/node-crypto.ts';
import { type Edit, readEdited, TYUMEN_FOLDER, withTariffCopy } from '../tariffs.ts';

/** The problems of whatever `read` refuses, one a line, files named as they stand in their folder. */
function refusal(read: () => unknown): string[] {
  try {
    read();
  } catch (error) {
    if (!(error instanceof TuraError)) throw error;
    assert.is(error.code, 'bad-input');
    assert.is(error.message, error.problems.map(formatProblem).join('\n'));
    return error.problems.map(problem =>
      formatProblem({ ...problem, at: { ...problem.at, file: problem.at.file.replace(/^.*\//, '') } }),
    );
  }
  return [];
}

const yaml = (found: string, instead: string): Edit => ['tariff.yaml', found, instead];
const products = (found: string, instead: string): Edit => ['fare_products.txt', found, instead];
const legRules = (instead: string): Edit => ['fare_leg_rules.txt', 'ride,,,,single', instead];

const REFUSED: [name: string, edit: Edit, ...problems: string[]][] = [
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
    "tariff.yaml:13:1: unknown key 'window' (expected 'window')",
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
    "tariff.yaml:11:34: rounding.step: not text (expected a decimal amount in quotes: '0.01')",
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
    "tariff.yaml:12:11: no time zone 'Asia/Tyumen' (expected an IANA name: Asia/Yekaterinburg)",
  ],
  [
    'a default category that nobody defined',
    yaml('defaultCategory: general', 'defaultCategory: generel'),
    "tariff.yaml:29:18: no category 'generel' (expected 'general')",
  ],
  [
    'a concession of a category that nobody defined',
    yaml('  - category: student', '  - category: cadet'),
    "tariff.yaml:61:15: no category 'cadet' (expected general | pupil | student | pensioner)",
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
    "tariff.yaml:81:29: no medium 'bank' (expected transport-card | bank-card | qr-ticket)",
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
    "tariff.yaml:58:9: 'single' by 'token' has no price (expected a row of fare_products.txt)",
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
    yaml('recognise: [iso14443-4]', 'recognise: [iso14443-4, storage]'),
    "tariff.yaml:24:29: 'storage' is taken for 'transport-card' already (expected each once)",
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
    "fare_products.txt:3:31: amount '37.005' (expected a decimal amount in RUB)",
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
    "fare_leg_rules.txt:2:9: no fare product 'singel' (expected 'single')",
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
    'tariff.yaml:11:1: Flow sequence in block collection must be sufficiently indented and end with a ] (expected YAML 1.2)',
  ],
  [
    'a tab for indentation',
    yaml('currency: RUB', '\tcurrency: RUB'),
    'tariff.yaml:10:1: Tabs are not allowed as indentation (expected YAML 1.2)',
  ],
  [
    'a key that stands twice',
    yaml('currency: RUB', 'currency: RUB\ncurrency: EUR'),
    'tariff.yaml:11:1: Map keys must be unique (expected YAML 1.2)',
  ],
];

for (const [name, edit, ...problems] of REFUSED) {
  test(`a tariff is refused for ${name}`, () => {
    assert.equal(
      refusal(() => readEdited(edit)),
      problems,
    );
  });
}

test('problems of every file are said in one run', () => {
  const problems = refusal(() =>
    readEdited(
      yaml('quota: student', 'quota: students'),
      yaml('defaultCategory: general', 'defaultCategory: generel'),
      products('bank-card,37.00,RUB', 'bank-card,37.00,EUR'),
      legRules('ride,,centre,,single'),
    ),
  );
  assert.equal(problems.map(problem => problem.replace(/: .*/, '')).sort(), [
    'fare_leg_rules.txt:2:7',
    'fare_products.txt:3:37',
    'tariff.yaml:29:18',
    'tariff.yaml:41:12',
  ]);
});

test('problems of tariff.yaml do not hide those inside the tables', () => {
  const problems = refusal(() =>
    readEdited(yaml('quota: pupil', 'quotta: pupil'), products('bank-card,37.00', 'bank-card,dear')),
  );
  assert.is(problems.length, 2);
});

const LISTED = 'tariff.yaml, fare_media.txt, fare_products.txt, fare_leg_rules.txt';
const FOLDERS: [name: string, spoil: (folder: string) => void, ...problems: string[]][] = [
  [
    'a table that is missing',
    folder => rmSync(join(folder, 'fare_products.txt')),
    'fare_products.txt: missing (expected a file)',
  ],
  [
    'no file at all',
    folder => {
      for (const name of readdirSync(folder)) rmSync(join(folder, name));
    },
    ...LISTED.split(', ').map(name => `${name}: missing (expected a file)`),
  ],
  [
    'a file that is misnamed: what is not read and what is missing',
    folder => renameSync(join(folder, 'fare_media.txt'), join(folder, 'fare_medias.txt')),
    "fare_medias.txt: this file is not read here (expected 'fare_media.txt')",
    'fare_media.txt: missing (expected a file)',
  ],
  [
    'a table of Fares v2 that would be ignored',
    folder => writeFileSync(join(folder, 'fare_transfer_rules.txt'), 'fare_transfer_type\n'),
    "fare_transfer_rules.txt: this file is not read here (expected 'fare_leg_rules.txt')",
  ],
  [
    'a table that is empty, and for every name that it should hold',
    folder => writeFileSync(join(folder, 'fare_media.txt'), ''),
    'fare_media.txt: is empty (expected a line of column names)',
    "fare_products.txt:2:21: no fare_media_id 'transport-card' (expected one of none)",
    "fare_products.txt:3:21: no fare_media_id 'bank-card' (expected one of none)",
    "fare_products.txt:4:21: no fare_media_id 'qr-ticket' (expected one of none)",
    "fare_products.txt:5:21: no fare_media_id 'cash' (expected one of none)",
    "tariff.yaml:18:16: no fare_media_id in fare_media.txt 'transport-card' (expected one of none)",
    "tariff.yaml:23:16: no fare_media_id in fare_media.txt 'bank-card' (expected one of none)",
    "tariff.yaml:27:27: no fare_media_id in fare_media.txt 'qr-ticket' (expected one of none)",
  ],
];

for (const [name, spoil, ...problems] of FOLDERS) {
  test(`a tariff folder is refused for ${name}`, () => {
    const found = withTariffCopy(folder => {
      spoil(folder);
      return refusal(() => readTariff(folder, nodeCrypto));
    });
    assert.equal(found, problems);
  });
}

const fault = (read: () => unknown): TuraError => {
  try {
    read();
  } catch (error) {
    if (error instanceof TuraError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
};

test('a folder that is not there, or is a file, is named with what belongs in it', () => {
  for (const folder of [join(TYUMEN_FOLDER, 'nowhere'), join(TYUMEN_FOLDER, 'tariff.yaml')]) {
    const { code, message, expected } = fault(() => readTariff(folder, nodeCrypto));
    assert.is(code, 'bad-input');
    assert.is(message, `no tariff folder ${folder}`);
    assert.is(expected, `a folder with ${LISTED}`);
  }
});

test('a folder where a file belongs is said to be no file', () => {
  withTariffCopy(folder => {
    rmSync(join(folder, 'tariff.yaml'));
    mkdirSync(join(folder, 'tariff.yaml'));
    const { code, where } = fault(() => readTariff(folder, nodeCrypto));
    assert.is(code, 'bad-input');
    assert.is(relative(folder, where ?? ''), 'tariff.yaml');
  });
});

test('a byte order mark and Windows line ends change no fare', () => {
  const plain = readEdited().tariff;
  const marked = withTariffCopy(folder => {
    for (const name of readdirSync(folder)) {
      const text = readFileSync(join(folder, name), 'utf8');
      writeFileSync(join(folder, name), `\uFEFF${text.replaceAll('\n', '\r\n')}`);
    }
    return readTariff(folder, nodeCrypto).tariff;
  });
  assert.equal({ ...marked, hash: '' }, { ...plain, hash: '' });
});

test("a tariff's hash is that of its contents, wherever its folder stands", () => {
  const { tariff } = readEdited();
  assert.match(tariff.hash, /^[0-9a-f]{64}$/);
  assert.is(readEdited().tariff.hash, tariff.hash);
  assert.is.not(readEdited(yaml('# Tyumen', '# Tjumen')).tariff.hash, tariff.hash);
  assert.is.not(readEdited(products('Single ride,,cash', 'Single trip,,cash')).tariff.hash, tariff.hash);
});

test('a compiled tariff is plain data: written as JSON it reads back as it was', () => {
  const { tariff } = readTariff(TYUMEN_FOLDER, nodeCrypto);
  assert.equal(JSON.parse(JSON.stringify(tariff)), tariff);
});

test('whoever has no fare by some medium is warned of, and the rest goes on', () => {
  const { warnings } = readEdited(
    products('single,Single ride,,bank-card', 'single,Single ride,pupil,bank-card'),
  );
  assert.equal(
    warnings.map(({ what, severity, at }) => `${severity} ${at.line}: ${what}`),
    [
      "warning 31: no fare for 'general' by 'bank-card'",
      "warning 39: no fare for 'student' by 'bank-card'",
      "warning 44: no fare for 'pensioner' by 'bank-card'",
    ],
  );
});

test.run();
