/** A file of taps from its first to its last, of any length: what is read is handed on and forgotten. */
import { statSync } from 'node:fs';
import { streamText } from '../../disk/read-text.ts';
import { isRecords, type OpenTaps, type TakeTap, type TapsFor, type TapsReader } from './fare-tap.ts';
import { tapLines } from './taps-lines.ts';
import { tapsTable } from './taps-table.ts';

/** Throws `TuraError` bad-input for a file that cannot be read; what is wrong in it is told to `taps`. */
export async function streamTaps(
  file: string,
  taps: TapsFor,
  take: TakeTap,
  onProgress: (bytesRead: number, bytesTotal: number) => void,
): Promise<void> {
  const bytesTotal = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  let bytesRead = 0;
  let reader: TapsReader | undefined;
  for await (const { text, bytes } of streamText(file, 'the taps', 'a file of CSV or NDJSON')) {
    reader ??= formOf(text)(file, taps, take);
    reader.push(text);
    bytesRead += bytes;
    onProgress(bytesRead, bytesTotal);
  }
  reader?.end();
}

function formOf(beginning: string): OpenTaps {
  return isRecords(beginning) ? tapLines : tapsTable;
}
