/** Files that people wrote, as text: whole, or in pieces where they may be larger than memory. */
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

/** A piece of a text, and of how many bytes of its file it was made. */
export interface TextPiece {
  readonly text: string;
  readonly bytes: number;
}

const PIECE_BYTES = 65_536;

/** As `readText`, in pieces. */
export async function* streamText(file: string, what: string, expected: string): AsyncGenerator<TextPiece> {
  const begun = decoder();
  let cut: Uint8Array = new Uint8Array(0);
  try {
    for await (const piece of createReadStream(file, { highWaterMark: PIECE_BYTES })) {
      const read: Uint8Array = piece;
      const bytes = cut.length === 0 ? read : Buffer.concat([cut, read]);
      const end = lastWhole(bytes);
      cut = bytes.subarray(end);
      // Whole characters at one go take half the time of a stream's, and make texts of half the size.
      yield { text: begun.decode(bytes.subarray(0, end)), bytes: read.length };
    }
    yield { text: begun.decode(cut), bytes: 0 };
  } catch (error) {
    throw unreadable(error, file, what, expected);
  }
}

/** Where the last character ends that is not cut off; what is no UTF-8 at all is left to the decoder. */
function lastWhole(bytes: Uint8Array): number {
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
