/**
 * What was derived from files is derived again when they change. A note beside it says what it came from and how each
 * file looked before it was read, which costs a look at each file and no reading. A small derived value stands in the
 * note itself.
 */
import { createHash } from 'node:crypto';
import {
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  type Stats,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { diskFault } from './sqlite.ts';

/** A file or a flat folder as it looks from outside. */
export interface Look {
  readonly path: string;
  readonly seen: string;
}

interface Note {
  readonly maker: string;
  readonly looks: readonly Look[];
  readonly value: unknown;
}

export interface Derived<Value> {
  readonly value: Value;
  /** The sources are as they were, and so is what makes the value of them. */
  readonly current: boolean;
}

/** To be taken before the sources are read: a change meanwhile is then a change. */
export function lookAt(...paths: readonly string[]): readonly Look[] {
  return paths.map(path => ({ path, seen: fingerprint(path) }));
}

/** `maker` names what makes the value: another version of it may make another. Undefined when nothing stands. */
export function derivedFrom<Value>(noteFile: string, maker: string): Derived<Value> | undefined {
  const note = readNote(noteFile);
  if (note === undefined) return undefined;
  const isAsItWas = ({ path, seen }: Look) => fingerprint(path) === seen;
  return { value: note.value as Value, current: note.maker === maker && note.looks.every(isAsItWas) };
}

/** Whole or not at all, and for its owner only: a value may hold a key. Throws `TuraError` for the disk. */
export function noteDerived(
  noteFile: string,
  maker: string,
  looks: readonly Look[],
  value: unknown = null,
): void {
  const note: Note = { maker, looks, value };
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
    const note = JSON.parse(readFileSync(file, 'utf8')) as Partial<Note> | null;
    const { maker, looks, value } = note ?? {};
    return typeof maker === 'string' && Array.isArray(looks) ? { maker, looks, value } : undefined;
  } catch {
    return undefined;
  }
}

function fingerprint(path: string): string {
  const hash = createHash('sha256').update(describe(path));
  for (const name of entriesOf(path)) hash.update(`\0${name} ${describe(join(path, name))}`);
  return hash.digest('hex');
}

/** Size and time of change can be those of another text (a copy that keeps times, an archive): the inode's cannot. */
function describe(path: string): string {
  const stat = statOf(path);
  return stat === undefined ? 'missing' : `${stat.size} ${stat.mtimeMs} ${stat.ctimeMs} ${stat.ino}`;
}

function entriesOf(path: string): string[] {
  try {
    return statOf(path)?.isDirectory() ? readdirSync(path).sort() : [];
  } catch {
    return [];
  }
}

/** Undefined for whatever cannot be seen; whoever reads it then says why. */
function statOf(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch {
    return undefined;
  }
}
