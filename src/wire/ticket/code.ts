/**
 * What stands in the picture. `TURA1:` and Base45, for scanners that type what they see, or the same bytes bare, for
 * scanners that deliver bytes: zlib over one COSE_Sign1, the ticket, and where its phone proves itself a second one.
 * A UIC 918.3 code is known by its head, and refused by name.
 */
import { deflateSync, inflateSync } from 'node:zlib';
import { whyOf } from '../../core/error.ts';
import { Malformed } from '../malformed.ts';
import { base45, bytesOfBase45 } from './base45.ts';

const PREFIX = 'TURA1:';
/** What every zlib stream begins with that has the usual window (RFC 1950, 2.2). */
const ZLIB = 0x78;
/** The largest QR code holds 4,296 such characters. */
const MAX_CODE_BYTES = 4296;
const MAX_TICKET_BYTES = 4096;

export type Code =
  | { readonly kind: 'ticket'; readonly bytes: Uint8Array }
  /** Another convention's ticket. */
  | { readonly kind: 'foreign'; readonly what: string }
  | { readonly kind: 'none'; readonly why: string };

/** `bytes`: what `readCode` gave. */
export function codeOf(bytes: Uint8Array): string {
  return PREFIX + base45(deflateSync(bytes, { level: 9 }));
}

/** Any bytes give an answer. `why` says nothing of what stands in the code. */
export function readCode(code: Uint8Array): Code {
  if (code.length > MAX_CODE_BYTES) return none(`a code of ${code.length} bytes: at most ${MAX_CODE_BYTES}`);
  if (code.length === 0) return none('an empty code');
  const text = Buffer.from(code.buffer, code.byteOffset, code.length).toString('latin1');
  try {
    if (text.startsWith(PREFIX))
      return { kind: 'ticket', bytes: inflated(bytesOfBase45(text.slice(PREFIX.length))) };
    if (code[0] === ZLIB) return { kind: 'ticket', bytes: inflated(code) };
  } catch (error) {
    if (error instanceof Malformed) return none(`a ticket torn in scanning: ${error.message}`);
    throw error;
  }
  const uic = UIC_HEAD.exec(text);
  if (uic === null) return none(`no ticket, but a code of ${code.length} bytes`);
  return {
    kind: 'foreign',
    what: `a UIC 918.3 ticket, version ${uic[1]}, of issuer ${uic[2]}, key ${uic[3]}`,
  };
}

/** `#UT`, version 2, issuer 4, key 5 (DEVICES.md 6). */
const UIC_HEAD = /^#UT(\d{2})([\x20-\x7e]{4})([\x20-\x7e]{5})/;

function none(why: string): Code {
  return { kind: 'none', why };
}

function inflated(packed: Uint8Array): Uint8Array {
  const { bytes, taken } = inflate(packed);
  if (taken === packed.length) return bytes;
  throw new Malformed(`${packed.length - taken} bytes after it; does the scanner add a suffix?`);
}

/** With `info` Node also says how far it read, which its types do not know. */
interface Informed {
  readonly buffer: Uint8Array;
  readonly engine: { readonly bytesWritten: number };
}

function inflate(packed: Uint8Array): { bytes: Uint8Array; taken: number } {
  try {
    const informed: unknown = inflateSync(packed, { maxOutputLength: MAX_TICKET_BYTES, info: true });
    const { buffer, engine } = informed as Informed;
    return { bytes: buffer, taken: engine.bytesWritten };
  } catch (error) {
    if (error instanceof RangeError) throw new Malformed(`more than ${MAX_TICKET_BYTES} bytes inside`);
    throw new Malformed(whyOf(error));
  }
}
