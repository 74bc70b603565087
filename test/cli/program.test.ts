/** The command line as a contract: help with examples, suggestions, exit codes, and stdout for programs alone. */
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { FIXTURES, folder, newState, write } from './input.ts';
import { objects, tura } from './tura.ts';

const COMMANDS = [
  '',
  'run',
  'demo',
  'stops',
  'stops import',
  'stops near',
  'stoplist',
  'stoplist build',
  'stoplist apply',
  'stoplist verify',
  'stoplist lookup',
  'tariff',
  'tariff check',
  'bench',
  'ticket',
  'ticket issue',
  'ticket prove',
  'ticket public',
  'ticket read',
  'collect',
  'doctor',
];

for (const command of COMMANDS) {
  test(`tura ${command} --help shows an example`, async () => {
    const words = command.split(' ').filter(Boolean);
    const { code, out, err } = await tura(...words, '--help');
    assert.is(code, 0);
    assert.is(err, '');
    assert.match(out, new RegExp(`Examples?:\\n  tura ${command}`));
  });
}

test('help names a command as well as it asks one', async () => {
  assert.is((await tura('help', 'run')).out, (await tura('run', '--help')).out);
});

const SLIPS: readonly [line: string, says: RegExp][] = [
  ['rum', /unknown command 'rum'\n\(Did you mean run\?\)/],
  ['stops imprt x', /unknown command 'imprt'\n\(Did you mean import\?\)/],
  ['run --raeder pcsc', /unknown option '--raeder'\n\(Did you mean --reader\?\)/],
  ['run --reader pcsk', /argument 'pcsk' is invalid\. Expected 'pcsc'/],
  ['run --collector here', /Expected an address: http:\/\/127\.0\.0\.1:8470/],
  ['run --reader pcsc --taps x', /a PC\/SC reader cannot be made to see\n {2}expected: --reader simulated/],
  ['demo --once --state=', /Expected the name of a folder/],
  ['run a.yaml b.yaml', /too many arguments/],
  ['collect --port 65536', /Expected a port from 0 to 65535/],
  ['collect --realm tests', /Expected 'test'/],
  ['doctr', /Did you mean doctor\?/],
  ['stops near 91 0 --db x', /Expected a latitude from -90 to 90/],
  ['stops near 57,1 65.5 --db x', /such as 57\.1530/],
  ['stops import --db x', /missing required argument 'gtfs'/],
  ['stops import feed.zip', /required option '--db <file>' not specified/],
  ['stoplist build x --out y --version 0', /Expected a whole number from 1/],
];

for (const [line, says] of SLIPS) {
  test(`'tura ${line}' is bad usage: exit code 2, and what was probably meant`, async () => {
    const { code, out, err } = await tura(...line.split(' '));
    assert.is(code, 2);
    assert.is(out, '');
    assert.match(err, says);
  });
}

test('no words at all show the help, as bad usage', async () => {
  const { code, out, err } = await tura();
  assert.is(code, 2);
  assert.is(out, '');
  assert.match(err, /tura demo --once/);
});

test('--version is the one of package.json', async () => {
  const { code, out } = await tura('--version');
  assert.is(code, 0);
  assert.match(out, /^\d+\.\d+\.\d+\n$/);
});

const KEY = join(FIXTURES, 'keys/token-key-test.yaml');

test('a stop list goes from a plain file into a vehicle, and its answer is the exit code', async () => {
  const [bundle, db] = [join(folder, 'list.cbor'), join(folder, 'list.db')];
  const built = await tura(
    'stoplist',
    'build',
    join(FIXTURES, 'stoplist.csv'),
    '--key',
    KEY,
    '--out',
    bundle,
  );
  assert.is(built.code, 0, built.err);
  assert.match(built.out, /list\.cbor: stop-list, version 1, 10 entries, realm test/);
  assert.is((await tura('stoplist', 'verify', bundle)).code, 0);
  assert.match(
    (await tura('stoplist', 'apply', bundle, '--db', db)).out,
    /version 1 is in force: 10 entries, fresh/,
  );
  assert.match((await tura('stoplist', 'apply', bundle, '--db', db)).out, /version 1 stands already/);
  const lookUp = (uid: string) => tura('stoplist', 'lookup', uid, '--key', KEY, '--db', db);
  const blocked = await lookUp('uid:04B0515B10C4ED');
  assert.is(blocked.code, 1, 'the answer is no');
  assert.match(blocked.out, /^decline \(lost\); list version 1, fresh\n$/);
  const clear = await lookUp('uid:04A1B2C3D4E5F6');
  assert.is(clear.code, 0);
  assert.match(clear.out, /^clear;/);
});

test("a list's --version is its own and not the program's", async () => {
  const plain = join(FIXTURES, 'stoplist.csv');
  const bundle = join(folder, 'seven.cbor');
  const { code, out } = await tura(
    'stoplist',
    'build',
    plain,
    '--key',
    KEY,
    '--out',
    bundle,
    '--version',
    '7',
  );
  assert.is(code, 0);
  assert.match(out, /stop-list, version 7,/);
});

test('with --json stdout is NDJSON and nothing else, and people still read on stderr', async () => {
  const db = join(folder, 'stops.db');
  const lines: readonly (readonly [words: readonly string[], last: readonly string[]])[] = [
    [
      ['stops', 'import', join(FIXTURES, 'feeds/tyumen'), '--db', db],
      ['counts', 'db'],
    ],
    [
      ['stops', 'near', '57.153', '65.534', '--db', db, '--limit', '2'],
      ['stopId', 'metres'],
    ],
    [
      ['tariff', 'check', join(FIXTURES, 'tariffs/tyumen')],
      ['tariffId', 'hash'],
    ],
    [
      ['stoplist', 'build', join(FIXTURES, 'stoplist.csv'), '--key', KEY, '--out', join(folder, 'j.cbor')],
      ['bundle'],
    ],
    [
      ['stoplist', 'verify', join(folder, 'j.cbor')],
      ['bundle', 'count'],
    ],
    [
      ['stoplist', 'apply', join(folder, 'j.cbor'), '--db', join(folder, 'j.db')],
      ['outcome', 'freshness'],
    ],
    [
      ['stoplist', 'lookup', 'category:pupil', '--db', join(folder, 'j.db')],
      ['verdict', 'version'],
    ],
    [['demo', '--once', '--state', newState()], ['totals']],
  ];
  for (const [words, keys] of lines) {
    const ran = await tura(...words, '--json');
    assert.is(ran.code, 0, ran.err);
    assert.ok(ran.err.length > 0, words.join(' '));
    const last = objects(ran).at(-1) ?? {};
    for (const key of keys) assert.ok(key in last, `${words.join(' ')}: ${key}`);
  }
});

test('a west longitude is a longitude and no option', async () => {
  const db = join(folder, 'west.db');
  await tura('stops', 'import', join(FIXTURES, 'feeds/tyumen'), '--db', db);
  const { code, out } = await tura('stops', 'near', '57.15', '-82.45', '--db', db, '--limit', '1');
  assert.is(code, 0);
  assert.match(out, /^ *\d+ m /);
});

test('a warning is said once, however many vehicles it concerns', async () => {
  const { warn } = await import('../../src/cli/output.ts');
  const at = { file: write(''), line: 1, column: 1 };
  const said: string[] = [];
  const own = process.stderr.write;
  process.stderr.write = ((text: string) => said.push(text) > 0) as typeof own;
  warn([
    { at, what: 'odd' },
    { at, what: 'odd' },
    { at, what: 'other' },
  ]);
  process.stderr.write = own;
  assert.is(said.length, 2);
});

test.run();
