/** The machine this runs on, behind the doctor's port. */
import { execFile } from 'node:child_process';
import { constants } from 'node:fs';
import { open, readdir, readFile, realpath, stat } from 'node:fs/promises';
import { connect } from 'node:net';
import { userInfo } from 'node:os';
import { TuraError } from '../../../core/error.ts';
import { epoch } from '../../../core/time.ts';
import { linkFault } from '../../uplink/link-fault.ts';
import { textOf } from '../../uplink/response-text.ts';
import type { Got, NativePackage, Ran, Standing, System } from '../system.ts';
import { askDisk } from './disk.ts';
import { askPcsc } from './pcsc.ts';

const COMMAND_MS = 5_000;
const CONNECT_MS = 2_000;
const GET_MS = 5_000;

export const nodeSystem: System = {
  platform: process.platform,
  arch: process.arch,
  nodeVersion: process.versions.node,
  user: nameOfUser(),
  get pcscSocket() {
    return process.env.PCSCLITE_CSOCK_NAME ?? '/run/pcscd/pcscd.comm';
  },
  now: () => epoch(Date.now()),
  read: path => readFile(path, 'utf8').catch(() => undefined),
  list: path => readdir(path).catch(() => undefined),
  look: path => look(path).catch(() => undefined),
  tryOpen,
  tryConnect,
  run,
  get,
  load: name => LOADS[name](),
  readers: askPcsc,
  disk: folder => askDisk(folder),
};

/** A user of a container may have a number and no name. */
function nameOfUser(): string {
  try {
    return userInfo().username;
  } catch {
    return String(process.getuid?.() ?? 'nobody');
  }
}

async function look(path: string): Promise<Standing> {
  const real = await realpath(path);
  const stats = await stat(real);
  const kinds = [
    ['file', stats.isFile()],
    ['folder', stats.isDirectory()],
    ['character device', stats.isCharacterDevice()],
    ['socket', stats.isSocket()],
  ] as const;
  const [kind] = kinds.find(([, is]) => is) ?? ['something else' as const];
  return { path: real, kind, groupId: stats.gid };
}

/** A line without a carrier would hold whoever opens it; one that became a terminal would end with its cable. */
async function tryOpen(path: string): Promise<string | undefined> {
  try {
    const handle = await open(path, constants.O_RDWR | constants.O_NONBLOCK | constants.O_NOCTTY);
    await handle.close();
    return undefined;
  } catch (error) {
    return codeOf(error);
  }
}

function tryConnect(path: string): Promise<string | undefined> {
  return new Promise(resolve => {
    const socket = connect(path).setTimeout(CONNECT_MS);
    const end = (code: string | undefined) => {
      socket.destroy();
      resolve(code);
    };
    socket.once('connect', () => end(undefined));
    socket.once('timeout', () => end('ETIMEDOUT'));
    socket.once('error', error => end(codeOf(error)));
  });
}

function run(command: string, ...words: readonly string[]): Promise<Ran> {
  // In English, whatever the system speaks.
  const env = { ...process.env, LC_ALL: 'C' };
  return new Promise(resolve => {
    execFile(command, words, { timeout: COMMAND_MS, killSignal: 'SIGKILL', env }, (error, out) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : undefined;
      resolve({ code, out });
    });
  });
}

async function get(url: string): Promise<Got> {
  const exchange = new AbortController();
  const slow = new TuraError('link-slow', `${url}: no answer in ${GET_MS / 1000} s`, { where: url });
  const late = setTimeout(() => exchange.abort(slow), GET_MS);
  const startedMs = performance.now();
  try {
    const response = await fetch(url, { redirect: 'manual', signal: exchange.signal });
    const text = await textOf(response, url);
    return { status: response.status, text, tookMs: performance.now() - startedMs };
  } catch (error) {
    throw linkFault(error, url);
  } finally {
    clearTimeout(late);
  }
}

const LOADS: Readonly<Record<NativePackage, () => Promise<string>>> = {
  async 'better-sqlite3'() {
    const { default: Database } = await import('better-sqlite3');
    const database = new Database(':memory:');
    const version = database.prepare<[], string>('SELECT sqlite_version()').pluck().get();
    database.close();
    return `SQLite ${version}`;
  },
  async 'nfc-pcsc'() {
    await import('nfc-pcsc');
    return 'loads';
  },
  async serialport() {
    await import('serialport');
    return 'loads';
  },
};

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}
