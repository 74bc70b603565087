import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { faultOf } from '../../../src/onboard/serial/mend.ts';

/** What node-serialport and Linux say, and what a person is told. */
const FAULTS: readonly (readonly [said: string, why: string, mend: RegExp])[] = [
  ['Error: No such file or directory, cannot open /dev/x', '/dev/x: no adapter is plugged in there', /by-id/],
  ['bad file descriptor', '/dev/x: no adapter is plugged in there', /by-id/],
  ['EIO: i/o error, read', '/dev/x: no adapter is plugged in there', /by-id/],
  ['Error: Permission denied, cannot open /dev/x', '/dev/x: this user may not open it', /dialout/],
  [
    'Error Resource temporarily unavailable Cannot lock port',
    '/dev/x: another program holds it',
    /^sudo fuser -v \/dev\/x names it/,
  ],
  [
    'Error: Inappropriate ioctl for device setting custom baud rate of 4800',
    '/dev/x: it is no serial port',
    /'path' in the device file/,
  ],
  ['Error baud rate of 4801 is not supported on your platform', '/dev/x: it knows no such speed', /'baud'/],
];

for (const [said, why, mend] of FAULTS) {
  test(`'${said}' is said as '${why}', with what to do`, () => {
    const fault = faultOf(said, '/dev/x');
    assert.is(fault.why, why);
    assert.match(fault.mend ?? '', mend);
  });
}

test('what nobody has seen yet is said as the machine says it', () => {
  assert.equal(faultOf('the moon is in the way', '/dev/x'), { why: '/dev/x: the moon is in the way' });
});

test.run();
