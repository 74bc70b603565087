/** A reader without hardware: whoever holds it taps the cards. */
import type { CardFace } from '../../core/card/face.ts';
import type { VirtualChip } from '../../core/card/virtual/chip.ts';
import { type Chip, tornOff } from './chip.ts';
import type { Reader, ReaderEvent } from './reader.ts';

export class SimulatedReader implements Reader {
  readonly readerId: string;
  #listener: ((event: ReaderEvent) => void) | undefined;
  /** Whoever holds a card there until it is answered. */
  readonly #holding = new Set<() => void>();

  constructor(readerId: string) {
    this.readerId = readerId;
  }

  start(listener: (event: ReaderEvent) => void): void {
    this.#listener = listener;
    listener({ kind: 'up', readerId: this.readerId, name: 'simulated reader' });
  }

  async stop(): Promise<void> {
    this.#listener = undefined;
    this.#release();
  }

  /** Nothing lights up here, but whoever holds a card sees that it was answered. */
  show(readerId: string): void {
    if (readerId === this.readerId) this.#release();
  }

  /** Holds the card there and takes it away again: at once, or one with a chip when it was answered. */
  async tap(face: CardFace, chip?: VirtualChip): Promise<void> {
    const { readerId } = this;
    if (chip === undefined) this.#listener?.({ kind: 'presented', readerId, face });
    else await this.#hold(face, chip);
    this.#listener?.({ kind: 'removed', readerId });
  }

  async #hold(face: CardFace, answers: VirtualChip): Promise<void> {
    const { readerId } = this;
    let isThere = true;
    const chip: Chip = {
      transmit: async command => {
        if (!isThere) throw tornOff(readerId);
        return answers(command);
      },
    };
    const listener = this.#listener;
    if (listener === undefined) return;
    await new Promise<void>(answered => {
      this.#holding.add(answered);
      listener({ kind: 'presented', readerId, face, chip });
    });
    isThere = false;
  }

  #release(): void {
    for (const answered of this.#holding) answered();
    this.#holding.clear();
  }
}
