import { test } from 'uvu';
import * as assert from 'uvu/assert';
import {
  afterAnswer,
  afterFailure,
  FIRST_TRY,
  LONGEST_WAIT_MS,
  type RetryState,
  waitMs,
} from '../../../src/onboard/uplink/retry.ts';

const failed = (times: number): RetryState =>
  Array.from({ length: times }).reduce<RetryState>(state => afterFailure(state, 'link-down', 500), FIRST_TRY);

const WAITS: readonly [failures: number, longestMs: number][] = [
  [0, 0],
  [1, 1_000],
  [2, 2_000],
  [3, 4_000],
  [9, 256_000],
  [10, 300_000],
  [5_000, 300_000],
];

for (const [failures, longestMs] of WAITS) {
  test(`after ${failures} failures the wait is anything up to ${longestMs} ms`, () => {
    assert.is(waitMs(failed(failures), 0), 0);
    assert.is(waitMs(failed(failures), 0.5), longestMs / 2);
    assert.ok(waitMs(failed(failures), 1 - Number.EPSILON) <= longestMs);
    assert.ok(longestMs <= LONGEST_WAIT_MS);
  });
}

test('an answer ends the back-off', () => {
  assert.is(afterAnswer(failed(7)).failures, 0);
});

test('a batch that is too large is halved and tried at once, down to a single record that must wait', () => {
  const tooLarge = (state: RetryState, sent: number) => afterFailure(state, 'batch-too-large', sent);
  const halved = tooLarge(failed(3), 500);
  assert.equal(halved, { failures: 0, batchRecords: 250 });
  assert.equal(tooLarge(halved, 7), { failures: 0, batchRecords: 3 });
  assert.equal(tooLarge({ failures: 0, batchRecords: 1 }, 1), { failures: 1, batchRecords: 1 });
  assert.is(afterAnswer(halved).batchRecords, 250);
});

test.run();
