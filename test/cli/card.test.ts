/** What `tura card read` says of a card, and what it keeps to itself. */
import { readFileSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { parseCardFile } from '../../src/lab/card-input.ts';
import { FIXTURES, write } from './input.ts';
import { objects, tura } from './tura.ts';

const { cards } = parseCardFile(readFileSync(`${FIXTURES}/cards.yaml`, 'utf8'), 'cards.yaml');

const SAID: readonly (readonly [card: string, says: readonly RegExp[]])[] = [
  [
    'ulyana-bank',
    [
      /UID •••• ••9B, drawn anew at every tap/,
      /mir +2200 99•• •••• 0129 +to 2028-12, card 01 +A0000006581010 MIR/,
    ],
  ],
  ['vadim-bank', [/visa +4111 19•• •••• 0026/]],
  ['xenia-bank', [/mir +2200 99•• •••• 0236/, /unionpay +2200 99•• •••• 0236/]],
  [
    'fyodor-general',
    [/a chip with applications, UID •••• •••• •••• 90/, /no directory of payment applications/],
  ],
  ['anna-general', [/^a storage card, UID •••• •••• •••• F6\n$/]],
];

for (const [card, says] of SAID) {
  test(`${card} is read, masked`, async () => {
    const { code, out, err } = await tura('card', 'read', '--card', card);
    assert.equal([code, err], [0, '']);
    for (const said of says) assert.match(out, said);
  });
}

test('with --json it is one object, and no number of any card stands in what is said', async () => {
  for (const { id, uid, bank } of cards) {
    const ran = await tura('card', 'read', '--card', id, '--json');
    const [said, ...more] = objects(ran);
    assert.equal([ran.code, more.length], [0, 0], id);
    const applications = said?.applications;
    const shown = Array.isArray(applications) ? applications.length : undefined;
    assert.is(shown, bank === undefined ? 0 : bank.coBadged ? 2 : 1, id);
    const all = `${ran.out}${ran.err}`.replace(/[^0-9A-Za-z]/g, '').toUpperCase();
    assert.not(all.includes(uid.toUpperCase()), id);
    if (bank !== undefined) assert.not(all.includes(bank.pan), id);
  }
});

test('a card whose name is misspelt is answered with the right one', async () => {
  const { code, err } = await tura('card', 'read', '--card', 'ulyna-bank');
  assert.is(code, 2);
  assert.match(err, /no card 'ulyna-bank' in .*cards\.yaml\n {2}expected: 'ulyana-bank'/);
});

test('a card file that is wrong is said with its place', async () => {
  const file = write('asOf: 2026-03-02T00:00:00+05:00\ncards: []\n', 'cards.yaml');
  const { code, err } = await tura('card', 'read', '--card', 'anna', '--cards', file);
  assert.is(code, 2);
  assert.match(err, /:2:8: cards: an empty list/);
});

test.run();
