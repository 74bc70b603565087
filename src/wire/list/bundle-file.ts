import { createReadStream } from 'node:fs';
import { diskFault } from '../../disk/sqlite.ts';
import type { BundleSource } from './read-bundle.ts';

/** A bundle in a file, read piece by piece. The pieces throw `TuraError` for a file that is not there or not readable. */
export function bundleFile(file: string): BundleSource {
  return { name: file, pieces: piecesOf(file) };
}

async function* piecesOf(file: string): AsyncGenerator<Uint8Array> {
  try {
    for await (const piece of createReadStream(file)) yield piece as Uint8Array;
  } catch (error) {
    throw diskFault(error, file, 'list bundle');
  }
}
