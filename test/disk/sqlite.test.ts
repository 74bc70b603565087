import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { TuraError } from '../../src/core/error.ts';
import { diskFault, type OpenOptions, openDatabase } from '../../src/disk/sqlite.ts';
import { withFolder, withoutRights } from '../temporary.ts';

const OWNED: OpenOptions = {
  what: 'journal',
  mode: 'write',
  exclusive: true,
  schema: 'CREATE TABLE tap(number INTEGER)',
  version: 1,
};
const READ: OpenOptions = { what: 'stop list', mode: 'read', version: 1 };

function fault(work: () => unknown): TuraError {
  try {
    work();
  } catch (error) {
    if (error instanceof TuraError) return error;
    throw error;
  }
  throw new Error('nothing failed');
}

test('a commit means on disk: synchronous is FULL on a new file, after a write, and on every reopen', () => {
  withFolder(folder => {
    const file = join(folder, 'deep', 'er', 'journal.db');
    for (let open = 0; open < 3; open++) {
      const database = openDatabase(file, OWNED);
      assert.is(database.pragma('synchronous', { simple: true }), 2);
      database.prepare('INSERT INTO tap VALUES (?)').run(open);
      assert.is(database.pragma('synchronous', { simple: true }), 2, 'after a write');
      assert.is(database.pragma('journal_mode', { simple: true }), 'wal');
      assert.is(database.prepare('SELECT count(*) FROM tap').pluck().get(), open + 1);
      database.close();
    }
  });
});

test('what is opened to be read cannot be written', () => {
  withFolder(folder => {
    const file = join(folder, 'list.db');
    openDatabase(file, OWNED).close();
    const database = openDatabase(file, READ);
    assert.throws(() => database.exec('INSERT INTO tap VALUES (1)'), /readonly/);
    database.close();
  });
});

test('an owned file has one owner: a second one is told at once, and may have it afterwards', () => {
  withFolder(folder => {
    const file = join(folder, 'journal.db');
    const owner = openDatabase(file, OWNED);
    const { code, retryable, message } = fault(() => openDatabase(file, OWNED));
    assert.is(code, 'state-in-use');
    assert.ok(retryable);
    assert.is(message, `journal ${file}: another process has it open`);
    owner.close();
    openDatabase(file, OWNED).close();
  });
});

/** What stands at `file` in `folder` before it is opened, and what whoever opens it is told. */
const STANDING: [
  name: string,
  prepare: (folder: string, file: string) => void,
  options: OpenOptions,
  code: string,
  what: string,
][] = [
  [
    'text',
    (_, file) => writeFileSync(file, 'date;card\n'.repeat(2000)),
    OWNED,
    'bad-input',
    'this is no SQLite file',
  ],
  [
    'a short text',
    (_, file) => writeFileSync(file, 'date;card;reason\n'),
    OWNED,
    'bad-input',
    'this is no SQLite file',
  ],
  ['a folder', (_, file) => mkdirSync(file), OWNED, 'bad-input', 'a folder stands where a file belongs'],
  ['a folder', (_, file) => mkdirSync(file), READ, 'bad-input', 'a folder stands where a file belongs'],
  ['nothing', () => undefined, READ, 'bad-input', 'no such file'],
  [
    'half of a file',
    (_, file) => {
      openDatabase(file, OWNED).close();
      const whole = readFileSync(file);
      writeFileSync(file, whole.subarray(0, whole.length / 2));
    },
    OWNED,
    'disk-fault',
    'the file is damaged',
  ],
];

for (const [name, prepare, options, code, what] of STANDING) {
  test(`${name} where a ${options.what} belongs, to ${options.mode}: ${what}`, () => {
    withFolder(folder => {
      const file = join(folder, 'some.db');
      prepare(folder, file);
      const told = fault(() => openDatabase(file, options));
      assert.equal([told.code, told.message, told.where], [code, `${options.what} ${file}: ${what}`, file]);
    });
  });
}

