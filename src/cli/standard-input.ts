/** Standard input whole, as a file is read whole. */
import { TuraError } from '../core/error.ts';

/** More than any itinerary; what goes on for ever is no file. */
const INPUT_BYTES = 2 ** 24;

export async function readStandardInput(): Promise<string> {
  const bytes = await readStandardBytes();
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw new TuraError('bad-input', 'stdin: is not UTF-8 text', {
      where: 'stdin',
      expected: 'UTF-8',
      cause,
    });
  }
}

export async function readStandardBytes(): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of process.stdin) {
    const taken: Uint8Array = piece;
    bytes += taken.length;
    if (bytes > INPUT_BYTES) {
      const expected = `at most ${INPUT_BYTES / 2 ** 20} MiB`;
      throw new TuraError('bad-input', `stdin: goes on beyond ${INPUT_BYTES / 2 ** 20} MiB`, {
        where: 'stdin',
        expected,
      });
    }
    pieces.push(taken);
  }
  return Buffer.concat(pieces);
}
