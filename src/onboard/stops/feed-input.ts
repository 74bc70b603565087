/**
 * The files of one feed on their way into the database: each is read once, by its table, and counted towards the
 * progress and the hash.
 */
import { createHash } from 'node:crypto';
import { suggest } from '../../core/suggest.ts';
import type { FeedFile, FeedSource } from '../../gtfs/feed.ts';
import type { Header } from '../../gtfs/header.ts';
import type { ProblemList } from '../../gtfs/problems.ts';
import { readFile } from '../../gtfs/read.ts';
import type { TakeRecord } from '../../gtfs/records.ts';
import type { TableSpec } from '../../gtfs/spec.ts';

export interface Progress {
  /** `stop_times.txt` */
  readonly file: string;
  readonly bytesRead: number;
  /** Of all files that will be read. */
  readonly bytesTotal: number;
}

export class FeedInput {
  readonly problems: ProblemList;
  readonly #source: FeedSource;
  /** Files that no table asks for: one may be a table misspelt. */
  readonly #strangers: readonly string[];
  readonly #bytesTotal: number;
  readonly #onProgress: (progress: Progress) => void;
  readonly #hashes: string[] = [];
  #bytesRead = 0;

  constructor(
    source: FeedSource,
    tables: readonly TableSpec[],
    problems: ProblemList,
    onProgress: (progress: Progress) => void,
  ) {
    this.problems = problems;
    this.#source = source;
    this.#onProgress = onProgress;
    const wanted = new Set(tables.map(spec => spec.file));
    this.#strangers = source.files.map(file => file.name).filter(name => !wanted.has(name));
    this.#bytesTotal = source.files.reduce((sum, { name, bytes }) => sum + (wanted.has(name) ? bytes : 0), 0);
  }

  has(spec: TableSpec): boolean {
    return this.#file(spec) !== undefined;
  }

  /** Streams the table's file. Without the file nothing is read; one that is required is then a problem. */
  async read<S extends TableSpec>(spec: S, open: (header: Header<S>) => TakeRecord): Promise<void> {
    const file = this.#file(spec);
    if (file === undefined) {
      if (spec.required) this.refuseMissing(spec);
      return;
    }
    const hash = createHash('sha256');
    await readFile(file, spec, this.problems.report, open, piece => {
      hash.update(piece);
      this.#bytesRead += piece.length;
      this.#onProgress({ file: spec.file, bytesRead: this.#bytesRead, bytesTotal: this.#bytesTotal });
    });
    this.#hashes.push(`${spec.file} ${hash.digest('hex')}\n`);
  }

  refuseMissing(spec: TableSpec): void {
    const meant = suggest(spec.file, this.#strangers);
    const hint = meant === undefined ? '' : `; is '${meant}' meant?`;
    this.problems.report({ at: { file: this.#source.path }, what: `has no ${spec.file}${hint}` });
  }

  warn(what: string): void {
    this.problems.report({ at: { file: this.#source.path }, what, severity: 'warning' });
  }

  /** SHA-256 over the names and contents of all files read: the same for a zip and its folder. */
  hash(): string {
    return createHash('sha256').update(this.#hashes.sort().join('')).digest('hex');
  }

  #file(spec: TableSpec): FeedFile | undefined {
    return this.#source.files.find(file => file.name === spec.file);
  }
}
