/**
 * What was derived from files is derived again when they change. A stamp beside the derived file says what it came
 * from: names, sizes and times of change, which costs a look at each file and no reading.
 */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Derived {
  /** The derived file is there and its sources are as they were. */
  readonly current: boolean;
  /** Says that the file now stands for the sources as they were when this was asked. */
  stamp(): void;
}

/** `sources` are files or flat folders. */
export function derivedFrom(file: string, sources: readonly string[]): Derived {
  const stampFile = `${file}.stamp`;
  const now = fingerprint(sources);
  const current = existsSync(file) && existsSync(stampFile) && readFileSync(stampFile, 'utf8') === now;
  return { current, stamp: () => writeFileSync(stampFile, now) };
}

/** A short name for a path, the same at every start. */
export function nameOfPath(path: string): string {
  return createHash('sha256').update(path).digest('hex').slice(0, 12);
}

function fingerprint(sources: readonly string[]): string {
  const files = sources.flatMap(source =>
    existsSync(source) && statSync(source).isDirectory()
      ? readdirSync(source)
          .map(name => join(source, name))
          .sort()
      : [source],
  );
  return files.map(file => `${file}\0${describe(file)}\n`).join('');
}

function describe(file: string): string {
  const stat = statSync(file, { throwIfNoEntry: false });
  return stat === undefined ? 'missing' : `${stat.size} ${stat.mtimeMs}`;
}
