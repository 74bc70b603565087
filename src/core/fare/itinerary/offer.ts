/** What a leg may be paid by: the winning rules with what their products cost a rider, medium by medium. */
import type { LegRule } from '../match/leg-rule.ts';
import type { Match } from '../match/matcher.ts';
import { NONE } from '../match/names.ts';
import type { PriceList } from './product.ts';
import type { Transfers } from './transfer.ts';

/** One way to pay for a leg. */
export interface Option {
  readonly rule: LegRule;
  /** The rule's leg group, `NONE` where no transfer rule concerns it. */
  readonly group: number;
  readonly product: number;
  readonly price: number;
  /** Only for who transfers to this leg, a draft (google/transit#345). */
  readonly transferOnly: boolean;
}

/** By medium; empty where it cannot pay, the very same list where two media pay alike. */
export type Offer = readonly (readonly Option[])[];

interface Terms {
  readonly prices: PriceList;
  readonly media: number;
  readonly productOfRule: Int32Array;
  readonly transfers: Transfers;
}

export class Offers {
  readonly #terms: Terms;
  /** By the match's number. */
  #remembered: Offer[] = [];
  #generation = 0;

  constructor(terms: Terms) {
    this.#terms = terms;
  }

  get prices(): PriceList {
    return this.#terms.prices;
  }

  of(match: Match, winners: readonly LegRule[]): Offer {
    if (match.conditional) return this.#offer(winners);
    if (match.generation !== this.#generation) this.#remembered = [];
    this.#generation = match.generation;
    const known = this.#remembered[match.number];
    if (known !== undefined) return known;
    const offer = this.#offer(winners);
    this.#remembered[match.number] = offer;
    return offer;
  }

  #offer(winners: readonly LegRule[]): Offer {
    const offer: (readonly Option[])[] = [];
    for (let medium = 0; medium < this.#terms.media; medium++) {
      const options = this.#optionsBy(medium, winners);
      offer.push(offer.find(other => areEqual(other, options)) ?? options);
    }
    return offer;
  }

  /** Of rules that lead to the same transfers the cheapest: the others are dearer whatever follows. */
  #optionsBy(medium: number, winners: readonly LegRule[]): readonly Option[] {
    const { prices, productOfRule, transfers } = this.#terms;
    const cheapest = new Map<string, Option>();
    for (const rule of winners) {
      const product = productOfRule[rule.index] ?? 0;
      const price = prices.priceOf(product, medium);
      if (Number.isNaN(price)) continue;
      const transferOnly = rule.row.transfer_only === 1;
      const group = transfers.concerns(rule.group) ? rule.group : NONE;
      const key = `${group}:${transferOnly}:${transfers.byProduct ? product : ''}`;
      const other = cheapest.get(key);
      if (other === undefined || price < other.price)
        cheapest.set(key, { rule, group, product, price, transferOnly });
    }
    return [...cheapest.values()];
  }
}

function areEqual(a: readonly Option[], b: readonly Option[]): boolean {
  return (
    a.length === b.length &&
    a.every((option, index) => option.rule === b[index]?.rule && option.price === b[index]?.price)
  );
}
