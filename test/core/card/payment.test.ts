import * as fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { type CardData, readPayment } from '../../../src/core/card/payment.ts';
import { paymentData } from '../../../src/core/card/payment-data.ts';
import { SCHEME_AIDS } from '../../../src/core/card/schemes.ts';
import { tagText } from '../../../src/core/card/tlv.ts';
import { virtualChip } from '../../../src/core/card/virtual/chip.ts';
import { hexOfBytes } from '../../../src/core/hex.ts';
import { MASTERCARD, MIR, UNIONPAY, VISA, WITH_REFERENCE } from './bank-cards.ts';
import { play, scripted, TERMINAL } from './play.ts';

/** The answer of a command that was carried out. */
const done = (hex: string) => `${hex}9000`;

const AID = 'a0000006581010';
const SELECTED = done('6f02a500');

const read = (...answers: readonly string[]) => play(readPayment(AID, TERMINAL), scripted(...answers));

function inWords(data: CardData): string {
  return [...data].map(([tag, value]) => `${tagText(tag)}=${hexOfBytes(value)}`).join(' ');
}

test('the application is selected, asked for its options, and its records are read as it lists them', () => {
  const chip = scripted(
    SELECTED,
    done('770a82020000940408010200'),
    done('700457021234'),
    done('70055f34020001'),
  );
  const said = play(readPayment(AID, TERMINAL), chip);
  assert.equal(chip.asked, [
    '00a4040007a000000658101000',
    '80a800000283' + '0000',
    '00b2010c00',
    '00b2020c00',
  ]);
  assert.is(
    said.kind === 'data' && inWords(said.data),
    '84=a0000006581010 82=0000 94=08010200 57=1234 5F34=0001',
  );
});

const DOLS = [
  ['what it has a word for', '9f6604' + '9a03' + '9f3704', '20800000' + '260302' + 'deadbeef'],
  ['zeros where it has none', '9f02069f1a02', '0000000000000000'],
  ['a longer field filled up with zeros', '9f3706', 'deadbeef0000'],
  ['a shorter field cut', '9f3702', 'dead'],
  ['nothing where nothing is asked', '', ''],
] as const;

for (const [what, dol, data] of DOLS) {
  test(`the reader says ${what}`, () => {
    const asks = `9f38${(dol.length / 2).toString(16).padStart(2, '0')}${dol}`;
    const length = (asks.length / 2).toString(16).padStart(2, '0');
    const outer = (asks.length / 2 + 2).toString(16).padStart(2, '0');
    const chip = scripted(`6f${outer}a5${length}${asks}9000`, done('80020000'));
    play(readPayment(AID, TERMINAL), chip);
    const [, options = ''] = chip.asked;
    assert.is(options.slice(14, -2), data);
  });
}

test('options without tags are the profile and the file locator', () => {
  const said = read(SELECTED, done('8006000008010100'), done('70025700'));
  assert.is(said.kind === 'data' && inWords(said.data), '84=a0000006581010 82=0000 94=08010100 57=');
});

