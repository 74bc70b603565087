/**
 * How often each thing of a tariff decided while scenarios were played: rules, products, and each side of each limit
 * apart. It listens to the engine as whoever explains a ride does.
 */
import type { Ride } from '../../core/fare/ride.ts';
import { decisionOf } from '../../core/reason.ts';
import type { Observer, RideOutcome } from '../scenario/observer.ts';
import type { Boundary } from './boundary.ts';
import type { Inventory } from './inventory.ts';

/** One thing, and how often it was met. */
export interface Counted {
  readonly kind: 'rule' | 'product' | 'side';
  /** `transfer:general-60`; of a side with its limit, `transfer:general-60 window 60:00`. */
  readonly name: string;
  /** Where it stands: `tariff.yaml:89`. */
  readonly at: string;
  readonly times: number;
}

export class Coverage implements Observer {
  readonly #inventory: Inventory;
  readonly #rules = new Map<string, number>();
  readonly #products = new Map<number, number>();
  readonly #sides = new Map<string, number>();
  /** What decided in the ride that is being rated. */
  readonly #deciding = new Set<string>();
  readonly #boundaries: ReadonlyMap<string, Boundary>;

  constructor(inventory: Inventory) {
    this.#inventory = inventory;
    this.#boundaries = new Map(inventory.boundaries.map(one => [`${one.ruleId}\0${one.limit}`, one]));
  }

  applied(ruleId: string): void {
    this.#deciding.add(ruleId);
  }

  passed(): void {}

  compared(ruleId: string, limit: string, value: number): void {
    const boundary = this.#boundaries.get(`${ruleId}\0${limit}`);
    if (boundary !== undefined) this.#meet(boundary, value);
  }

  rode(ride: Ride, { reason, parts }: RideOutcome): void {
    for (const { lines } of parts) {
      for (const { productId, ruleIds } of lines) {
        for (const ruleId of ruleIds) this.#deciding.add(ruleId);
        this.#products.set(productId, (this.#products.get(productId) ?? 0) + 1);
      }
    }
    if (decisionOf(reason) === 'accepted') this.#deciding.add(`category:${ride.category}`);
    for (const ruleId of this.#deciding) this.#rules.set(ruleId, (this.#rules.get(ruleId) ?? 0) + 1);
    this.#deciding.clear();
    for (const boundary of this.#inventory.moments) {
      const value = boundary.measure(ride);
      if (value !== undefined) this.#meet(boundary, value);
    }
  }

  #meet(boundary: Boundary, value: number): void {
    for (const side of boundary.sides) {
      if (!side.holds(value)) continue;
      const key = sideName(boundary, side.name);
      this.#sides.set(key, (this.#sides.get(key) ?? 0) + 1);
    }
  }

  /** Everything, in the order of the tariff. */
  counted(): readonly Counted[] {
    const { rules, products, boundaries, moments } = this.#inventory;
    return [
      ...[...rules].map(([name, { at }]): Counted => {
        return { kind: 'rule', name, at, times: this.#rules.get(name) ?? 0 };
      }),
      ...[...products].map(([id, { name, at }]): Counted => {
        return { kind: 'product', name: `${id} ${name}`, at, times: this.#products.get(id) ?? 0 };
      }),
      ...[...boundaries, ...moments].flatMap(boundary =>
        boundary.sides.map((side): Counted => {
          const name = sideName(boundary, side.name);
          const at = rules.get(boundary.ruleId)?.at ?? '';
          return { kind: 'side', name, at, times: this.#sides.get(name) ?? 0 };
        }),
      ),
    ];
  }
}

function sideName({ ruleId, limit }: Boundary, side: string): string {
  return `${ruleId} ${limit}: ${side}`;
}

/** Of several counts of one kind, the part that was met at all, in percent with one digit; 100 of none. */
export function percentMet(counted: readonly Counted[]): number {
  if (counted.length === 0) return 100;
  const met = counted.filter(({ times }) => times > 0).length;
  // Whole only when whole.
  return Math.floor((met / counted.length) * 1000) / 10;
}
