import { readFileSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { readKeyRing } from '../../../src/core/card/token-key.ts';

const file = (name: string) => {
  const at = new URL(`../../../fixtures/keys/${name}`, import.meta.url);
  return { file: name, text: readFileSync(at, 'utf8') };
};
const text = (changes: Readonly<Record<string, string>>) => {
  const fields = { realm: 'test', keyId: '1', secret: `"${'ab'.repeat(32)}"`, ...changes };
  const lines = Object.entries(fields).map(([name, value]) => `${name}: ${value}`);
  return { file: 'key.yaml', text: lines.join('\n') };
};

test('the key that comes first is the current one, and the realm is the keys own', () => {
  const ring = readKeyRing([file('token-key-test-next.yaml'), file('token-key-test.yaml')]);
  assert.is(ring.realm, 'test');
  assert.equal(
    ring.keys.map(key => key?.keyId),
    [2, 1],
  );
  assert.is(ring.keys[0].secret.length, 32);
});

test('a key file that is wrong says what, where, and what was expected', () => {
  const cases = [
    [{ realm: 'tests' }, /^key\.yaml:1:8: realm: 'tests' \(expected 'test'\)$/],
    [{ keyId: '0' }, /^key\.yaml:2:8: keyId: /],
    [{ secret: '"abcd"' }, /^key\.yaml:3:9: secret: of another form \(expected 32 bytes as 64 hex digits/],
    [{ sceret: '1' }, /^key\.yaml:4:1: unknown key 'sceret' \(expected 'secret'\)$/],
  ] as const;
  for (const [changes, message] of cases) assert.throws(() => readKeyRing([text(changes)]), message);
});

test('no error ever repeats a secret', () => {
  try {
    readKeyRing([text({ secret: '"5ec2e7"' })]);
    assert.unreachable();
  } catch (error) {
    assert.not.match(String(error), '5ec2e7');
  }
});

test('there are one or two keys, of one realm, with different ids', () => {
  assert.throws(() => readKeyRing([]), /0 token keys/);
  assert.throws(() => readKeyRing([text({}), text({ keyId: '2' }), text({ keyId: '3' })]), /3 token keys/);
  assert.throws(() => readKeyRing([text({}), text({})]), /a key 1 of realm test/);
  assert.throws(() => readKeyRing([text({}), text({ keyId: '2', realm: 'production' })]), /realm production/);
});

test.run();
