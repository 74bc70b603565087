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

for (const code of ['batch-too-large', 'batch-refused'] as const) {
  const refused = (state: RetryState, sent: number) => afterFailure(state, code, sent);

  test(`${code}: the batch is halved and tried at once, and what passes is a limit that stays`, () => {
    const halved = refused(failed(3), 500);
    assert.equal([halved.failures, halved.batchRecords], [0, 250]);
    assert.is(refused(halved, 7).batchRecords, 3);
    assert.is(afterAnswer(halved).batchRecords, 250);
  });

  test(`${code} for a single record: once another passes it was the record, and batches are whole again`, () => {
    const single = refused({ ...FIRST_TRY, batchRecords: 1 }, 1);
    assert.equal([single.failures, single.batchRecords], [0, 1]);
    assert.equal(afterAnswer(single), FIRST_TRY);
  });

  test(`${code} for one record after another: the ninth waits, and each after it longer`, () => {
    let state: RetryState = { ...FIRST_TRY, batchRecords: 1 };
    const failures = Array.from({ length: 11 }, () => {
      state = refused(state, 1);
      return state.failures;
    });
    assert.equal(failures, [0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3]);
  });
}

test.run();
