/** A code as a picture, through `zxing-wasm`, which is loaded when a picture is asked for and not before. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { TuraError } from '../core/error.ts';
import { writeWhole } from '../disk/write-whole.ts';

/** A policy's is as wide as on its paper, and corrects as much (rules of the fund for form 2, III). */
const WRITERS = {
  qr: { format: 'QRCode', options: '' },
  aztec: { format: 'Aztec', options: '' },
  pdf417: { format: 'PDF417', options: 'columns=10,ecLevel=4' },
} as const;

/** Pixels a module: 3 are enough for a screen, and leave a printer something to round. */
const SCALE = 4;

/** Throws bad-usage for a file that is no .svg or .png, bad-input for what no such code can hold, and for the disk. */
export async function drawBarcode(
  file: string,
  code: string | Uint8Array,
  format: keyof typeof WRITERS,
): Promise<void> {
  const kind = /\.(svg|png)$/.exec(file)?.[1];
  if (kind === undefined) {
    const expected = 'a file that ends in .svg or .png';
    throw new TuraError('bad-usage', `--out ${file}: no kind of picture`, { expected });
  }
  const { prepareZXingModule, writeBarcode } = await import('zxing-wasm/writer');
  // Or it would be fetched from a server.
  const binary = createRequire(import.meta.url).resolve('zxing-wasm/writer/zxing_writer.wasm');
  const { buffer, byteOffset, byteLength } = readFileSync(binary);
  const wasmBinary = buffer.slice(byteOffset, byteOffset + byteLength);
  prepareZXingModule({ overrides: { wasmBinary } });
  const { svg, image, error } = await writeBarcode(code, { ...WRITERS[format], scale: SCALE });
  if (error !== '' || image === null) throw new TuraError('bad-input', `no ${format} code: ${error}`);
  const picture = kind === 'svg' ? svg : new Uint8Array(await image.arrayBuffer());
  writeWhole(file, picture, 'picture');
}
