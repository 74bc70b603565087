/**
 * Lines of a text laid out in trays, and each tray taken up again by itself: what is small stays in memory, the rest goes
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
const CHARS_HELD = 16_384;

/** UTF-8 has no character of more bytes to a UTF-16 unit. */
const BYTES_A_CHAR = 3;
const BYTES_A_NUMBER = 4;

/** Where a part of a tray stands in the file: its text, and behind it the numbers of its lines. */
interface Part {
  readonly at: number;
  readonly bytes: number;
  readonly lines: number;
}

export class Trays {
  readonly #texts: string[];
  readonly #numbers: number[][];
  readonly #parts: Part[][];
  #lines = 0;
  /** Opened when the first tray is full. */
  #file: { readonly folder: string; readonly fd: number } | undefined;
  #end = 0;
  #buffer = Buffer.alloc(0);

  constructor(count: number) {
    this.#texts = new Array<string>(count).fill('');
    this.#numbers = Array.from({ length: count }, () => []);
    this.#parts = Array.from({ length: count }, () => []);
  }

  get count(): number {
    return this.#texts.length;
  }

  /** How many were put there. */
  get lines(): number {
    return this.#lines;
  }

  /** `text` ends its line, and a number is below 2^32. Throws `TuraError` for the disk. */
  put(tray: number, number: number, text: string): void {
    const held = (this.#texts[tray] ?? '') + text;
    this.#texts[tray] = held;
    this.#numbers[tray]?.push(number);
    this.#lines += 1;
    if (held.length > CHARS_HELD) this.#write(tray);
  }

  /** After the last line: where some of the trays are in the file, the rest need no memory either. */
  end(): void {
    if (this.#file === undefined) return;
    for (const [tray, text] of this.#texts.entries()) if (text !== '') this.#write(tray);
    this.#buffer = Buffer.alloc(0);
  }

  /** As they were put there, in parts. Throws `TuraError` for the disk. */
  *of(tray: number): Generator<Lines> {
    for (const part of this.#parts[tray] ?? []) yield this.#read(part);
    const text = this.#texts[tray] ?? '';
    if (text !== '') yield { text, numbers: Uint32Array.from(this.#numbers[tray] ?? []) };
  }

  close(): void {
    if (this.#file !== undefined) closeSync(this.#file.fd);
    this.#file = undefined;
  }

  #write(tray: number): void {
    const [text, numbers] = [this.#texts[tray] ?? '', this.#numbers[tray] ?? []];
    const most = text.length * BYTES_A_CHAR + numbers.length * BYTES_A_NUMBER;
    if (this.#buffer.length < most) this.#buffer = Buffer.alloc(most);
    const bytes = this.#buffer.write(text);
    let end = bytes;
    for (const number of numbers) end = this.#buffer.writeUInt32LE(number, end);
    this.#writeAll(end);
    this.#parts[tray]?.push({ at: this.#end, bytes, lines: numbers.length });
    this.#end += end;
    this.#texts[tray] = '';
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
