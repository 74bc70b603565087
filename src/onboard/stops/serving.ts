/** Which routes stop where, noted while stop times are read: a blob a trip does not say it. */
import type { Database } from '../../disk/sqlite.ts';

export class Serving {
  readonly #routeOf;
  readonly #insert;
  /** Rows of `stops` by route_id. */
  readonly #stops = new Map<string, Set<number>>();

  constructor(database: Database) {
    this.#routeOf = database.prepare<[number], string>('SELECT route_id FROM trips WHERE line = ?').pluck();
    this.#insert = database.prepare<[number, string]>('INSERT INTO serving VALUES (?, ?)');
  }

  note(trip: number, times: readonly { readonly stop: number }[]): void {
    const routeId = this.#routeOf.get(trip);
    if (routeId === undefined) return;
    const stops = this.#stops.get(routeId) ?? new Set();
    this.#stops.set(routeId, stops);
    for (const { stop } of times) stops.add(stop);
  }

  write(): void {
    for (const [routeId, stops] of this.#stops) for (const stop of stops) this.#insert.run(stop, routeId);
  }
}
