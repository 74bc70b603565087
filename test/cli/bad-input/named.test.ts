/** A file that a device file or a command names, spoilt: as the vehicle meets it. */
import { mkdtempSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { FIXTURES, folder, write } from '../input.ts';
import { type Row, refuses } from './rows.ts';

const INTO = ['--out', join(folder, 'never.cbor')];
const UNDER_KEY = ['stoplist', 'build', join(FIXTURES, 'stoplist.csv'), '--key', '{}', ...INTO];

const NAMED: readonly Row[] = [
  {
    when: 'a stop list with a wrong word',
    file: () => write('subject_kind,subject,effect,reason\nuid,04B0515B10C4ED,declin,lost\n', 'stop.csv'),
    words: ['stoplist', 'build', '{}', ...INTO],
    says: ['{}:2:20', "'decline'"],
  },
  {
    when: 'no stop list',
    file: () => join(folder, 'nowhere.csv'),
    words: ['stoplist', 'build', '{}', ...INTO],
    says: ['stop list {}: no such file', 'fixtures/stoplist.csv shows one'],
  },
  {
    when: 'a token key that is too short',
    file: () => write("realm: test\nkeyId: 1\nsecret: 'abcd'\n", 'key.yaml'),
    words: UNDER_KEY,
    says: ['{}:3:9: secret: of another form (expected 32 bytes as 64 hex digits, in quotes)'],
  },
  {
    when: 'no token key',
    file: () => join(folder, 'nowhere.key'),
    words: UNDER_KEY,
    says: ['token key {}: no such file', 'fixtures/keys/token-key-test.yaml shows one'],
  },
  {
    when: 'a bundle that is none',
    file: () => write('not a bundle', 'list.cbor'),
    words: ['stoplist', 'apply', '{}', '--db', join(folder, 'list.db')],
    says: ['{}'],
  },
  {
    when: 'no bundle',
    file: () => join(folder, 'nowhere.cbor'),
    words: ['stoplist', 'verify', '{}'],
    says: ['list bundle {}: no such file'],
  },
  {
    when: 'a stop list database that is none',
    file: () => write('this is no database, and long enough to be looked at', 'list.db'),
    words: [
      'stoplist',
      'lookup',
      'uid:04B0515B10C4ED',
      '--key',
      join(FIXTURES, 'keys/token-key-test.yaml'),
      '--db',
      '{}',
    ],
    says: ['stop list {}: this is no SQLite file'],
  },
  {
    when: 'a stops database that is none',
    file: () => write('this is no database, and long enough to be looked at', 'stops.db'),
    words: ['stops', 'near', '57.15', '65.53', '--db', '{}'],
    says: ['stops database {}: this is no SQLite file'],
  },
  {
    when: 'no stops database',
    file: () => join(folder, 'nowhere.db'),
    words: ['stops', 'near', '57.15', '65.53', '--db', '{}'],
    says: ['stops database {}: no such file'],
  },
  {
    when: 'no feed',
    file: () => join(folder, 'nowhere.zip'),
    words: ['stops', 'import', '{}', '--db', join(folder, 'never.db')],
    says: ['{}'],
  },
  {
    when: 'a feed that is no zip',
    file: () => write('PK\u0003\u0004 and then nothing', 'feed.zip'),
    words: ['stops', 'import', '{}', '--db', join(folder, 'never.db')],
    says: ['{}'],
  },
  {
    when: 'a feed without its tables',
    file: () => join(FIXTURES, 'tariffs/tyumen'),
    words: ['stops', 'import', '{}', '--db', join(folder, 'never.db')],
    says: ['{}: has no stops.txt', '{}: has no agency.txt'],
  },
  {
    when: 'no tariff folder',
    file: () => join(folder, 'nowhere'),
    words: ['tariff', 'check', '{}'],
    says: ['no tariff folder {}', 'tariff.yaml'],
  },
  {
    when: 'a folder without a tariff and without a feed',
    file: () => mkdtempSync(join(folder, 'empty-')),
    words: ['tariff', 'check', '{}'],
    says: ['{}: the folder holds no .txt file'],
  },
];

refuses(NAMED);

test('an input that was refused leaves nothing behind', () => {
  assert.equal(
    readdirSync(folder).filter(name => name.startsWith('never')),
    [],
  );
});

test.run();
