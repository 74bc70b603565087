/** The hand that holds synthetic cards to simulated readers, by name. */
import { chipOf, faceOf, type SyntheticCard } from '../core/card/card-file.ts';
import { TuraError } from '../core/error.ts';
import { expectedOneOf } from '../core/suggest.ts';
import type { SimulatedReader } from '../onboard/reader/simulated.ts';
import { cardNamed } from './card-input.ts';
import type { Wallet } from './wallet.ts';

/** vehicleId -> readerId -> reader */
export type SimulatedFleet = ReadonlyMap<string, ReadonlyMap<string, SimulatedReader>>;

export interface Hold {
  readonly card: string;
  /** Absent: the first vehicle, its first reader. */
  readonly vehicleId?: string | undefined;
  readonly readerId?: string | undefined;
}

export class Hand {
  readonly #cards: readonly SyntheticCard[];
  readonly #fleet: SimulatedFleet;
  readonly #wallet: Pick<Wallet, 'chipOf'>;
  #held: { readonly card: string; readonly reader: SimulatedReader } | undefined;
  #turn = 0;

  /** Without a wallet no card has a transit application. */
  constructor(
    cards: readonly SyntheticCard[],
    fleet: SimulatedFleet,
    wallet: Pick<Wallet, 'chipOf'> = { chipOf },
  ) {
    this.#cards = cards;
    this.#fleet = fleet;
    this.#wallet = wallet;
  }

  /** The name of the card that is held to this reader at this moment, which the reader itself cannot know; or empty. */
  cardAt(vehicleId: string, readerId: string): string {
    const reader = this.#fleet.get(vehicleId)?.get(readerId);
    return this.#held?.reader === reader ? (this.#held?.card ?? '') : '';
  }

  /**
   * Without a hold, the next card in turn. Settles when the card is taken away: at once, or one with a chip when it was
   * answered. Rejects with `bad-input` for a name that is not known, with the likely one.
   */
  async tap(hold?: Hold): Promise<void> {
    const card = hold === undefined ? this.#inTurn() : this.#named(hold.card);
    const readers = chosen(this.#fleet, 'vehicle', hold?.vehicleId);
    const reader = chosen(readers, 'reader', hold?.readerId);
    this.#held = { card: card.id, reader };
    await reader.tap(faceOf(card), this.#wallet.chipOf(card));
    this.#held = undefined;
  }

  #named(cardId: string): SyntheticCard {
    if (this.#cards.length === 0) throw noCards();
    return cardNamed(this.#cards, cardId);
  }

  #inTurn(): SyntheticCard {
    const card = this.#cards[this.#turn++ % this.#cards.length];
    if (card === undefined) throw noCards();
    return card;
  }
}

function noCards(): TuraError {
  const expected = "a card file under 'cards' of the device file: a bundle knows no numbers";
  return new TuraError('bad-input', 'there is no card to tap', { expected });
}

function chosen<Part>(parts: ReadonlyMap<string, Part>, what: string, name: string | undefined): Part {
  const [first] = parts.values();
  const part = name === undefined ? first : parts.get(name);
  if (part !== undefined) return part;
  const expected = expectedOneOf(name ?? '', [...parts.keys()]);
  throw new TuraError('bad-input', `no ${what} '${name}'`, { expected });
}
