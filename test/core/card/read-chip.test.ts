/** A chip that shows an application is that application or nothing. */
import * as fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { type ChipReading, readChip } from '../../../src/core/card/read-chip.ts';
import type { Scheme } from '../../../src/core/card/schemes.ts';
import { virtualChip } from '../../../src/core/card/virtual/chip.ts';
import { bytesOfHex, hexOfBytes } from '../../../src/core/hex.ts';
import { CO_BADGED, MASTERCARD, MIR, UNIONPAY, VISA, WITH_REFERENCE } from './bank-cards.ts';
import { play, scripted, TERMINAL } from './play.ts';
import { issued, reading } from './transit/cards.ts';

const question = (...preferred: readonly Scheme[]) =>
  readChip({ transit: reading(), terminal: TERMINAL, preferred });
const FOREIGN = { keyId: 9, secret: bytesOfHex('00112233445566778899aabbccddeeff') };
const SELECT_TRANSIT = '00a4040006f0545552410100';

for (const card of [MIR, WITH_REFERENCE, VISA, MASTERCARD, UNIONPAY]) {
  test(`a ${card.scheme} card is itself, to the last digit`, () => {
    const said = play(question(), virtualChip({ bank: card }));
    assert.is(said.kind, 'payment');
    if (said.kind !== 'payment') return;
    const { scheme, instrument } = said;
    const { pan, expiry, psn, par } = instrument;
    assert.equal([scheme, pan, expiry, psn, par], [card.scheme, card.pan, card.expiry, card.psn, card.par]);
  });
}

test('a card of two schemes pays by the one the operator prefers, else by its own first', () => {
  const schemeBy = (...preferred: readonly Scheme[]) => {
    const said = play(question(...preferred), virtualChip({ bank: CO_BADGED }));
    return said.kind === 'payment' ? said.scheme : said.kind;
  };
  assert.equal([schemeBy(), schemeBy('unionpay'), schemeBy('mir', 'unionpay')], ['mir', 'unionpay', 'mir']);
});

test('a chip without a directory and without a transit application shows no application', () => {
  const chip = scripted('6a82', '6a82');
  assert.equal(play(question(), chip), { kind: 'no-application' });
  assert.is(chip.asked[0], SELECT_TRANSIT);
  assert.equal(play(question(), virtualChip({})), { kind: 'no-application' });
});

const DIRECTORY_OF_OTHERS = '6f0ea50cbf0c0961074f05a000000999' + '9000';
const DIRECTORY_WITH_TRANSIT = '6f0fa50dbf0c0a61084f06f05455524101' + '9000';

const NO_UID: readonly (readonly [what: string, answers: readonly string[], kind: ChipReading['kind']])[] = [
  ['refuses its directory by another word', ['6a82', '6985'], 'unread'],
  ['knows no SELECT', ['6d00'], 'unread'],
  ['answers nonsense', ['6a82', 'ffff9000'], 'unread'],
  ['shows others’ applications alone', ['6a82', DIRECTORY_OF_OTHERS], 'unsupported'],
  ['shows an empty directory', ['6a82', '6f05a503bf0c00' + '9000'], 'unsupported'],
  ['shows a transit application that it denies', ['6a82', DIRECTORY_WITH_TRANSIT], 'unread'],
  ['has a transit application that says nothing of itself', ['6f00' + '9000'], 'unread'],
  ['refuses its transit application by another word', ['6982'], 'unread'],
];

for (const [what, answers, kind] of NO_UID) {
  test(`a chip that ${what} is not left with its UID`, () => {
    assert.is(play(question(), scripted(...answers)).kind, kind);
  });
}

test('a bank card that fails at any command is unread, and never a card without an application', () => {
  const whole: string[] = [];
  const chip = virtualChip({ bank: MIR });
  play(question(), command => {
    const answer = chip(command);
    whole.push(hexOfBytes(answer));
    return answer;
  });
  assert.is(whole.length, 6);
  for (const [at] of whole.entries()) {
    for (const failure of ['6f00', '6985', '9000', '6300']) {
      const answers = whole.map((answer, index) => (index === at ? failure : answer));
      assert.is(play(question(), scripted(...answers)).kind, 'unread', `${failure} at command ${at + 1}`);
    }
  }
});

test('a chip with a transit application is that, whatever it pays by', () => {
  const chip = virtualChip({ transit: issued(), bank: MIR });
  assert.is(play(question('mir'), chip).kind, 'transit');
  const stranger = readChip({ transit: reading(7, FOREIGN), terminal: TERMINAL, preferred: [] });
  assert.is(play(stranger, chip).kind, 'unsupported');
  const forger = readChip({
    transit: reading(7, { ...FOREIGN, keyId: 1 }),
    terminal: TERMINAL,
    preferred: [],
  });
  assert.is(play(forger, chip).kind, 'not-genuine');
});

test('only a chip that says twice that it has nothing is left with its UID, whatever else it says', () => {
  const answer = fc.oneof(
    fc.constantFrom('6a82', '6a81', '9000', '6f00' + '9000', DIRECTORY_OF_OTHERS, DIRECTORY_WITH_TRANSIT),
    fc.uint8Array({ minLength: 2, maxLength: 20 }).map(hexOfBytes),
  );
  fc.assert(
    fc.property(fc.array(answer, { minLength: 2, maxLength: 4 }), answers => {
      let asked = 0;
      const said = play(question(), () => bytesOfHex(answers[asked++ % answers.length] ?? ''));
      const denied = answers[0] === '6a82' && answers[1] === '6a82';
      assert.is(said.kind === 'no-application', denied);
    }),
  );
});

test.run();
