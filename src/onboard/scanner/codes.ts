/**
 * Codes out of what a barcode scanner sends. A scanner that types ends each with CR or LF; one that sends bytes ends
 * with silence, since any byte may be the code's. Silence ends a line, too: some scanners are set to send no suffix.
 */

export const FRAMINGS = ['lines', 'bytes'] as const;
export type Framing = (typeof FRAMINGS)[number];

export interface CodeListener {
  /** Good until the call returns. */
  code(bytes: Uint8Array): void;
  /** What did not end where the largest code does; it is thrown away up to its end. */
  tooLong(): void;
}

/** The largest QR code holds 4,296 characters. */
const MAX_BYTES = 4296;
const CR = 0x0d;
const LF = 0x0a;

export class Codes {
  readonly #framing: Framing;
  readonly #listener: CodeListener;
  readonly #bytes = new Uint8Array(MAX_BYTES);
  #length = 0;

  constructor(framing: Framing, listener: CodeListener) {
    this.#framing = framing;
    this.#listener = listener;
  }

  push(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length; at++) {
      const byte = bytes[at] ?? 0;
      if (this.#framing === 'lines' && (byte === CR || byte === LF)) this.silence();
      else if (this.#length < MAX_BYTES) this.#bytes[this.#length++] = byte;
      else this.#length = TOO_LONG;
    }
  }

  /** Nothing came for as long as nothing comes only between two codes. */
  silence(): void {
    const length = this.#length;
    this.#length = 0;
    if (length === TOO_LONG) this.#listener.tooLong();
    else if (length > 0) this.#listener.code(this.#bytes.subarray(0, length));
  }

  /** What comes next has nothing to do with what came before. */
  reset(): void {
    this.#length = 0;
  }
}

const TOO_LONG = MAX_BYTES + 1;
