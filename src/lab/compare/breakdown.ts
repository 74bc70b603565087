/** Money, rides and riders told apart by one dimension, added up tap by tap in typed arrays. */
import { FUNDERS, type Funder } from '../../core/tap.ts';
import type { Key } from './boarding.ts';
import type { Group, Totals } from './comparison.ts';
import { RidersOf } from './riders-of.ts';
import type { Both } from './sides.ts';
import type { Judged } from './verdicts.ts';

/** Groups beyond these are added up as one: a column of free text must not fill the memory. */
export const MOST_GROUPS = 4_000;

/** What those are called. */
export const OTHERS = '(others)';

const RIDES = FUNDERS.length;
/** Of one group under one tariff: a sum a funder, then the rides. */
const COLUMNS = FUNDERS.length + 1;

export class Breakdown {
  readonly #groups = new Map<Key, number>();
  /** By group: who was seen in it. */
  readonly #riders: RidersOf[] = [];
  #sums = new Float64Array(2 * COLUMNS * 16);

  /** The group's number. */
  of(key: Key): number {
    const known = this.#groups.get(key);
    if (known !== undefined) return known;
    if (this.#groups.size >= MOST_GROUPS && key !== OTHERS) return this.of(OTHERS);
    const group = this.#riders.push(new RidersOf()) - 1;
    this.#groups.set(key, group);
    const needed = 2 * COLUMNS * (group + 1);
    if (needed > this.#sums.length) {
      const grown = new Float64Array(needed * 2);
      grown.set(this.#sums);
      this.#sums = grown;
    }
    return group;
  }

  seen(group: number, rider: number): void {
    this.#riders[group]?.add(rider);
  }

  paid(group: number, side: 0 | 1, funder: Funder, amountMinor: number): void {
    this.#add(group, side, FUNDER_COLUMNS[funder], amountMinor);
  }

  rode(group: number, side: 0 | 1): void {
    this.#add(group, side, RIDES, 1);
  }

  sumsOf(group: number): Omit<Totals, 'riders'> {
    return {
      paidMinor: {
        rider: this.#both(group, FUNDER_COLUMNS.rider),
        region: this.#both(group, FUNDER_COLUMNS.region),
        partner: this.#both(group, FUNDER_COLUMNS.partner),
        operator: this.#both(group, FUNDER_COLUMNS.operator),
      },
      rides: this.#both(group, RIDES),
    };
  }

  /** Numbers in their order; names by how many rides they have, the most first. */
  groups(judged: Judged): readonly Group[] {
    const groups = [...this.#groups].map(([key, group]): Group => {
      return { key, ...this.sumsOf(group), riders: judged.among(this.#riders[group] ?? new RidersOf()) };
    });
    return groups.sort(inOrder);
  }

  #add(group: number, side: 0 | 1, column: number, value: number): void {
    const place = (group * 2 + side) * COLUMNS + column;
    this.#sums[place] = (this.#sums[place] ?? 0) + value;
  }

  #both(group: number, column: number): Both<number> {
    const first = group * 2 * COLUMNS + column;
    return [this.#sums[first] ?? 0, this.#sums[first + COLUMNS] ?? 0];
  }
}

const FUNDER_COLUMNS: Readonly<Record<Funder, number>> = { rider: 0, region: 1, partner: 2, operator: 3 };

function inOrder(a: Group, b: Group): number {
  if (typeof a.key === 'number' && typeof b.key === 'number') return a.key - b.key;
  const [more, fewer] = [ridesOf(b), ridesOf(a)];
  return more - fewer || (a.key < b.key ? -1 : 1);
}

function ridesOf({ rides: [old, fresh] }: Group): number {
  return Math.max(old, fresh);
}
