/** `tura doctor` as it is called: a line a check, a summary, an exit code that a monitor can go by. */
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { deviceText, newState, ROOT, write } from './input.ts';
import { objects, tura } from './tura.ts';

const STATES = ['ok', 'warning', 'wrong', 'not asked'];

/** No machine of a test has a serial line of this name. */
const NO_LINE = '/dev/tura-no-such-line';

test('what is wrong is an object with the line that mends it, the last line counts, and the answer is no', async () => {
  const device = join(ROOT, 'devices/rpi-acr122u.yaml');
  const ran = await tura('doctor', device, '--state', newState(), '--serial', NO_LINE, '--json');
  assert.is(ran.code, 1, ran.err);
  const lines = objects(ran);
  const [checks, [summary = {}]] = [lines.slice(0, -1), lines.slice(-1)];
  for (const { check, state, found, mend } of checks) {
    assert.type(check, 'string');
    assert.ok(STATES.includes(String(state)), String(check));
    assert.ok(String(found).length > 0, String(check));
    assert.is(mend !== undefined, state === 'warning' || state === 'wrong', String(check));
  }
  const line = checks.find(({ check }) => check === 'serial-tura-no-such-line');
  assert.is(line?.state, 'wrong');
  assert.match(String(line?.mend), /ls -l \/dev\/serial\/by-id/);
  const count = (state: string) => checks.filter(one => one.state === state).length;
  assert.equal(summary, {
    ...{ ok: count('ok'), warning: count('warning') },
    ...{ wrong: count('wrong'), notAsked: count('not asked') },
  });
  assert.match(ran.err, /tura-no-such-line +wrong +nothing at/, 'people read the same on stderr');
});

test('a reader that is not there is named, with the machine alone asked', async () => {
  const own = process.env.PCSCLITE_CSOCK_NAME;
  process.env.PCSCLITE_CSOCK_NAME = join(newState(), 'pcscd.comm');
  try {
    const ran = await tura('doctor', '--state', newState());
    assert.is(ran.code, 1);
    assert.match(
      ran.out,
      /^pcscd +wrong +pcscd is not (running|installed).*\n +sudo (systemctl enable|apt install)/m,
    );
    assert.match(ran.out, /^reader +not asked +asked once pcsc is in order$/m);
    assert.match(ran.out, /\n\d+ ok, \d+ warnings?, [1-9]\d* wrong, \d+ not asked\n$/);
    assert.is(ran.err, '');
  } finally {
    if (own === undefined) delete process.env.PCSCLITE_CSOCK_NAME;
    else process.env.PCSCLITE_CSOCK_NAME = own;
  }
});

test('people read a table: each name, state and finding in a column of its own, without colour in a pipe', async () => {
  const { out } = await tura('doctor', '--state', newState());
  const [table = ''] = out.split('\n\n');
  const rows = table.split('\n').filter(line => !line.startsWith(' '));
  const width = rows[0]?.search(/ok|warning|wrong|not asked/) ?? 0;
  for (const row of rows) assert.match(row.slice(width), /^(ok|warning|wrong|not asked) +\S/);
  assert.not.ok(out.includes('\u001b'));
});

test('a device file that cannot be read is bad input, and nothing is asked', async () => {
  const ran = await tura('doctor', write(deviceText({ realm: 'tset' }), 'd.yaml'));
  assert.is(ran.code, 2);
  assert.is(ran.out, '');
  assert.match(ran.err, /d\.yaml:5:8: .*expected/);
});

test('a collector that is asked for takes the place of the device file’s', async () => {
  const device = write(deviceText({}), 'd.yaml');
  const words = ['doctor', device, '--state', newState(), '--collector', 'http://127.0.0.1:9', '--json'];
  const found = objects(await tura(...words)).find(({ check }) => check === 'collector');
  assert.match(String(found?.found), /^http:\/\/127\.0\.0\.1:9\/healthz: /);
});

test.run();
