import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { epoch } from '../../src/core/time.ts';
import { PlayedClock, systemClock } from '../../src/onboard/clock.ts';

const START = epoch(1_772_420_400_000);

test('a played clock stands until it is moved, and never goes back', () => {
  const clock = new PlayedClock(START);
  assert.equal([clock.now(), clock.monotonicMs()], [START, 0]);
  clock.advanceTo(epoch(START + 500));
  assert.equal([clock.now(), clock.monotonicMs()], [START + 500, 500]);
  clock.advanceTo(START);
  assert.equal([clock.now(), clock.monotonicMs()], [START + 500, 500]);
});

const never = () => undefined;

test('the same standing is the same object, so that a change of it is seen', () => {
  const [played, system] = [new PlayedClock(START), systemClock(never)];
  assert.is(played.standing(), played.standing());
  assert.is(system.standing(), system.standing());
});

test('the system clock is whole milliseconds', () => {
  const clock = systemClock(never);
  assert.ok(Number.isSafeInteger(clock.now()));
  assert.ok(Number.isSafeInteger(clock.monotonicMs()));
});

const SPRING = Date.UTC(2026, 2, 2);

/** By what it reads, and by the last tap that a set clock gave. */
const STANDINGS: [what: string, readMs: number, lastSetMs: number | undefined, state: string][] = [
  ['that wakes before this program was written', 60_000, undefined, 'unset'],
  ['that wakes then, whatever the taps say', 60_000, 30_000, 'unset'],
  ['of a vehicle that never took a tap', SPRING, undefined, 'free'],
  ['a millisecond behind the last tap', SPRING - 1, SPRING, 'unset'],
  ['at the last tap', SPRING, SPRING, 'free'],
  ['past the last tap', SPRING + 1, SPRING, 'free'],
];

for (const [what, readMs, lastSetMs, state] of STANDINGS) {
  test(`a system clock ${what} is ${state}`, () => {
    const { now } = Date;
    try {
      Date.now = () => readMs;
      const clock = systemClock(() => (lastSetMs === undefined ? undefined : epoch(lastSetMs)));
      assert.is(clock.standing().state, state);
      assert.is(clock.now(), readMs, 'what is read is never changed');
    } finally {
      Date.now = now;
    }
  });
}

test.run();
