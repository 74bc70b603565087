/**
 * The port of everything the doctor asks of a machine. Each answer comes within a stated time, and what is not there is
 * a value: a test feeds it any machine, and no machine makes it hang.
 */
import type { EpochMs } from '../../core/time.ts';

/** Packages whose native part belongs to the machine. */
export type NativePackage = 'better-sqlite3' | 'nfc-pcsc' | 'serialport';

export interface System {
  /** As Node names them: `linux`, `arm64`, `20.19.0`. */
  readonly platform: string;
  readonly arch: string;
  readonly nodeVersion: string;
  readonly user: string;
  /** Where PC/SC's daemon listens. */
  readonly pcscSocket: string;
  now(): EpochMs;
  /** A small text file of the system. Undefined where there is none, or none to be read. */
  read(path: string): Promise<string | undefined>;
  /** The names in a folder. Undefined where there is none. */
  list(path: string): Promise<readonly string[] | undefined>;
  /** What stands at a path, beyond its links. Undefined: nothing. */
  look(path: string): Promise<Standing | undefined>;
  /** Opens to read and write, without waiting for anybody, and closes again. The error code, where that fails. */
  tryOpen(path: string): Promise<string | undefined>;
  /** Connects to a socket of this machine. The error code, where that fails. */
  tryConnect(socket: string): Promise<string | undefined>;
  run(command: string, ...words: readonly string[]): Promise<Ran>;
  /** Throws `TuraError` link-down, link-slow, link-refused or link-nonsense. */
  get(url: string): Promise<Got>;
  /** What it says of itself. Throws whatever loading it throws. */
  load(name: NativePackage): Promise<string>;
  readers(): Promise<PcscAnswer>;
  /** Writes some sectors below `folder`, or below the nearest folder above it that is there, and takes them away. */
  disk(folder: string): Promise<DiskAnswer>;
}

export interface Standing {
  /** Its real name. */
  readonly path: string;
  readonly kind: 'file' | 'folder' | 'character device' | 'socket' | 'something else';
  readonly groupId: number;
}

/** `code` is undefined where the command is not there, or did not end in time. */
export interface Ran {
  readonly code: number | undefined;
  readonly out: string;
}

export interface Got {
  readonly status: number;
  readonly text: string;
  readonly tookMs: number;
}

export type PcscAnswer =
  | { readonly kind: 'readers'; readonly names: readonly string[] }
  | { readonly kind: 'lost'; readonly why: string; readonly mend?: string };

export type DiskAnswer =
  | {
      readonly kind: 'works';
      /** Where it was tried, by its real name. */
      readonly folder: string;
      readonly freeBytes: number;
      readonly sizeBytes: number;
      /** How long each of some small writes took to be on disk. */
      readonly syncMs: readonly number[];
    }
  | { readonly kind: 'fails'; readonly folder: string; readonly code: string }
  /** Nothing came back within the time stated here. */
  | { readonly kind: 'silent'; readonly afterMs: number };
