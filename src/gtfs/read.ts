/**
 * A file of a feed through its table: bytes -> text -> records or rows. The shell around `TableReader`.
 */
import type { FeedFile } from './feed.ts';
import type { Header } from './header.ts';
import type { Report } from './problems.ts';
import type { TakeRecord } from './records.ts';
import type { TableSpec } from './spec.ts';
import { TableReader } from './table.ts';

/** Streams `file`; `open` is given the header and returns what takes the records. `onPiece` sees every piece first. */
export async function readFile<S extends TableSpec>(
  file: FeedFile,
  spec: S,
  report: Report,
  open: (header: Header<S>) => TakeRecord,
  onPiece: (piece: Uint8Array) => void,
): Promise<void> {
  const reader = new TableReader(spec, file.path, report, open);
  // The reader itself meets the byte order mark, to warn of it.
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  for await (const piece of file.stream()) {
    onPiece(piece);
    reader.push(decoder.decode(piece, { stream: true }));
  }
  reader.push(decoder.decode());
  reader.end();
}
