import * as fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { Malformed } from '../../../src/wire/malformed.ts';
import { base45, bytesOfBase45 } from '../../../src/wire/ticket/base45.ts';

const bytesOf = (text: string) => new TextEncoder().encode(text);

test('bytes are written as the standard shows them (RFC 9285, 4.3 and 4.4)', () => {
  assert.is(base45(bytesOf('AB')), 'BB8');
  assert.is(base45(bytesOf('Hello!!')), '%69 VD92EX0');
  assert.is(base45(bytesOf('base-45')), 'UJCLQE7W581');
  assert.equal(bytesOfBase45('QED8WEX0'), bytesOf('ietf!'));
});

test('any bytes come back as they were', () => {
  fc.assert(fc.property(fc.uint8Array(), bytes => assert.equal(bytesOfBase45(base45(bytes)), bytes)));
});

test('what is no Base45 is refused with its place', () => {
  const cases = [
    ['A', /ends inside a byte/],
    ['ABCD', /ends inside a byte/],
    ['AB\n', /^character 3: no Base45/],
    ['BB8ab0', /^character 5: no Base45/],
    ['GGW', /^character 1: digits beyond a byte/],
    ['BB8::', /^character 4: digits beyond a byte/],
  ] as const;
  for (const [text, says] of cases) {
    assert.throws(
      () => bytesOfBase45(text),
      (error: unknown) => error instanceof Malformed && says.test(error.message),
      text,
    );
  }
});

test('three digits hold no more than two bytes: FFFF is the last that is read', () => {
  assert.equal(bytesOfBase45('FGW'), Uint8Array.of(0xff, 0xff));
  assert.throws(() => bytesOfBase45('GGW'));
});

test.run();
