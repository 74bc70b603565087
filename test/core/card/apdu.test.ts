import * as fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import {
  type Command,
  commandBytes,
  readCommand,
  readResponse,
  responseBytes,
  statusText,
} from '../../../src/core/card/apdu.ts';
import { bytesOfHex, hexOfBytes } from '../../../src/core/hex.ts';

const HEADER = { cla: 0x00, ins: 0xb2, p1: 0x01, p2: 0x0c };
const DATA = Uint8Array.of(0x83, 0x00);

const CASES: readonly (readonly [what: string, command: Command, hex: string])[] = [
  ['neither carries nor wants anything', HEADER, '00b2010c'],
  ['wants as much as there is', { ...HEADER, le: 256 }, '00b2010c00'],
  ['wants one byte', { ...HEADER, le: 1 }, '00b2010c01'],
  ['carries data', { ...HEADER, data: DATA }, '00b2010c028300'],
  ['carries data and wants an answer', { ...HEADER, data: DATA, le: 256 }, '00b2010c02830000'],
];

for (const [what, command, hex] of CASES) {
  test(`a command that ${what} is ${hex}`, () => {
    assert.is(hexOfBytes(commandBytes(command)), hex);
    assert.equal(readCommand(bytesOfHex(hex)), { kind: 'command', command });
  });
}

const NO_COMMANDS = [
  ['', '0 bytes, where a header has 4'],
  ['00a404', '3 bytes, where a header has 4'],
  ['00a4040002aa', '1 bytes after a length of 2'],
  ['00a4040001aabbcc', '3 bytes after a length of 1'],
  ['00a40400000001aa', '3 bytes after a length of 0'],
] as const;

for (const [hex, what] of NO_COMMANDS) {
  test(`'${hex}' is no short command: ${what}`, () => {
    assert.equal(readCommand(bytesOfHex(hex)), { kind: 'malformed', what });
  });
}

test('more than a short command carries or wants is a slip of ours', () => {
  assert.throws(() => commandBytes({ ...HEADER, data: new Uint8Array(256) }), /at most 255 bytes, not 256/);
  assert.throws(() => commandBytes({ ...HEADER, le: 257 }), /1-256, not 257/);
  assert.throws(() => responseBytes({ status: 0x9000, data: new Uint8Array(257) }), /at most 256 bytes/);
});

test('an answer is its data and two bytes of status; shorter or longer it is none', () => {
  assert.equal(readResponse(bytesOfHex('6f029000')), { status: 0x9000, data: bytesOfHex('6f02') });
  assert.equal(readResponse(bytesOfHex('6a82')), { status: 0x6a82, data: new Uint8Array(0) });
  assert.is(readResponse(new Uint8Array(258))?.data.length, 256);
  for (const length of [0, 1, 259]) assert.is(readResponse(new Uint8Array(length)), undefined);
});

test('a status has its name, or else is its number', () => {
  assert.is(statusText(0x6a82), '6A82, not found');
  assert.is(statusText(0x6283), '6283, the application is blocked');
  assert.is(statusText(0x0102), '0102');
});

test('what is written is read back, and any bytes are a command or malformed', () => {
  const byte = fc.nat(255);
  const command = fc.record(
    {
      ...{ cla: byte, ins: byte, p1: byte, p2: byte },
      data: fc.uint8Array({ minLength: 1, maxLength: 255 }),
      le: fc.integer({ min: 1, max: 256 }),
    },
    { requiredKeys: ['cla', 'ins', 'p1', 'p2'], noNullPrototype: true },
  );
  fc.assert(
    fc.property(command, written => {
      assert.equal(readCommand(commandBytes(written as Command)), { kind: 'command', command: written });
    }),
  );
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), bytes => {
      const reading = readCommand(bytes);
      if (reading.kind === 'command') assert.equal(commandBytes(reading.command), bytes);
      const response = readResponse(bytes);
      if (response !== undefined) assert.equal(responseBytes(response), bytes);
    }),
  );
});

test.run();
