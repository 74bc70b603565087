/** Money, rides and riders told apart by one dimension, added up tap by tap. */
import { FUNDERS, type Funder } from '../../core/tap.ts';
import { type Bits, NO_BITS, withAll, withBit } from './bits.ts';
import type { Key } from './boarding.ts';
import type { Group, Totals } from './comparison.ts';
import type { Both } from './sides.ts';
import type { Judged } from './verdicts.ts';

/** Groups beyond these are added up as one: a column of free text must not fill the memory. */
export const MOST_GROUPS = 4_000;

/** What those are called. */
export const OTHERS = '(others)';

/** What is added up of one group under one tariff: a sum a funder, then the rides. */
export const FUNDER_COLUMNS: Readonly<Record<Funder, number>> = {
  rider: 0,
  region: 1,
  partner: 2,
  operator: 3,
};
export const RIDES = FUNDERS.length;
const COLUMNS = FUNDERS.length + 1;

/** Plain data, so that it can be handed to another process. */
export interface Sums {
  /** The number of each group. */
  readonly groups: Map<Key, number>;
  /** By group: who was seen in it. */
  readonly riders: Bits[];
  /** `[(group * 2 + side) * COLUMNS + column]` */
  sums: Float64Array;
}

export class Breakdown {
  readonly data: Sums;

  constructor(data: Sums = { groups: new Map(), riders: [], sums: new Float64Array(2 * COLUMNS * 16) }) {
    this.data = data;
  }

  /** The group's number. */
  of(key: Key): number {
    const { groups } = this.data;
    const known = groups.get(key);
    if (known !== undefined) return known;
    if (groups.size >= MOST_GROUPS && key !== OTHERS) return this.of(OTHERS);
    const group = groups.size;
    groups.set(key, group);
    this.data.riders.push(NO_BITS);
    const needed = 2 * COLUMNS * (group + 1);
    if (needed > this.data.sums.length) {
      const grown = new Float64Array(needed * 2);
      grown.set(this.data.sums);
      this.data.sums = grown;
    }
    return group;
  }

  seen(group: number, rider: number): void {
    const { riders } = this.data;
    riders[group] = withBit(riders[group] ?? NO_BITS, rider);
  }

  add(group: number, side: 0 | 1, column: number, value: number): void {
    const { sums } = this.data;
    const place = (group * 2 + side) * COLUMNS + column;
    sums[place] = (sums[place] ?? 0) + value;
  }

  /** Adds what another process added up; its first rider is ours with the number `firstRider`. */
  merge({ groups, riders, sums }: Sums, firstRider: number): void {
    for (const [key, theirs] of groups) {
      const own = this.of(key);
      this.data.riders[own] = withAll(
        this.data.riders[own] ?? NO_BITS,
        riders[theirs] ?? NO_BITS,
        firstRider,
      );
      for (let column = 0; column < 2 * COLUMNS; column++) {
        const place = own * 2 * COLUMNS + column;
        this.data.sums[place] = (this.data.sums[place] ?? 0) + (sums[theirs * 2 * COLUMNS + column] ?? 0);
      }
    }
  }

  /** Of the group, or of so many from it on. */
  sumsOf(group: number, count = 1): Omit<Totals, 'riders'> {
    const of = (side: 0 | 1, column: number): number => {
      let sum = 0;
      for (let index = group; index < group + count; index++)
        sum += this.data.sums[(index * 2 + side) * COLUMNS + column] ?? 0;
      return sum;
    };
    const both = (column: number): Both<number> => [of(0, column), of(1, column)];
    const { rider, region, partner, operator } = FUNDER_COLUMNS;
    return {
      paidMinor: {
        rider: both(rider),
        region: both(region),
        partner: both(partner),
        operator: both(operator),
      },
      rides: both(RIDES),
    };
  }

  /** Of all groups together. */
  get total(): Omit<Totals, 'riders'> {
    return this.sumsOf(0, this.data.groups.size);
  }

  /** Numbers in their order; names by how many rides they have, the most first. */
  all(judged: Judged): readonly Group[] {
    const found = [...this.data.groups].map(([key, group]): Group => {
      return { key, ...this.sumsOf(group), riders: judged.among(this.data.riders[group] ?? NO_BITS) };
    });
    return found.sort(inOrder);
  }
}

function inOrder(a: Group, b: Group): number {
  if (typeof a.key === 'number' && typeof b.key === 'number') return a.key - b.key;
  return ridesOf(b) - ridesOf(a) || (a.key < b.key ? -1 : 1);
}

function ridesOf({ rides: [old, fresh] }: Group): number {
  return Math.max(old, fresh);
}
