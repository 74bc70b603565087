import { createHash } from 'node:crypto';
import { setImmediate as pause } from 'node:timers/promises';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { type Keys, screen } from '../../../src/onboard/list/screen.ts';
import { compareKeys, tokenKeyBytes } from '../../../src/wire/list/key.ts';

function key(number: number): Uint8Array {
  const value = createHash('sha256').update(String(number)).digest('hex').slice(0, 32);
  return tokenKeyBytes({ kind: 'uid', keyId: 1, value });
}

function keysOf(count: number): { keys: Keys; listed: Uint8Array[] } {
  const listed = Array.from({ length: count }, (_, number) => key(number)).sort(compareKeys);
  return {
    listed,
    keys: (after, limit) => listed.filter(one => compareKeys(one, after) > 0).slice(0, limit),
  };
}

async function untilFilled(count: number): Promise<void> {
  for (let turn = 0; turn < count / 500 + 2; turn++) await pause();
}

test('a screen never keeps back what is listed, and keeps back nearly everything else', async () => {
  const { keys, listed } = keysOf(3000);
  const screened = screen(keys, 3000);
  await untilFilled(3000);
  assert.ok(listed.every(one => screened.mayHold(one)));
  const through = Array.from({ length: 10_000 }, (_, number) => key(1_000_000 + number)).filter(one =>
    screened.mayHold(one),
  );
  assert.ok(through.length < 100, `${through.length} of 10,000 were let through`);
});

test('until it has seen the whole list it lets everything through', async () => {
  const { keys } = keysOf(3000);
  const screened = screen(keys, 3000);
  assert.ok(screened.mayHold(key(1_000_000)));
  await pause();
  assert.ok(screened.mayHold(key(1_000_000)));
});

test('what is added later is let through too', async () => {
  const screened = screen(() => [], 10);
  await untilFilled(0);
  assert.not(screened.mayHold(key(1)));
  screened.add(key(1));
  assert.ok(screened.mayHold(key(1)));
});

test('a list that cannot be read screens nothing', async () => {
  const screened = screen(() => {
    throw new Error('the disk is gone');
  }, 10);
  await untilFilled(0);
  assert.ok(screened.mayHold(key(1)));
});

test('a closed screen asks its list no more', async () => {
  let asked = 0;
  const screened = screen(() => {
    asked++;
    return [key(asked)];
  }, 10);
  await pause();
  screened.close();
  const before = asked;
  await untilFilled(10);
  assert.is(asked, before);
});

test.run();
