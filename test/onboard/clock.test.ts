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

test('the same standing is the same object, so that a change of it is seen', () => {
  const clock = new PlayedClock(START);
  assert.is(clock.standing(), clock.standing());
  assert.is(systemClock.standing(), systemClock.standing());
});

test('the system clock is whole milliseconds, and one that wakes before this program was written was never set', () => {
  assert.ok(Number.isSafeInteger(systemClock.now()));
  assert.ok(Number.isSafeInteger(systemClock.monotonicMs()));
  const { now } = Date;
  try {
    Date.now = () => 60_000;
    assert.is(systemClock.standing().state, 'unset');
    Date.now = () => Date.UTC(2026, 2, 2);
    assert.is(systemClock.standing().state, 'free');
  } finally {
    Date.now = now;
  }
});

test.run();
