/** The machine's serial ports through `serialport`, loaded when the first line is opened and not before. */
import { type Stats, statSync } from 'node:fs';
import { TuraError } from '../../core/error.ts';
import type { OpenPort, PortSettings } from './port.ts';

/** What is used of a `SerialPort`. */
interface Stream {
  readonly isOpen: boolean;
  readonly writableLength: number;
  open(opened: (fault: Error | null) => void): void;
  write(bytes: Uint8Array): boolean;
  close(closed: () => void): void;
  on(event: 'data', listener: (bytes: Uint8Array) => void): unknown;
  on(event: 'error', listener: (fault: Error) => void): unknown;
  /** `fault`: it was not closed, but lost. */
  on(event: 'close', listener: (fault: Error | null) => void): unknown;
}

interface Options extends Omit<PortSettings, 'baud'> {
  readonly baudRate: number;
  readonly autoOpen: false;
}

export interface SerialPackage {
  readonly SerialPort: new (options: Options) => Stream;
}

const INSTALL_LINE =
  'npm ci (it brings a binary for most machines; for others: sudo apt install build-essential python3)';

/** `load`: the package, or its mock with the binding that a test holds. */
export function nodePorts(load: () => Promise<SerialPackage> = () => import('serialport')): OpenPort {
  return async ({ path, baud, dataBits, parity, stopBits }, listener) => {
    const { SerialPort } = await loaded(load);
    const stream = new SerialPort({ path, baudRate: baud, dataBits, parity, stopBits, autoOpen: false });
    stream.on('data', bytes => listener.data(bytes));
    stream.on('error', fault => listener.lost(fault.message));
    stream.on('close', fault => listener.lost(fault?.message ?? 'closed'));
    await new Promise<void>((resolve, reject) => {
      stream.open(fault => (fault === null ? resolve() : reject(fault)));
    });
    const opened = deviceAt(path);
    return {
      write: bytes => {
        const isFree = stream.isOpen && stream.writableLength === 0;
        if (isFree) stream.write(bytes);
        return isFree;
      },
      isThere: () => isSame(opened, deviceAt(path)),
      close: () => closed(stream),
    };
  };
}

/** Throws `TuraError` reader-missing where the package or its binary is not there. */
async function loaded(load: () => Promise<SerialPackage>): Promise<SerialPackage> {
  try {
    return await load();
  } catch (cause) {
    const message = 'serial lines need serialport, which does not load here';
    throw new TuraError('reader-missing', message, { where: 'serialport', expected: INSTALL_LINE, cause });
  }
}

/** Absent where there is none, and where paths are no files (Windows). */
function deviceAt(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch {
    return undefined;
  }
}

/** An adapter plugged in again is another device, also under the same link. */
function isSame(opened: Stats | undefined, now: Stats | undefined): boolean {
  return opened === undefined || (now?.rdev === opened.rdev && now.ino === opened.ino);
}

function closed(stream: Stream): Promise<void> {
  return new Promise(resolve => {
    if (stream.isOpen) stream.close(() => resolve());
    else resolve();
  });
}
