/**
 * What was derived from files is derived again when they change. A note beside it says what it came from: names, sizes
 * and times of change, which costs a look at each file and no reading. A small derived value stands in the note itself.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { diskFault } from './sqlite.ts';

interface Note {
  /** Files or flat folders. */
  readonly sources: readonly string[];
  readonly fingerprint: string;
  readonly value: unknown;
}

export interface Derived<Value> {
  readonly value: Value;
  /** The sources are as they were, and so is what makes the value of them. */
  readonly current: boolean;
}

/** `maker` names what makes the value: another version of it may make another. Undefined when nothing stands. */
export function derivedFrom<Value>(noteFile: string, maker: string): Derived<Value> | undefined {
  const note = readNote(noteFile);
  if (note === undefined) return undefined;
  return { value: note.value as Value, current: note.fingerprint === fingerprint(note.sources, maker) };
}

/** Whole or not at all, and for its owner only: a value may hold a key. Throws `TuraError` for the disk. */
export function noteDerived(
  noteFile: string,
  maker: string,
  sources: readonly string[],
  value: unknown = null,
): void {
  const note: Note = { sources, fingerprint: fingerprint(sources, maker), value };
  try {
    mkdirSync(dirname(noteFile), { recursive: true });
    writeFileSync(`${noteFile}.new`, JSON.stringify(note), { mode: 0o600 });
    renameSync(`${noteFile}.new`, noteFile);
  } catch (error) {
    throw diskFault(error, noteFile, 'state file');
  }
}

/** A short name for a path, the same at every start. */
export function nameOfPath(path: string): string {
  return createHash('sha256').update(path).digest('hex').slice(0, 12);
}

/** A note that cannot be read is as good as none: what it stood for is derived again. */
function readNote(file: string): Note | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Note;
  } catch {
    return undefined;
  }
}

function fingerprint(sources: readonly string[], maker: string): string {
  const hash = createHash('sha256').update(maker);
  for (const source of sources) {
    hash.update(`\0${describe(source)}`);
    for (const name of entriesOf(source)) hash.update(`\0${describe(join(source, name))}`);
  }
  return hash.digest('hex');
}

function describe(file: string): string {
  const stat = statSync(file, { throwIfNoEntry: false });
  return stat === undefined ? `${file} missing` : `${file} ${stat.size} ${stat.mtimeMs}`;
}

function entriesOf(path: string): string[] {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ? readdirSync(path).sort() : [];
}
