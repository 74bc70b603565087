import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { ReaderEvent } from '../../../src/onboard/reader/reader.ts';
import { SimulatedReader } from '../../../src/onboard/reader/simulated.ts';

const FACE = { uid: Uint8Array.of(4, 1, 2, 3, 4, 5, 6), form: 'storage' } as const;

test('a simulated reader is up when it starts, and a tap is a card that comes and goes', () => {
  const reader = new SimulatedReader('front');
  const events: ReaderEvent[] = [];
  reader.start(event => events.push(event));
  reader.tap(FACE);
  assert.equal(events, [
    { kind: 'up', readerId: 'front', name: 'simulated reader' },
    { kind: 'presented', readerId: 'front', face: FACE },
    { kind: 'removed', readerId: 'front' },
  ]);
});

test('before it starts and after it has stopped nobody hears of a card', async () => {
  const reader = new SimulatedReader('front');
  reader.tap(FACE);
  const events: ReaderEvent[] = [];
  reader.start(event => events.push(event));
  await reader.stop();
  reader.tap(FACE);
  assert.equal(
    events.map(({ kind }) => kind),
    ['up'],
  );
});

test('a reader that is stopped between a card and its leaving says no more', async () => {
  const reader = new SimulatedReader('front');
  const kinds: string[] = [];
  reader.start(({ kind }) => {
    kinds.push(kind);
    if (kind === 'presented') void reader.stop();
  });
  reader.tap(FACE);
  assert.equal(kinds, ['up', 'presented']);
});

test.run();
