import { writeWhole } from '../../disk/write-whole.ts';

/** Whoever fetches it meanwhile gets the old one. Throws `TuraError` for the disk. */
export function writeBundle(file: string, bytes: Uint8Array): void {
  writeWhole(file, bytes, 'list bundle');
}
