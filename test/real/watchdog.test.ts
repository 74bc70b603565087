/** A validator as systemd's service: on a real socket, with systemd's own `systemd-notify`. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { Child, start } from '../cli/child.ts';
import { newState } from '../cli/input.ts';
import { needs } from './needs.ts';

const testSupervised = needs(
  { command: 'systemd-notify', install: 'apt install systemd' },
  { command: 'python3', install: 'apt install python3' },
);

/** Takes datagrams, which Node cannot, and lets go of whatever came along, as systemd does. */
const LISTENER = `
import socket, sys
ear = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
ear.bind(sys.argv[1])
print('listening', flush=True)
while True:
    print(ear.recv(4096).decode(), flush=True)
`;

testSupervised('systemd hears that taps are taken, then signs of life, then the end', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tura-watchdog-'));
  const socket = join(folder, 'notify');
  const systemd = new Child(['python3', '-c', LISTENER, socket]);
  const own = { NOTIFY_SOCKET: process.env.NOTIFY_SOCKET, WATCHDOG_USEC: process.env.WATCHDOG_USEC };
  try {
    await systemd.says('listening');
    Object.assign(process.env, { NOTIFY_SOCKET: socket, WATCHDOG_USEC: '400000' });
    const validator = await start(['run', '--state', newState()]);
    for (const [name, value] of Object.entries(own)) {
      if (value === undefined) delete process.env[name];
    }
    await systemd.says('READY=1');
    assert.match(validator.out, /ready to tap/, 'said first to people');
    await systemd.says(/(WATCHDOG=1\nSTATUS=taking taps; 0 records waiting.*){3}/s);
    validator.interrupt('SIGTERM');
    assert.equal(await validator.ended, { code: 0, signal: null });
    await systemd.says('STOPPING=1');
    assert.is(validator.err, '');
  } finally {
    systemd.interrupt('SIGKILL');
    await systemd.ended;
    rmSync(folder, { recursive: true });
  }
});

test.run();
