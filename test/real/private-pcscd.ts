/**
 * The real `pcscd` for one test: two virtual slots and nothing of the machine's. Its folders are its own (a mount
 * namespace), so no reader, socket or daemon of the machine is touched; clients find it through one variable.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Part } from './needs.ts';

const DRIVERS = '/usr/lib/pcsc/drivers';
const VPCD = `${DRIVERS}/serial/libifdvpcd.so`;
const INSTALL = 'apt install pcscd vsmartcard-vpcd libpcsclite-dev';
/** Somebody other than root gets the namespace through one of users. */
const UNSHARE = process.getuid?.() === 0 ? (['unshare', '-m'] as const) : (['unshare', '-rm'] as const);

/** What `needs` must find before one of these can be started. */
export const PCSCD_PARTS: readonly Part[] = [
  { command: 'pcscd', install: INSTALL },
  { file: VPCD, install: INSTALL },
  { works: ['node', '-e', "require('nfc-pcsc')"], install: `${INSTALL} && npm ci` },
  { works: [...UNSHARE, 'true'], install: 'a machine or container that allows mount namespaces' },
];

export interface Slot {
  /** As PC/SC clients see it. */
  readonly readerName: string;
  /** Where a virtual card connects. */
  readonly port: number;
}

export interface PrivatePcscd {
  /** The environment that leads a PC/SC client, and a process that starts one, to this daemon. */
  readonly env: { readonly PCSCLITE_CSOCK_NAME: string };
  readonly slots: readonly [Slot, Slot];
  /** Settles when the daemon takes clients; `unplugged`: it has no reader until it is started again. */
  start(how?: 'plugged' | 'unplugged'): Promise<void>;
  /** Ends the daemon without a chance to say good-bye; settles when it is gone. */
  kill(): Promise<void>;
  /** Stops it in its tracks: it lives and answers nobody. */
  freeze(): void;
  thaw(): void;
  /** Kills it and leaves nothing behind. */
  close(): Promise<void>;
}

/** Not started yet. `readerName` is what both slots are called, before `00 00` and `00 01`. */
export async function privatePcscd(readerName = 'ACS ACR122U PICC Interface'): Promise<PrivatePcscd> {
  const folder = mkdtempSync(join(tmpdir(), 'tura-pcscd-'));
  const port = await twoFreePorts();
  const plugged = readerConf(readerName, port, join(folder, 'vpcd.so'));
  let daemon: ChildProcess | undefined;

  const signal = (name: NodeJS.Signals) => {
    if (daemon?.exitCode === null) daemon.kill(name);
  };
  const kill = async () => {
    if (daemon === undefined || daemon.exitCode !== null || daemon.signalCode !== null) return;
    const gone = once(daemon, 'exit');
    daemon.kill('SIGKILL');
    await gone;
  };
  return {
    env: { PCSCLITE_CSOCK_NAME: join(folder, 'pcscd.comm') },
    slots: [
      { readerName: `${readerName} 00 00`, port },
      { readerName: `${readerName} 00 01`, port: port + 1 },
    ],
    start: async (how = 'plugged') => {
      writeFileSync(join(folder, 'reader.conf'), how === 'plugged' ? plugged : '');
      daemon = await startDaemon(folder);
    },
    kill,
    freeze: () => signal('SIGSTOP'),
    thaw: () => signal('SIGCONT'),
    close: async () => {
      await kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The tmpfs hides the drivers of real readers; vpcd's own is a copy that stays in sight. */
const IN_PRIVATE = [
  'set -e',
  `cp ${VPCD} "$1/vpcd.so"`,
  `mount -t tmpfs tura ${DRIVERS}`,
  'mount -t tmpfs tura /run',
  'mkdir /run/pcscd',
  'mount --bind "$1" /run/pcscd',
  // It must not outlive a test that was killed.
  'exec setpriv --pdeathsig KILL pcscd --foreground --info --config "$1/reader.conf"',
].join('\n');

async function startDaemon(folder: string): Promise<ChildProcess> {
  const [command, ...args] = UNSHARE;
  const daemon = spawn(command, [...args, 'sh', '-c', IN_PRIVATE, 'sh', folder], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  daemon.stderr.on('data', bytes => {
    said += bytes;
  });
  for await (const line of createInterface({ input: daemon.stdout })) {
    said += `${line}\n`;
    if (line.includes('daemon ready')) {
      daemon.stdout.resume();
      return daemon;
    }
  }
  throw new Error(`pcscd did not start:\n${said}`);
}

function readerConf(readerName: string, port: number, driver: string): string {
  const lines = [
    `FRIENDLYNAME "${readerName}"`,
    `DEVICENAME /dev/null:${port}`,
    `LIBPATH ${driver}`,
    'CHANNELID 1',
  ];
  return `${lines.join('\n')}\n`;
}

/** vpcd gives its second slot the port after the first's. */
async function twoFreePorts(): Promise<number> {
  for (let attempt = 0; attempt < 20; attempt += 1) {
    const one = createServer().listen(0);
    await once(one, 'listening');
    const address = one.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const two = createServer();
    const free = await new Promise<boolean>(resolve => {
      two.once('error', () => resolve(false)).listen(port + 1, () => resolve(true));
    });
    for (const server of free ? [one, two] : [one]) await new Promise(closed => server.close(closed));
    if (free) return port;
  }
  throw new Error('no two neighbouring ports are free');
}
