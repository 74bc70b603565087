/** A suite file that never asks to be run. */
import { test } from 'uvu';

test('nobody sees this', () => undefined);
