/** The hand that holds synthetic cards to simulated readers, by name. */
import { faceOf, type SyntheticCard } from '../core/card/card-file.ts';
import { TuraError } from '../core/error.ts';
import { expectedOneOf } from '../core/suggest.ts';
import type { SimulatedReader } from '../onboard/reader/simulated.ts';

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
  #card = '';

  constructor(cards: readonly SyntheticCard[], fleet: SimulatedFleet) {
    this.#cards = cards;
    this.#fleet = fleet;
  }

  /** The name of the card that is held to a reader at this moment: the reader itself cannot know it. */
  get card(): string {
    return this.#card;
  }

  /** Throws `bad-input` for a name that is not known, with the one that was probably meant. */
  tap({ card: cardId, vehicleId, readerId }: Hold): void {
    const card = this.#cards.find(({ id }) => id === cardId);
    if (card === undefined)
      throw unknown(
        'card',
        cardId,
        this.#cards.map(({ id }) => id),
      );
    const readers = chosen(this.#fleet, 'vehicle', vehicleId);
    const reader = chosen(readers, 'reader', readerId);
    this.#card = cardId;
    reader.tap(faceOf(card));
  }
}

function chosen<Part>(parts: ReadonlyMap<string, Part>, what: string, name: string | undefined): Part {
  const [first] = parts.values();
  const part = name === undefined ? first : parts.get(name);
  if (part === undefined) throw unknown(what, name ?? '', [...parts.keys()]);
  return part;
}

function unknown(what: string, name: string, right: readonly string[]): TuraError {
  return new TuraError('bad-input', `no ${what} '${name}'`, { expected: expectedOneOf(name, right) });
}