const OPTIONS = done('770a82020000940408010100');
const UNREAD: readonly (readonly [what: string, answers: readonly string[], why: string])[] = [
  ['that the card shows and does not have', ['6a82'], 'does not have the application it shows'],
  ['that is blocked', ['6283'], 'refuses SELECT payment application (6283, the application is blocked)'],
  ['that wants the phone unlocked', [SELECTED, '6986'], 'the phone may ask its holder first'],
  ['that refuses its options', [SELECTED, '6985'], 'refuses GET PROCESSING OPTIONS (6985'],
  ['that answers its options with another tag', [SELECTED, done('7000')], '70 instead of 77 or 80'],
  ['that answers its options with half a profile', [SELECTED, done('800100')], '80 instead of 77 or 80'],
  ['that has no such record', [SELECTED, OPTIONS, '6a83'], 'refuses READ RECORD (6A83, no such record)'],
  ['whose record is none', [SELECTED, OPTIONS, done('7700')], 'READ RECORD with 77 instead of 70'],
  ['that says two things of one', [SELECTED, OPTIONS, done('7006820211118200')], 'the card says 82 twice'],
  ['with half an entry in its locator', [SELECTED, done('80050000080101')], 'file locator of 3 bytes'],
  ['that lists file 0', [SELECTED, done('8006000000010100')], 'records 1 to 1 of file 0'],
  ['that lists file 31', [SELECTED, done('80060000f8010100')], 'records 1 to 1 of file 31'],
  ['that lists record 0', [SELECTED, done('8006000008000100')], 'records 0 to 1 of file 1'],
  ['that lists records backwards', [SELECTED, done('8006000008030200')], 'records 3 to 2 of file 1'],
  ['that lists 17 records', [SELECTED, done('8006000008011100')], 'more than 16 records'],
  ['that asks for more than a command holds', [done('6f07a5059f38029fff')], 'a list that ends early'],
  ['that asks by a tag without its end', [done('6f07a5059f38029f9f')], 'a list that ends early'],
  ['that asks for 253 bytes', [done('6f07a5059f38025afd')], 'more data than 252 bytes, at 5A'],
];

for (const [what, answers, why] of UNREAD) {
  test(`an application ${what} is unread, and says why`, () => {
    const said = read(...answers);
    assert.ok(said.kind === 'unread' && said.why.includes(why), JSON.stringify(said));
  });
}

test('every manner of card gives its number, expiry and sequence', () => {
  for (const card of [MIR, WITH_REFERENCE, VISA, MASTERCARD, UNIONPAY]) {
    const said = play(readPayment(SCHEME_AIDS[card.scheme][0], TERMINAL), virtualChip({ bank: card }));
    const data = said.kind === 'data' ? said.data : new Map<number, Uint8Array>();
    assert.ok(
      hexOfBytes(data.get(0x57) ?? new Uint8Array()).startsWith(`${card.pan}d${card.expiry}`),
      card.scheme,
    );
    assert.is(hexOfBytes(data.get(0x5f34) ?? new Uint8Array()), card.psn);
    assert.is(data.has(0x9f24), card.par !== undefined);
  }
});

test('the acquirer is given the card and what it answered to, and never the name of its holder', () => {
  const said = new Map([
    [0x84, Uint8Array.of(0xa0)],
    [0x5f20, Uint8Array.from(Buffer.from('SOKOLOVA/ANNA'))],
    [0x57, Uint8Array.of(0x22)],
    [0x9f26, Uint8Array.of(0x01)],
  ]);
  assert.is(
    hexOfBytes(paymentData(said, TERMINAL)),
    '8401a0' + '570122' + '9f260101' + '9f660420800000' + '9a03260302' + '9f3704deadbeef',
  );
});

test('whatever a chip answers, the dialogue ends with data or a reason, after no more than 18 commands', () => {
  const answer = fc.oneof(
    fc.constantFrom('9000', '6a82', SELECTED, OPTIONS, done('7000'), done('80020000'), done('7700')),
    fc.uint8Array({ minLength: 2, maxLength: 40 }).map(hexOfBytes),
    fc
      .uint8Array({ maxLength: 40 })
      .map(bytes => done(`80${hexOfBytes(Uint8Array.of(bytes.length, ...bytes))}`)),
  );
  fc.assert(
    fc.property(fc.array(answer, { minLength: 1, maxLength: 5 }), answers => {
      let asked = 0;
      const said = play(readPayment(AID, TERMINAL), () => {
        const hex = answers[asked++ % answers.length] ?? '';
        return Uint8Array.from(Buffer.from(hex, 'hex'));
      });
      assert.ok(said.kind === 'data' || said.why.length > 0);
      assert.ok(asked <= 18);
    }),
  );
});

test.run();
