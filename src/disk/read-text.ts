/** Files that people wrote, as text: whole, or in pieces where they may be larger than memory. */
import { isUtf8 } from 'node:buffer';
import { createReadStream, readFileSync } from 'node:fs';
import { TuraError } from '../core/error.ts';
import { diskFault } from './sqlite.ts';

/**
 * `what` is what people call the file, `expected` what should stand there. Throws `TuraError` bad-input for one that is
 * not there, may not be read, or is no UTF-8.
 */
export function readText(file: string, what: string, expected: string): string {
  try {
    return decoder().decode(readFileSync(file));
  } catch (error) {
    throw unreadable(error, file, what, expected);
  }
}

const PIECE_BYTES = 262_144;

/** As `readText`, in pieces of whole characters, as bytes: whoever asks a few of them need not make text of them all. */
export async function* streamBytes(file: string, what: string, expected: string): AsyncGenerator<Buffer> {
  let cut: Buffer = Buffer.alloc(0);
  try {
    for await (const piece of createReadStream(file, { highWaterMark: PIECE_BYTES })) {
      const read: Buffer = piece;
      const bytes = cut.length === 0 ? read : Buffer.concat([cut, read]);
      const end = lastWhole(bytes);
      cut = bytes.subarray(end);
      yield sound(bytes.subarray(0, end));
    }
    yield sound(cut);
  } catch (error) {
    throw unreadable(error, file, what, expected);
  }
}

export async function* streamText(file: string, what: string, expected: string): AsyncGenerator<string> {
  for await (const bytes of streamBytes(file, what, expected)) yield bytes.toString();
}

function sound(bytes: Buffer): Buffer {
  // Throws what says that, as whoever reads the file whole would.
  if (!isUtf8(bytes)) decoder().decode(bytes);
  return bytes;
}

/** Where the last character ends that is not cut off; what is no UTF-8 at all is left to the decoder. */
function lastWhole(bytes: Buffer): number {
  for (let at = bytes.length - 1; at >= 0 && at > bytes.length - CHARACTER_BYTES; at--) {
    const byte = bytes[at] ?? 0;
    if (byte < 0x80) return bytes.length;
    // The first byte of a character says by its leading ones how long it is (RFC 3629, section 3).
    if (byte >= 0xc0) return at + Math.clz32(~(byte << 24)) > bytes.length ? at : bytes.length;
  }
  return bytes.length;
}

const CHARACTER_BYTES = 4;

/** A byte order mark is left to whoever parses: it stands in the column count. */
function decoder() {
  return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
}

const REFUSALS: Readonly<Record<string, string>> = {
  ERR_ENCODING_INVALID_ENCODED_DATA: 'is not UTF-8 text',
  EACCES: 'no right to read it',
  EPERM: 'no right to read it',
};

function unreadable(error: unknown, file: string, what: string, expected: string): unknown {
  const refused = REFUSALS[error instanceof Error && 'code' in error ? String(error.code) : ''];
  if (refused !== undefined) {
    const message = `${what} ${file}: ${refused}`;
    return new TuraError('bad-input', message, { where: file, expected, cause: error });
  }
  const fault = diskFault(error, file, what);
  if (!(fault instanceof TuraError)) return error;
  return new TuraError(fault.code, fault.message, { where: file, expected, cause: error });
}
