/** A tariff's folder: what belongs in it, what is read, and that all its problems are said at once. */
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { TuraError } from '../../src/core/error.ts';
import { readTariff } from '../../src/gtfs/tariff-folder.ts';
import { nodeCrypto } from '../../src/wire/node-crypto.ts';
import { readEdited, TYUMEN_FOLDER, withTariffCopy } from '../tariffs.ts';
import { legRules, products, refusal, yaml } from './tariff-refused/edits.ts';

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
    'a table that is empty, and for nothing that it should hold',
    folder => writeFileSync(join(folder, 'fare_media.txt'), ''),
    'fare_media.txt: is empty (expected a line of column names)',
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
