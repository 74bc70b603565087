/**
 * The riders' states of a journal. A tap writes its rider's state beside its record, in the same row; here the newest
 * are held in memory and moved to a table of their own many at a time, so that no tap waits for a second page.
 */
import { type RiderState, readRiderState, writeRiderState } from '../../core/fare/rider.ts';
import { type Token, tokenKey } from '../../core/tap.ts';
import type { RiderUpdate } from '../../core/validator/event.ts';
import type { Database } from '../../disk/sqlite.ts';
import { tokenKeyBytes } from '../../wire/list/key.ts';
import { type Screen, screen } from '../list/screen.ts';

export const RIDER_SCHEMA = `
  CREATE TABLE rider(token BLOB PRIMARY KEY, state TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE riderMark(sequence INTEGER NOT NULL);
  INSERT INTO riderMark VALUES (0);
`;

/** So many states are read back at the most after a kill: some milliseconds. */
const SETTLE_AFTER = 512;

/** More than ride with one vehicle between two starts; beyond it the screen lets more through, and nothing else. */
const RIDERS_SCREENED = 65_536;

/** A rider's state as it stands in a row. */
export interface RiderRow {
  readonly token: Uint8Array;
  readonly state: string;
}

export class Riders {
  readonly #database: Database;
  readonly #statements: ReturnType<typeof prepare>;
  /** Most riders are new to a vehicle. */
  readonly #screen: Screen;
  /** Newer than the table, by token key. */
  readonly #newest = new Map<string, { readonly row: RiderRow; readonly state: RiderState }>();
  /** Rows since the mark: what a kill would leave to be read back. */
  #unsettled = 0;

  constructor(database: Database) {
    this.#database = database;
    this.#statements = prepare(database);
    this.#readBack();
    this.#screen = screen((after, limit) => this.#statements.tokens.all(after, limit), RIDERS_SCREENED);
  }

  /** What a kill left beside the records goes to the table. */
  #readBack(): void {
    const rows = this.#statements.unsettled.all();
    const last = rows.at(-1);
    if (last === undefined) return;
    this.#database.transaction(() => {
      for (const { token, state } of rows) this.#statements.remember.run(token, state);
      this.#statements.mark.run(last.sequence);
    })();
  }

  get(token: Token): RiderState | undefined {
    const newest = this.#newest.get(tokenKey(token));
    if (newest !== undefined) return newest.state;
    const key = tokenKeyBytes(token);
    if (!this.#screen.mayHold(key)) return undefined;
    const state = this.#statements.state.get(key);
    return state === undefined ? undefined : readRiderState(JSON.parse(state));
  }

  /** After the row is on disk. */
  remember({ token, state }: RiderUpdate, row: RiderRow): void {
    this.#newest.set(tokenKey(token), { row, state });
    this.#screen.add(row.token);
    this.#unsettled++;
  }

  /** Moves what is held to the table when it has become much; `sequence` is the last that was written. */
  settle(sequence: number): void {
    if (this.#unsettled < SETTLE_AFTER) return;
    this.#database.transaction(() => {
      for (const { row } of this.#newest.values()) this.#statements.remember.run(row.token, row.state);
      this.#statements.mark.run(sequence);
    })();
    this.#newest.clear();
    this.#unsettled = 0;
  }

  close(): void {
    this.#screen.close();
  }
}

export function riderRow({ token, state }: RiderUpdate): RiderRow {
  return { token: tokenKeyBytes(token), state: writeRiderState(state) };
}

function prepare(database: Database) {
  return {
    unsettled: database.prepare<[], RiderRow & { readonly sequence: number }>(
      `SELECT sequence, token, state FROM record WHERE sequence > (SELECT sequence FROM riderMark) AND token IS NOT NULL
       ORDER BY sequence`,
    ),
    tokens: database
      .prepare<[Uint8Array, number], Uint8Array>(
        'SELECT token FROM rider WHERE token > ? ORDER BY token LIMIT ?',
      )
      .pluck(),
    state: database.prepare<[Uint8Array], string>('SELECT state FROM rider WHERE token = ?').pluck(),
    remember: database.prepare<[Uint8Array, string]>(
      'INSERT INTO rider(token, state) VALUES (?, ?) ON CONFLICT(token) DO UPDATE SET state = excluded.state',
    ),
    mark: database.prepare<[number]>('UPDATE riderMark SET sequence = ?'),
  };
}
