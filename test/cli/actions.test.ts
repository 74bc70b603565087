/** `tura actions`: from the plain file to a list in force, and what it asks of a card. */
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { FIXTURES, folder, newState, write } from './input.ts';
import { objects, tura } from './tura.ts';

const PLAIN = join(FIXTURES, 'actions.csv');
const KEY = ['--key', join(FIXTURES, 'keys/token-key-test.yaml')];

test('the shipped list is built, put in force and asked', async () => {
  const [bundle, db] = [join(folder, 'actions.cbor'), join(newState(), 'actions.db')];
  const built = await tura('actions', 'build', PLAIN, ...KEY, '--out', bundle);
  assert.equal([built.code, built.err], [0, '']);
  assert.match(built.out, /actions, version 1, 3 entries, realm test/);
  assert.match((await tura('actions', 'verify', bundle)).out, /whole and as its hash says/);
  assert.match(
    (await tura('actions', 'apply', bundle, '--db', db)).out,
    /version 1 is in force: 3 entries, fresh/,
  );
  const asked = await tura('actions', 'lookup', '54554D4E00000001', ...KEY, '--db', db, '--json');
  assert.equal(
    objects(asked).map(({ nth, op }) => [nth, op]),
    [
      [1, 'set-category'],
      [2, 'block'],
      [3, 'unblock'],
    ],
  );
  const nobody = await tura('actions', 'lookup', '0000000000000000', ...KEY, '--db', db);
  assert.equal([nobody.code, nobody.out], [1, 'nothing is to be done to this card; list version 1, fresh\n']);
  const nowhere = await tura('actions', 'lookup', '0000000000000000', ...KEY, '--db', join(folder, 'no.db'));
  assert.equal([nowhere.code, nowhere.out], [1, 'nothing is to be done to this card; list missing\n']);
});

test('a bundle of another kind is not put in force', async () => {
  const bundle = join(folder, 'blocked.cbor');
  await tura('stoplist', 'build', join(FIXTURES, 'stoplist.csv'), ...KEY, '--out', bundle);
  const { code, err } = await tura('actions', 'apply', bundle, '--db', join(newState(), 'actions.db'));
  assert.is(code, 2);
  assert.match(err, /a bundle of kind stop-list\n {2}expected: actions/);
});

test('a slip is said with its line and column, and no bundle is written', async () => {
  const plain = write('action_id,card,nth,op\na,54554D4E00000001,1,blok\n', 'actions.csv');
  const { code, err } = await tura('actions', 'build', plain, ...KEY, '--out', join(folder, 'none.cbor'));
  assert.is(code, 2);
  assert.match(err, /actions\.csv:2:22: op is 'blok' .*'block'/);
});

test.run();
