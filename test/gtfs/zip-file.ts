/**
 * The bytes of a zip, made by hand so that a test can damage one thing at a time (PKWARE APPNOTE 4.3).
 */
import { crc32, deflateRawSync } from 'node:zlib';

export interface ZipEntry {
  readonly name: string;
  readonly content: string | Uint8Array;
  /** 8 is deflate, 0 stored. */
  readonly method?: number;
  readonly encrypted?: boolean;
  /** What the zip states, where that is to be a lie. */
  readonly statedBytes?: number;
  readonly statedSum?: number;
}

export function zipOf(entries: readonly ZipEntry[]): Buffer {
  const locals: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const entry of entries) {
    const { fields, name, data } = partsOf(entry);
    const local = Buffer.concat([
      word32(0x04034b50),
      word16(20),
      fields,
      word16(name.length),
      word16(0),
      name,
      data,
    ]);
    const where = Buffer.concat([word16(0), word16(0), word16(0), word32(0), word32(offset)]);
    const header = [
      word32(0x02014b50),
      word16(20),
      word16(20),
      fields,
      word16(name.length),
      word16(0),
      where,
      name,
    ];
    central.push(Buffer.concat(header));
    locals.push(local);
    offset += local.length;
  }
  const directory = Buffer.concat(central);
  const counts = [word16(0), word16(0), word16(entries.length), word16(entries.length)];
  const end = [word32(0x06054b50), ...counts, word32(directory.length), word32(offset), word16(0)];
  return Buffer.concat([...locals, directory, ...end]);
}

function partsOf(entry: ZipEntry) {
  const { method = 8, encrypted = false } = entry;
  const content = Buffer.from(entry.content);
  const data = method === 8 ? deflateRawSync(content) : content;
  const sizes = [word32(data.length), word32(entry.statedBytes ?? content.length)];
  const sum = word32(entry.statedSum ?? crc32(content));
  const fields = Buffer.concat([
    word16(encrypted ? 1 : 0),
    word16(method),
    word16(0),
    word16(0),
    sum,
    ...sizes,
  ]);
  return { fields, name: Buffer.from(entry.name), data };
}

function word16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
}

function word32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
