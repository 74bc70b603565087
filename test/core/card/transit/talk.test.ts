/** A card and a validator that know each other; whoever does not is told so, and nothing is written. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { MAX_STATE_BYTES } from '../../../../src/core/card/transit/layout.ts';
import type { TransitKey } from '../../../../src/core/card/transit/session.ts';
import {
  type OpenCard,
  type Opening,
  openTransit,
  type Writing,
  writeTransit,
} from '../../../../src/core/card/transit/talk.ts';
import { type VirtualChip, virtualChip } from '../../../../src/core/card/virtual/chip.ts';
import type { TransitApplication } from '../../../../src/core/card/virtual/transit.ts';
import { bytesOfHex, hexOfBytes } from '../../../../src/core/hex.ts';
import { play } from '../play.ts';
import { bytesOf, issued, plain, reading, standing } from './cards.ts';

const OTHER_KEY: TransitKey = { keyId: 1, secret: bytesOfHex('000102030405060708090a0b0c0d0e0f') };
const NEXT_KEY: TransitKey = { keyId: 2, secret: OTHER_KEY.secret };

function opened(opening: Opening): OpenCard {
  if (opening.kind !== 'transit') throw new Error(`the card is ${opening.kind}`);
  return opening;
}

/** Reads the card and writes this state on it. */
function ride(chip: VirtualChip, state: Uint8Array, seed = 7): Writing {
  return play(writeTransit(opened(play(openTransit(reading(seed)), chip)), state), chip);
}

const next = (counter: number) => bytesOf(plain({ counter }));

test('a tap is three commands and 245 bytes with the largest state there is', () => {
  const chip = virtualChip({ transit: issued(plain({ counter: 1 })) });
  const lengths: number[] = [];
  const counted: VirtualChip = command => {
    const answer = chip(command);
    lengths.push(command.length + answer.length);
    return answer;
  };
  const state = next(2);
  assert.is(ride(counted, state).kind, 'written');
  assert.is(lengths.length, 3);
  // The state goes over the air twice, and everything else is as long as ever.
  const around = lengths.reduce((total, length) => total + length, 0) - 2 * state.length;
  assert.is(around + 2 * MAX_STATE_BYTES, 245);
});

test('what was written is what is read', () => {
  const card = issued();
  const chip = virtualChip({ transit: card });
  assert.equal(ride(chip, next(2)), { kind: 'written' });
  const { state, counter, serial } = opened(play(openTransit(reading(8)), chip));
  assert.equal([state, counter, serial], [next(2), 2, card.serial]);
});

const STRANGERS: readonly (readonly [what: string, keys: readonly TransitKey[], kind: Opening['kind']])[] = [
  ['a key that is none of the operator’s', [OTHER_KEY], 'not-genuine'],
  ['no key by which the card was made', [NEXT_KEY], 'foreign'],
];

for (const [what, keys, kind] of STRANGERS) {
  test(`a validator with ${what} finds the card ${kind}`, () => {
    const chip = virtualChip({ transit: issued() });
    assert.is(play(openTransit(reading(7, ...keys)), chip).kind, kind);
  });
}

test('a proof that fails is asked for once more before the card is no genuine one', () => {
  const chip = virtualChip({ transit: issued() });
  let failures = 1;
  const noisy: VirtualChip = command => {
    const answer = chip(command);
    if (command[1] !== 0x82 || failures-- <= 0) return answer;
    return Uint8Array.from(answer, (byte, at) => (at === 3 ? byte ^ 1 : byte));
  };
  assert.is(play(openTransit(reading()), noisy).kind, 'transit');
});

test('a card that copies what another one said is not genuine', () => {
  const heard: Uint8Array[] = [];
  const chip = virtualChip({ transit: issued() });
  play(openTransit(reading(7)), command => {
    const answer = chip(command);
    heard.push(answer);
    return answer;
  });
  let at = 0;
  assert.is(play(openTransit(reading(8)), () => heard[at++ % 2] ?? new Uint8Array(2)).kind, 'not-genuine');
});

test('a write that was overheard is refused when it is said again', () => {
  const card = issued();
  const chip = virtualChip({ transit: card });
  const said: Uint8Array[] = [];
  ride(command => {
    said.push(command);
    return chip(command);
  }, next(2));
  const again = said.map(command => hexOfBytes(chip(command)));
  // The challenge is another one, so the proof fails, and nothing can be written.
  assert.equal(again.slice(1), ['6300', '6982']);
  assert.equal(standing(card), next(2));
});

const REFUSED: readonly (readonly [what: string, state: Uint8Array, status: string])[] = [
  ['its own counter again', next(1), '6985'],
  ['a counter further on', next(3), '6985'],
  ['what is no state', Uint8Array.of(9, 9, 9), '6985'],
];

for (const [what, state, status] of REFUSED) {
  test(`a card refuses ${what} with ${status}, and is as it was`, () => {
    const card = issued();
    const writing = ride(virtualChip({ transit: card }), state);
    assert.is(writing.kind, 'torn');
    assert.match(writing.kind === 'torn' ? writing.why.toLowerCase() : '', status);
    assert.equal(standing(card), next(1));
  });
}

test('a write that is changed on its way is refused, and a receipt that is changed proves nothing', () => {
  const card = issued();
  const chip = virtualChip({ transit: card });
  const changed =
    (at: 'command' | 'answer'): VirtualChip =>
    command => {
      if (command[1] !== 0xd6) return chip(command);
      const asked =
        at === 'command'
          ? Uint8Array.from(command, (byte, index) => (index === 12 ? byte ^ 1 : byte))
          : command;
      const answer = chip(asked);
      return at === 'answer'
        ? Uint8Array.from(answer, (byte, index) => (index === 0 ? byte ^ 1 : byte))
        : answer;
    };
  assert.is(ride(changed('command'), next(2)).kind, 'torn');
  assert.equal(standing(card), next(1));
  assert.is(ride(changed('answer'), next(2)).kind, 'unknown');
  assert.equal(standing(card), next(2));
});

const OUT_OF_TURN: readonly (readonly [what: string, commands: readonly string[], status: string])[] = [
  ['a write before the proof', ['00a4040006f0545552410100', '80d6000009000000000000000000'], '6982'],
  ['a proof of the wrong length', ['00a4040006f0545552410100', '8082000001ff00'], '6a80'],
  [
    'a second proof',
    ['00a4040006f0545552410100', `8082000010${'00'.repeat(16)}00`, `8082000010${'00'.repeat(16)}00`],
    '6985',
  ],
  ['an instruction it does not have', ['00a4040006f0545552410100', '80b0000000'], '6d00'],
];

for (const [what, commands, status] of OUT_OF_TURN) {
  test(`${what} is refused with ${status}`, () => {
    const chip = virtualChip({ transit: issued() });
    assert.is(commands.map(command => hexOfBytes(chip(bytesOfHex(command)))).at(-1), status);
  });
}

test('a card that was never issued says so by no state of its own', () => {
  const card: TransitApplication = {
    ...issued(),
    memory: { read: () => new Uint8Array(0), write: () => undefined },
  };
  const opening = play(openTransit(reading()), virtualChip({ transit: card }));
  assert.is(opening.kind, 'unread');
});

test.run();
