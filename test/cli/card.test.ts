/** What `tura card read` says of a card, and what it keeps to itself. */
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { parseCardFile } from '../../src/lab/card-input.ts';
import { FIXTURES, write } from './input.ts';
import { objects, tura } from './tura.ts';

const { cards } = parseCardFile(readFileSync(`${FIXTURES}/cards.yaml`, 'utf8'), 'cards.yaml');

const STATE = mkdtempSync(join(tmpdir(), 'tura-cards-'));

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
  [
    'rita-resident',
    [
      /mir +2200 99•• •••• 0450/,
      /transit +card •••• •••• •••• ••01 +general, earns points, written 1 times/,
      /policy +•••• •••• •••• 0013 +to 2030-12-31/,
      /loyalty +•••• •••• •••• 0017/,
      /services +•••• •••• •400/,
    ],
  ],
  ['anna-general', [/^a storage card, UID •••• •••• •••• F6\n$/]],
];

for (const [card, says] of SAID) {
  test(`${card} is read, masked`, async () => {
    const { code, out, err } = await tura('card', 'read', '--card', card, '--state', STATE);
    assert.equal([code, err], [0, '']);
    for (const said of says) assert.match(out, said);
  });
}

test('with --json it is one object, and no number of any card stands in what is said', async () => {
  for (const { id, uid, bank, policy, loyalty, services, transit } of cards) {
    const ran = await tura('card', 'read', '--card', id, '--json', '--state', STATE);
    const [said, ...more] = objects(ran);
    assert.equal([ran.code, more.length], [0, 0], id);
    const applications = said?.applications;
    const shown = Array.isArray(applications) ? applications.length : undefined;
    assert.is(shown, bank === undefined ? 0 : bank.coBadged ? 2 : 1, id);
    const all = `${ran.out}${ran.err}`.replace(/[^0-9A-Za-z]/g, '').toUpperCase();
    assert.not(all.includes(uid.toUpperCase()), id);
    if (bank !== undefined) assert.not(all.includes(bank.pan), id);
    for (const numbered of [policy, loyalty, services])
      if (numbered !== undefined) assert.not(all.includes(numbered.number), id);
    if (transit !== undefined) assert.not(all.includes(transit.serial), id);
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

test('a card that is issued is read, and rides as it was issued', async () => {
  const file = join(STATE, 'issued.yaml');
  const person = ['--holder', 'Ivan Belov', '--category', 'student', '--proof', '2026-06-30'];
  const more = ['--quota-used', '2026-03=4', '--purse', '500.00', '--policy', '7251840831000013'];
  const issued = await tura('card', 'issue', '--id', 'ivan', ...person, ...more, '--to', file);
  assert.equal([issued.code, issued.err], [0, '']);
  assert.is((await tura('card', 'issue', '--id', 'olya', '--holder', 'Olya Belova', '--to', file)).code, 0);
  const { out } = await tura('card', 'read', '--card', 'ivan', '--cards', file, '--state', STATE);
  assert.match(out, /student to 2026-06-30, 4 rides of its quota in 202603, 500\.00 RUB, written 1 times/);
  assert.equal(
    parseCardFile(readFileSync(file, 'utf8'), file).cards.map(({ id }) => id),
    ['ivan', 'olya'],
  );
});

const NOT_ISSUED: readonly (readonly [what: string, options: readonly string[], says: RegExp])[] = [
  ['a category that is misspelt', ['--category', 'studnet'], /no category 'studnet'.*expected 'student'/s],
  ['a purse that is no amount', ['--purse', 'much'], /--purse much .expected an amount/],
  ['a day that there is not', ['--proof', '2026-02-30'], /categoryExpiry: .*expected a day/s],
  ['a number that is none', ['--policy', 'x'], /policy\.number: .*16 digits/s],
  [
    'a number with a wrong check digit',
    ['--policy', '7251840831000014'],
    /policy\.number: .*another last digit/s,
  ],
];

for (const [what, options, says] of NOT_ISSUED) {
  test(`${what} is refused, and no card is made`, async () => {
    const { code, out, err } = await tura(
      'card',
      'issue',
      '--id',
      'ivan',
      '--holder',
      'Ivan Belov',
      ...options,
    );
    assert.equal([code, out], [2, '']);
    assert.match(err, says);
  });
}

test('a card is not added to what cannot be read as a card file', async () => {
  const words = ['card', 'issue', '--id', 'ivan', '--holder', 'Ivan Belov', '--to'];
  const [folder, image] = [
    await tura(...words, STATE),
    await tura(...words, write(Uint8Array.of(0xff), 'image')),
  ];
  assert.equal([folder.code, image.code], [2, 2]);
  assert.match(folder.err, /card file .*\n {2}expected: a card file: fixtures\/cards\.yaml shows one/);
  assert.match(image.err, /card file .*image: is not UTF-8 text/);
});

test.run();
