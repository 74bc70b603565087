import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { readable, type Tallied, Tally } from '../../../src/onboard/serial/tally.ts';

test('what is not understood is told the first, tenth and hundredth time, with the last example', () => {
  const told: Tallied[] = [];
  const tally = new Tally(tallied => told.push(tallied));
  for (let index = 1; index <= 150; index++) tally.add({ what: 'telegram lE…', example: `lE${index}` });
  assert.equal(told, [
    { what: 'telegram lE…', example: 'lE1', count: 1 },
    { what: 'telegram lE…', example: 'lE10', count: 10 },
    { what: 'telegram lE…', example: 'lE100', count: 100 },
  ]);
});

test('noise that names itself anew each time is counted as one after 64 kinds', () => {
  const told: Tallied[] = [];
  const tally = new Tally(tallied => told.push(tallied));
  for (let index = 0; index < 1000; index++) tally.add({ what: `sentence X${index}` });
  assert.is(told.length, 64 + 3);
  assert.equal(told.at(-1), { what: 'of yet another kind', count: 100 });
});

test('bytes are shown as people read them, and long ones are cut', () => {
  assert.is(readable(Buffer.from('l026\r\x00~\x7f\xe4', 'latin1')), 'l026<0D><00>~<7F><E4>');
  assert.is(readable(new Uint8Array(40).fill(0x61)), 'a'.repeat(40));
  assert.is(readable(new Uint8Array(41).fill(0x61)), `${'a'.repeat(40)}…`);
});

test.run();
