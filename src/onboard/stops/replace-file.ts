/**
 * A file that is there whole or not at all: it is built beside its place, synced, and renamed into it. A kill at any
 * moment leaves the old one; whoever has the old one open reads on in it.
 */
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { TuraError } from '../../core/error.ts';
import { diskFault } from '../../disk/sqlite.ts';

/** Of this process, so that two builds of one file do not meet in one temporary. */
const underway = new Set<string>();

/** `build` fills the file it is given. Throws the disk's faults by name; `what` is what people call the file. */
export async function replaceFile<T>(
  file: string,
  what: string,
  build: (temporary: string) => Promise<T>,
): Promise<T> {
  const place = resolve(file);
  if (underway.has(place))
    throw new TuraError('state-in-use', `${what} ${file}: is being built`, { where: file });
  underway.add(place);
  try {
    return await buildBeside(file, what, build);
  } catch (fault) {
    throw diskFault(fault, file, what);
  } finally {
    underway.delete(place);
  }
}

async function buildBeside<T>(
  file: string,
  what: string,
  build: (temporary: string) => Promise<T>,
): Promise<T> {
  refuseFolder(file, what);
  mkdirSync(dirname(file), { recursive: true });
  removeLeftovers(file);
  const temporary = `${file}${MARK}${process.pid}`;
  closeSync(openSync(temporary, 'wx'));
  try {
    const result = await build(temporary);
    sync(temporary);
    renameSync(temporary, file);
    // The rename itself is durable only with the folder.
    sync(dirname(file));
    return result;
  } catch (fault) {
    rmSync(temporary, { force: true });
    throw fault;
  }
}

const MARK = '.building-';

function refuseFolder(file: string, what: string): void {
  if (statSync(file, { throwIfNoEntry: false })?.isDirectory() !== true) return;
  const expected = 'the name of a file';
  throw new TuraError('bad-usage', `${what} ${file} is a folder (expected ${expected})`, {
    where: file,
    expected,
  });
}

/** What killed builds left: a file whose process is gone. One that is still at work is let be. */
function removeLeftovers(file: string): void {
  const start = basename(file) + MARK;
  for (const name of readdirSync(dirname(file))) {
    if (!name.startsWith(start) || isAnotherAlive(Number(name.slice(start.length)))) continue;
    rmSync(join(dirname(file), name), { force: true });
  }
}

function isAnotherAlive(processId: number): boolean {
  if (!Number.isSafeInteger(processId) || processId <= 0 || processId === process.pid) return false;
  try {
    return process.kill(processId, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

function sync(path: string): void {
  const handle = openSync(path, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
