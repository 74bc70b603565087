/** Which parts of the vehicle do not work, so that what breaks and what works again is written down once. */
import type { VehicleState } from '../../core/validator/state.ts';

export class PartsWatch {
  #down: readonly string[];

  /** `down`: what the journal last said did not work. */
  constructor(down: readonly string[]) {
    this.#down = down;
  }

  /**
   * What is down from now on, where that is news; `forget` takes it back, for news that could not be written.
   * @param unreadable lists that cannot be read, by name
   */
  news(readers: VehicleState['readers'], unreadable: readonly string[]): News | undefined {
    const down = [...unreadable];
    for (const id in readers) if (readers[id]?.kind === 'down') down.push(`reader ${id}`);
    const before = this.#down;
    if (down.length === before.length && down.every((part, at) => part === before[at])) return undefined;
    this.#down = down;
    return { down, forget: () => (this.#down = before) };
  }
}

interface News {
  readonly down: readonly string[];
  readonly forget: () => void;
}
