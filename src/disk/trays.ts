/**
 * Lines of UTF-8 laid out in trays, and each tray taken up again by itself: what is small stays in memory, the rest goes
 * to a file that has no name any more once it is open, so that nothing is left of it however the process ends.
 */
import { randomUUID } from 'node:crypto';
import { closeSync, openSync, readSync, unlinkSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { assert, TuraError } from '../core/error.ts';
import { diskFault } from './sqlite.ts';

/** Whole lines, each with its end, and beside each the number that it has in its file. */
export interface Lines {
  readonly text: string;
  readonly numbers: Uint32Array;
}

/** A tray with more is written to the file. */
const BYTES_HELD = 16_384;

const BYTES_A_NUMBER = 4;
const LINE_END = 0x0a;
const EMPTY = Buffer.alloc(0);

interface Tray {
  /** Its newest lines, up to `end`, and their numbers. */
  bytes: Buffer;
  end: number;
  readonly numbers: number[];
  /** Those before them. */
  readonly parts: Part[];
}

/** Where a part of a tray stands in the file: its text, and behind it the numbers of its lines. */
interface Part {
  readonly at: number;
  readonly bytes: number;
  readonly lines: number;
}

export class Trays {
  readonly #trays: readonly Tray[];
  #lines = 0;
  /** Opened when the first tray is full. */
  #file: { readonly folder: string; readonly fd: number } | undefined;
  #end = 0;
  #buffer = EMPTY;

  constructor(count: number) {
    this.#trays = Array.from({ length: count }, () => ({ bytes: EMPTY, end: 0, numbers: [], parts: [] }));
  }

  get count(): number {
    return this.#trays.length;
  }

  /** How many were put there. */
  get lines(): number {
    return this.#lines;
  }

  /** The line stands in `line` from `from` to `to`, without its end. A number is below 2^32. Throws `TuraError` for the disk. */
  put(place: number, number: number, line: Buffer, from = 0, to = line.length): void {
    const tray = this.#trays[place];
    assert(tray !== undefined, 'a tray of these');
    const length = to - from + 1;
    if (tray.end + length > tray.bytes.length) {
      if (tray.end > 0) this.#write(tray);
      if (length > tray.bytes.length) tray.bytes = Buffer.allocUnsafe(Math.max(length, BYTES_HELD));
    }
    line.copy(tray.bytes, tray.end, from, to);
    tray.end += length;
    tray.bytes[tray.end - 1] = LINE_END;
    tray.numbers.push(number);
    this.#lines += 1;
    // A line alone may be more than a tray holds.
    if (tray.end > BYTES_HELD) this.#write(tray);
  }

  /** After the last line: where some of the trays are in the file, the rest need no memory either. */
  end(): void {
    if (this.#file === undefined) return;
    for (const tray of this.#trays) {
      if (tray.end > 0) this.#write(tray);
      tray.bytes = EMPTY;
    }
    this.#buffer = EMPTY;
  }

  /** As they were put there, in parts. Throws `TuraError` for the disk. */
  *of(place: number): Generator<Lines> {
    const tray = this.#trays[place];
    assert(tray !== undefined, 'a tray of these');
    for (const part of tray.parts) yield this.#read(part);
    if (tray.end === 0) return;
    yield { text: tray.bytes.toString('utf8', 0, tray.end), numbers: Uint32Array.from(tray.numbers) };
  }

  close(): void {
    if (this.#file !== undefined) closeSync(this.#file.fd);
    this.#file = undefined;
  }

  #write(tray: Tray): void {
    const { bytes, end: textEnd, numbers, parts } = tray;
    const length = textEnd + numbers.length * BYTES_A_NUMBER;
    if (this.#buffer.length < length) this.#buffer = Buffer.allocUnsafe(length);
    bytes.copy(this.#buffer, 0, 0, textEnd);
    let end = textEnd;
    for (const number of numbers) end = this.#buffer.writeUInt32LE(number, end);
    this.#writeAll(length);
    parts.push({ at: this.#end, bytes: textEnd, lines: numbers.length });
    this.#end += length;
    // One line that was longer than a tray should not be what it holds from then on.
    if (bytes.length > BYTES_HELD) tray.bytes = EMPTY;
    tray.end = 0;
    numbers.length = 0;
  }

  #writeAll(bytes: number): void {
    this.#onDisk(fd => {
      for (let at = 0; at < bytes; ) at += writeSync(fd, this.#buffer, at, bytes - at, this.#end + at);
    });
  }

  #read({ at, bytes, lines }: Part): Lines {
    const whole = Buffer.alloc(bytes + lines * BYTES_A_NUMBER);
    this.#onDisk(fd => {
      const read = readSync(fd, whole, 0, whole.length, at);
      assert(read === whole.length, 'what was laid out is all there');
    });
    const numbers = new Uint32Array(lines);
    for (let line = 0; line < lines; line++)
      numbers[line] = whole.readUInt32LE(bytes + line * BYTES_A_NUMBER);
    return { text: whole.toString('utf8', 0, bytes), numbers };
  }

  #onDisk(use: (fd: number) => void): void {
    const folder = this.#file?.folder ?? tmpdir();
    try {
      this.#file ??= { folder, fd: openNameless(folder) };
      use(this.#file.fd);
    } catch (error) {
      throw roomFault(error, folder);
    }
  }
}

function roomFault(error: unknown, folder: string): unknown {
  const fault = diskFault(error, folder, 'temporary files in');
  if (!(fault instanceof TuraError)) return fault;
  const { code, message } = fault;
  const expected = 'room for a copy of what is read, in the folder that TMPDIR names';
  return new TuraError(code, message, { where: folder, expected, cause: error });
}

function openNameless(folder: string): number {
  const name = join(folder, `tura-${randomUUID()}`);
  const fd = openSync(name, 'wx+', 0o600);
  unlinkSync(name);
  return fd;
}
