import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { answerSchema } from '../../src/wire/answer.ts';

const ANSWER = {
  schema: 1,
  results: [{ result: 'new' }, { result: 'quarantined', why: 'byte 0: a map was expected' }],
  acknowledged: [{ deviceId: 'tmn-bus-101', epoch: '00112233aabbccdd', through: 2 }],
};

test('a vehicle reads the answer of a collector that says more than the vehicle knows', () => {
  const later = { ...ANSWER, results: [{ result: 'new', at: 5 }], servedBy: 'b' };
  assert.equal(answerSchema.parse(later).results, [{ result: 'new' }]);
});

const NONSENSE: readonly [what: string, changes: object][] = [
  ['another schema', { schema: 2 }],
  ['a result that has no name', { results: [{ result: 'lost' }] }],
  ['no results', { results: undefined }],
  ['an acknowledgement below zero', { acknowledged: [{ ...ANSWER.acknowledged[0], through: -1 }] }],
];

for (const [what, changes] of NONSENSE) {
  test(`an answer with ${what} is none`, () => {
    assert.ok(answerSchema.safeParse(ANSWER).success);
    assert.not(answerSchema.safeParse({ ...ANSWER, ...changes }).success);
  });
}

test.run();