test('in a folder that is not there nothing is read, in a file nothing is opened', () => {
  withFolder(folder => {
    const missing = join(folder, 'nowhere', 'list.db');
    assert.is(fault(() => openDatabase(missing, READ)).message, `stop list ${missing}: no such file`);
    writeFileSync(join(folder, 'file'), '');
    const under = join(folder, 'file', 'journal.db');
    assert.match(fault(() => openDatabase(under, OWNED)).message, /a file stands where a folder belongs$/);
    assert.is(fault(() => openDatabase(under, READ)).code, 'bad-input');
  });
});

test('a file of another version, or of somebody else, is refused by number and left as it was', () => {
  withFolder(folder => {
    const file = join(folder, 'journal.db');
    openDatabase(file, OWNED).close();
    const newer = fault(() => openDatabase(file, { ...OWNED, version: 2 }));
    assert.equal([newer.code, newer.expected], ['bad-input', 'version 2, found 1']);
    const foreign = join(folder, 'foreign.db');
    const { version: _version, schema: _schema, ...plain } = OWNED;
    const other = openDatabase(foreign, plain);
    other.exec('CREATE TABLE contact(name TEXT)');
    other.close();
    assert.is(fault(() => openDatabase(foreign, OWNED)).expected, 'version 1, found 0');
    const kept = openDatabase(foreign, plain);
    assert.equal(kept.prepare('SELECT name FROM sqlite_schema').pluck().all(), ['contact']);
    kept.close();
  });
});

test('an empty file is a new one to its owner, and nothing to a reader', () => {
  withFolder(folder => {
    const file = join(folder, 'journal.db');
    writeFileSync(file, '');
    assert.is(fault(() => openDatabase(file, READ)).expected, 'version 1, found 0');
    openDatabase(file, OWNED).close();
    openDatabase(file, READ).close();
  });
});

test('where nothing may be written the fault is called read-only', () => {
  withFolder(folder => {
    const file = join(folder, 'journal.db');
    openDatabase(file, OWNED).close();
    chmodSync(file, 0o444);
    const codes = withoutRights(folder, () =>
      [file, join(folder, 'new.db'), join(folder, 'sub', 'new.db')].map(
        each => fault(() => openDatabase(each, OWNED)).code,
      ),
    );
    assert.equal(codes, ['disk-read-only', 'disk-read-only', 'disk-read-only']);
  });
});

test('errors of the disk are told by what they mean, refined codes too', () => {
  const meaning: [code: string, fault: string][] = [
    ['SQLITE_FULL', 'disk-full'],
    ['ENOSPC', 'disk-full'],
    ['SQLITE_READONLY_DBMOVED', 'disk-read-only'],
    ['EROFS', 'disk-read-only'],
    ['SQLITE_BUSY_SNAPSHOT', 'state-in-use'],
    ['SQLITE_IOERR_FSYNC', 'disk-fault'],
    ['SQLITE_IOERR_WRITE', 'disk-fault'],
    ['SQLITE_CORRUPT_VTAB', 'disk-fault'],
  ];
  for (const [code, expected] of meaning) {
    const error = Object.assign(new Error('from below'), { code });
    const told = diskFault(error, '/state/journal.db', 'journal');
    assert.instance(told, TuraError);
    assert.is(told instanceof TuraError && told.code, expected, code);
    assert.is(told instanceof TuraError && told.cause, error);
  }
});

test('what is no fault of the disk is passed on as it is', () => {
  for (const error of [
    new Error('a broken invariant'),
    Object.assign(new Error('x'), { code: 'EMFILE' }),
    'text',
  ]) {
    assert.is(diskFault(error, 'f', 'journal'), error);
  }
});

for (const name of ['', ' ', ':memory:', 'file::memory:?cache=shared']) {
  test(`'${name}' is refused: SQLite would keep it in memory, and lose it`, () => {
    assert.is(fault(() => openDatabase(name, OWNED)).code, 'bad-usage');
  });
}

test.run();
