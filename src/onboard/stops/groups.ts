/**
 * Rows that belong together (the stop times of a trip, the points of a shape) mostly stand together in the file, but
 * need not. They are gathered until there are many, then written group by group; a group that comes again later is
 * given to `write` again, which adds it to what was written.
 */

/** Memory is bounded by this; a file in the worst order is only read more slowly. */
const ROWS_HELD = 4_000;

export class Groups<Key, Item> {
  readonly #write: (key: Key, items: Item[]) => void;
  readonly #held = new Map<Key, Item[]>();
  #rows = 0;
  #lastKey: Key | undefined;
  #lastItems: Item[] = [];

  constructor(write: (key: Key, items: Item[]) => void) {
    this.#write = write;
  }

  add(key: Key, item: Item): void {
    if (key !== this.#lastKey) this.#turnTo(key);
    this.#lastItems.push(item);
    this.#rows += 1;
    if (this.#rows >= ROWS_HELD) this.flush();
  }

  /** Writes what is held. */
  flush(): void {
    for (const [key, items] of this.#held) this.#write(key, items);
    this.#held.clear();
    this.#rows = 0;
    this.#lastKey = undefined;
  }

  #turnTo(key: Key): void {
    this.#lastKey = key;
    this.#lastItems = this.#held.get(key) ?? [];
    this.#held.set(key, this.#lastItems);
  }
}
