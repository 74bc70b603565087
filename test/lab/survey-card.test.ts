import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { TuraError } from '../../src/core/error.ts';
import { surveyNextCard } from '../../src/lab/survey-card.ts';
import type { Reader, ReaderEvent } from '../../src/onboard/reader/reader.ts';
import { TERMINAL } from '../core/card/play.ts';
import { reading } from '../core/card/transit/cards.ts';
import { clockwork } from '../onboard/clockwork.ts';

/** A reader that says this as soon as it starts. */
function saying(...events: readonly ReaderEvent[]): Reader {
  return {
    start: listener => {
      for (const event of events) listener(event);
    },
    stop: async () => undefined,
  };
}

const UP: ReaderEvent = { kind: 'up', readerId: 'reader', name: 'ACR122U' };
const REMOVED: ReaderEvent = { kind: 'removed', readerId: 'reader' };
const FACE = { uid: Uint8Array.of(4, 1, 2, 3, 4, 5, 6), form: 'storage' } as const;

const survey = (...events: readonly ReaderEvent[]) =>
  surveyNextCard(saying(...events), {
    terminal: TERMINAL,
    transit: reading(),
    timers: clockwork(),
    onReady: () => undefined,
  });

test('the first card counts, and a storage card has a face alone', async () => {
  const other = { ...FACE, uid: Uint8Array.of(1, 2, 3, 4) };
  assert.equal(
    await survey(UP, { kind: 'presented', readerId: 'reader', face: FACE }, REMOVED, {
      kind: 'presented',
      readerId: 'reader',
      face: other,
    }),
    { face: FACE },
  );
});

const FAULTS: readonly (readonly [
  what: string,
  events: readonly ReaderEvent[],
  code: string,
  expected: string | undefined,
])[] = [
  [
    'a card that could not be read',
    [UP, { kind: 'unreadable', readerId: 'reader', why: 'torn off' }],
    'reader-fault',
    undefined,
  ],
  [
    'a reader that is not there',
    [{ kind: 'down', readerId: 'reader', why: 'no reader', mend: 'plug it in' }],
    'reader-missing',
    'plug it in',
  ],
  [
    'a reader that falls',
    [UP, { kind: 'down', readerId: 'reader', why: 'unplugged' }],
    'reader-missing',
    undefined,
  ],
];

for (const [what, events, code, expected] of FAULTS) {
  test(`${what} is a fault by name`, async () => {
    const fault = await survey(...events).catch((thrown: unknown) => thrown);
    assert.instance(fault, TuraError);
    assert.equal([(fault as TuraError).code, (fault as TuraError).expected], [code, expected]);
  });
}

test.run();
