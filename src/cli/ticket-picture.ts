/** A code as a picture, through `zxing-wasm`, which is loaded when a picture is asked for and not before. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { TuraError } from '../core/error.ts';

export const FORMATS = ['qr', 'aztec'] as const;

const NAMES = { qr: 'QRCode', aztec: 'Aztec' } as const;

/** Pixels a module: 3 are enough for a screen, and leave a printer something to round. */
const SCALE = 4;

export async function drawBarcode(
  code: string,
  format: (typeof FORMATS)[number],
  kind: 'svg' | 'png',
): Promise<string | Uint8Array> {
  const { prepareZXingModule, writeBarcode } = await import('zxing-wasm/writer');
  // Or it would be fetched from a server.
  const binary = createRequire(import.meta.url).resolve('zxing-wasm/writer/zxing_writer.wasm');
  const { buffer, byteOffset, byteLength } = readFileSync(binary);
  const wasmBinary = buffer.slice(byteOffset, byteOffset + byteLength);
  prepareZXingModule({ overrides: { wasmBinary } });
  const { svg, image, error } = await writeBarcode(code, { format: NAMES[format], scale: SCALE });
  if (error !== '' || image === null) throw new TuraError('bad-input', `no ${format} code: ${error}`);
  return kind === 'svg' ? svg : new Uint8Array(await image.arrayBuffer());
}
