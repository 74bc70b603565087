/**
 * A bundle into its SQLite file, all or nothing: one transaction, so that whatever fails, or kills, leaves the list
 * that was active. Whoever reads the file keeps what it reads until it asks for the new one.
 */
import { TuraError } from '../../core/error.ts';
import { type Freshness, freshnessAt, type ListKind, type Operation } from '../../core/list/envelope.ts';
import type { Realm } from '../../core/tap.ts';
import type { EpochMs } from '../../core/time.ts';
import { type Database, diskFault } from '../../disk/sqlite.ts';
import { encode } from '../../wire/codec.ts';
import type { Item } from '../../wire/list/bundle.ts';
import { listEnvelope, type WireEnvelope } from '../../wire/list/envelope.ts';
import { type BundleSource, readBundle, type TakeItem } from '../../wire/list/read-bundle.ts';
import { admit } from './admit.ts';
import { openTable, type Standing, standingOf } from './table.ts';

export interface ApplyOptions {
  readonly atMs: EpochMs;
  /** The realm of this vehicle; absent: that of the first bundle. */
  readonly realm?: Realm;
}

export interface Applied {
  /** `already`: this very version stood there; nothing was written. */
  readonly outcome: 'applied' | 'already';
  readonly envelope: WireEnvelope;
  /** Entries of the list as it stands now. */
  readonly entries: number;
  readonly freshness: Freshness;
}

/**
 * Throws `TuraError` bad-input for a bundle that is damaged, of another kind, realm or list, too old, early, or without
 * its base; disk-full, disk-read-only, disk-fault or state-in-use for the file.
 */
export async function applyList(
  kind: ListKind,
  source: BundleSource,
  file: string,
  options: ApplyOptions,
  check: (database: Database) => void = () => undefined,
): Promise<Applied> {
  const database = openTable(file, kind, 'write');
  try {
    // Waiting for another apply would stop the vehicle's taps: it is told at once.
    database.pragma('busy_timeout = 0');
    database.exec('BEGIN IMMEDIATE');
    const applied = await replace(database, kind, source, options);
    check(database);
    database.exec('COMMIT');
    return applied;
  } catch (error) {
    throw diskFault(error, file, 'list');
  } finally {
    // Closing rolls back what was not committed.
    database.close();
  }
}

async function replace(
  database: Database,
  kind: ListKind,
  source: BundleSource,
  { atMs, realm }: ApplyOptions,
): Promise<Applied> {
  const standing = standingOf(database);
  const writer = new EntryWriter(database, source.name);
  let already = false;
  const envelope = await readBundle(source, incoming => {
    already = admit(incoming, standing?.envelope, { name: source.name, kind, atMs, realm });
    if (already) return () => undefined;
    if (incoming.baseVersion === undefined) writer.clear();
    return writer.take;
  });
  const freshness = freshnessAt(envelope, atMs);
  if (already) return { outcome: 'already', envelope, entries: standing?.entries ?? 0, freshness };
  const entries = entriesAfter(standing, envelope, writer);
  database
    .prepare('INSERT OR REPLACE INTO list (one, envelope, entries) VALUES (1, ?, ?)')
    .run(encode(listEnvelope, envelope), entries);
  return { outcome: 'applied', envelope, entries, freshness };
}

function entriesAfter(
  standing: Standing | undefined,
  { baseVersion }: WireEnvelope,
  { added, removed }: EntryWriter,
): number {
  return baseVersion === undefined ? added : (standing?.entries ?? 0) + added - removed;
}

/** Carries operations out, and refuses those that do not fit what stands there. */
class EntryWriter {
  readonly #database: Database;
  readonly #name: string;
  readonly #statements: Readonly<Record<Operation, (item: Item) => boolean>>;
  added = 0;
  removed = 0;

  constructor(database: Database, name: string) {
    this.#database = database;
    this.#name = name;
    const add = database.prepare('INSERT OR IGNORE INTO entry (key, body) VALUES (?, ?)');
    const replace = database.prepare('UPDATE entry SET body = ? WHERE key = ?');
    const remove = database.prepare('DELETE FROM entry WHERE key = ? AND body = ?');
    this.#statements = {
      add: ({ key, body }) => add.run(key, body).changes === 1,
      replace: ({ key, body }) => replace.run(body, key).changes === 1,
      remove: ({ key, body }) => remove.run(key, body).changes === 1,
    };
  }

  clear(): void {
    this.#database.exec('DELETE FROM entry');
  }

  readonly take: TakeItem = item => {
    if (!this.#statements[item.operation](item)) {
      throw new TuraError(
        'bad-input',
        `${this.#name}: cannot ${item.operation} an entry ${WRONG_BASE[item.operation]}`,
        {
          where: this.#name,
          expected: 'a delta made from the list that stands here; apply the whole list',
        },
      );
    }
    if (item.operation === 'add') this.added += 1;
    if (item.operation === 'remove') this.removed += 1;
  };
}

const WRONG_BASE = {
  add: 'that is there already',
  replace: 'that is not there',
  remove: 'that is not there, or not as the bundle says',
} as const satisfies Record<Operation, string>;
