/** A suite file that passes twice and fails once. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';

test('one is one', () => assert.is(1, 1));
test('two are two', () => assert.is(2, 2));
test('one is two', () => assert.equal(1, 2));

test.run();
