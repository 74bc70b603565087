import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { virtualChip } from '../../../src/core/card/virtual/chip.ts';
import { TuraError } from '../../../src/core/error.ts';
import type { Chip } from '../../../src/onboard/reader/chip.ts';
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

const CHIP_FACE = { uid: Uint8Array.of(8, 1, 2, 3), form: 'iso14443-4' } as const;
const SELECT = Uint8Array.of(0x00, 0xa4, 0x04, 0x00);

test('a card with a chip stays until it is answered, and its chip answers until then', async () => {
  const reader = new SimulatedReader('front');
  const kinds: string[] = [];
  let chip: Chip | undefined;
  reader.start(event => {
    kinds.push(event.kind);
    if (event.kind === 'presented') chip = event.chip;
  });
  const tapped = reader.tap(CHIP_FACE, virtualChip({}));
  assert.equal([...((await chip?.transmit(SELECT)) ?? [])], [0x6a, 0x82]);
  assert.equal(kinds, ['up', 'presented']);
  reader.show('rear');
  assert.equal(kinds, ['up', 'presented'], 'an answer at another reader');
  reader.show('front');
  await tapped;
  assert.equal(kinds, ['up', 'presented', 'removed']);
  const late = await chip?.transmit(SELECT).catch((fault: unknown) => fault);
  assert.is(late instanceof TuraError && late.code, 'card-torn-off');
});

test('whoever holds a card to a reader that is stopped, or was never started, is not kept waiting', async () => {
  const reader = new SimulatedReader('front');
  await reader.tap(CHIP_FACE, virtualChip({}));
  const kinds: string[] = [];
  reader.start(({ kind }) => kinds.push(kind));
  const tapped = reader.tap(CHIP_FACE, virtualChip({}));
  await reader.stop();
  await tapped;
  assert.equal(kinds, ['up', 'presented']);
});

test.run();
