/** Frames and messages between computers aboard: whole again however they are cut, and nothing is taken that was touched. */
import * as fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { epoch } from '../../../src/core/time.ts';
import { FrameReader, frame, MAX_FRAME_BYTES, Sealer, sessionKey } from '../../../src/wire/aboard/frames.ts';
import { type Message, messageBytes, readMessage } from '../../../src/wire/aboard/messages.ts';
import { Malformed } from '../../../src/wire/malformed.ts';
import { nodeCrypto } from '../../../src/wire/node-crypto.ts';

const token = { kind: 'uid', keyId: 1, value: '0f'.repeat(16) } as const;
const MESSAGES: readonly Message[] = [
  { kind: 'hello', version: 1, nonce: 'ab'.repeat(16), keyIds: [1, 2], deviceId: 'tram-7-first' },
  {
    ...{
      kind: 'tap',
      deviceId: 'd',
      epoch: '00'.repeat(8),
      sequence: 7,
      token,
      atMs: epoch(1_772_420_400_000),
    },
    ...{ stopId: 'centre', state: Uint8Array.of(123, 125) },
  },
  { kind: 'question', id: 3, tokens: [token, token] },
  { kind: 'reply', id: 3, check: 'paid', paidAtMs: epoch(5), riders: 2, stopId: 'centre' },
  { kind: 'reply', id: 4, check: 'unknown' },
  { kind: 'proof' },
];

const isMalformed = (error: unknown) => error instanceof Malformed;

const KEY = sessionKey(new Uint8Array(32).fill(1), { dialler: 'aa', listener: 'bb' }, nodeCrypto);
const sealer = () => new Sealer(KEY, 'dialler', nodeCrypto);

function sent(messages: readonly Message[]): Uint8Array {
  const own = sealer();
  return Buffer.concat(
    messages.map(message => frame(messageBytes(message), own.seal(messageBytes(message)))),
  );
}

test('every message is read as it was written', () => {
  for (const message of MESSAGES) assert.equal(readMessage(messageBytes(message)), message);
});

test('cut anywhere, frames are whole again, and each is the next one', () => {
  const bytes = sent(MESSAGES);
  for (let at = 0; at <= bytes.length; at++) {
    const [reader, theirs] = [new FrameReader(), sealer()];
    const frames = [...reader.push(bytes.subarray(0, at)), ...reader.push(bytes.subarray(at))];
    assert.is(frames.length, MESSAGES.length);
    assert.ok(frames.every(({ payload, seal }) => theirs.isNext(payload, seal)));
  }
});

test('a frame that is changed, repeated, left out or sent back is none', () => {
  const frames = new FrameReader().push(sent(MESSAGES));
  const [first, second] = frames;
  if (first === undefined || second === undefined) throw new Error('there are five');
  for (const index of first.payload.keys()) {
    const payload = first.payload.slice();
    payload[index] = (payload[index] ?? 0) ^ 1;
    assert.is(sealer().isNext(payload, first.seal), false);
  }
  assert.is(sealer().isNext(second.payload, second.seal), false, 'left out');
  const theirs = sealer();
  theirs.isNext(first.payload, first.seal);
  assert.is(theirs.isNext(first.payload, first.seal), false, 'repeated');
  assert.is(new Sealer(KEY, 'listener', nodeCrypto).isNext(first.payload, first.seal), false, 'sent back');
  assert.is(sealer().isNext(first.payload, first.seal.subarray(0, 15)), false, 'a short seal');
});

test('a length that no frame has is refused before it is waited for', () => {
  for (const length of [0, 16, MAX_FRAME_BYTES + 1, 0xffff_ffff]) {
    const head = new Uint8Array(4);
    new DataView(head.buffer).setUint32(0, length);
    assert.throws(() => new FrameReader().push(head), isMalformed);
  }
  assert.throws(() => frame(new Uint8Array(MAX_FRAME_BYTES), undefined), isMalformed);
});

test('whatever bytes come, they are a message or refused by name', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), bytes => {
      try {
        readMessage(bytes);
      } catch (error) {
        assert.instance(error, Malformed);
      }
    }),
    { numRuns: 3000 },
  );
});

test.run();
