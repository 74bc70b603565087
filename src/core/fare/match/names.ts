/** What no id stands for: an empty field, or a name that is nowhere. */
export const NONE = -1;

/** Ids of one kind, numbered from 0 in the order they are met: where it must be fast, numbers are compared. */
export class Names {
  readonly #numbers = new Map<string, number>();
  readonly all: string[] = [];

  /** The number of `name`, a new one when it was never met. */
  add(name: string): number {
    const known = this.#numbers.get(name);
    if (known !== undefined) return known;
    this.#numbers.set(name, this.all.length);
    return this.all.push(name) - 1;
  }

  /** `NONE` for an empty field and for what was never met. */
  of(name: string | undefined): number {
    return name === undefined ? NONE : (this.#numbers.get(name) ?? NONE);
  }

  nameOf(number: number): string {
    return this.all[number] ?? '';
  }
}

/** Sets of numbers, each different one numbered once; the empty set is 0. */
export class Sets {
  readonly #numbers = new Map<string, number>([['', 0]]);
  readonly #members: (readonly number[])[] = [[]];

  /** `members` in any order, with or without repetition. */
  add(members: Iterable<number>): number {
    const sorted = [...new Set(members)].sort((a, b) => a - b);
    const key = sorted.join(',');
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    this.#numbers.set(key, this.#members.length);
    return this.#members.push(sorted) - 1;
  }

  get size(): number {
    return this.#members.length;
  }

  membersOf(set: number): readonly number[] {
    return this.#members[set] ?? [];
  }

  has(set: number, member: number): boolean {
    return this.membersOf(set).includes(member);
  }
}
