/** A reader without hardware: whoever holds it taps the cards. */
import type { CardFace } from '../../core/card/face.ts';
import type { Reader, ReaderEvent } from './reader.ts';

export class SimulatedReader implements Reader {
  readonly readerId: string;
  #listener: ((event: ReaderEvent) => void) | undefined;

  constructor(readerId: string) {
    this.readerId = readerId;
  }

  start(listener: (event: ReaderEvent) => void): void {
    this.#listener = listener;
    listener({ kind: 'up', readerId: this.readerId, name: 'simulated reader' });
  }

  async stop(): Promise<void> {
    this.#listener = undefined;
  }

  /** Holds the card there and takes it away again. */
  tap(face: CardFace): void {
    this.#listener?.({ kind: 'presented', readerId: this.readerId, face });
    this.#listener?.({ kind: 'removed', readerId: this.readerId });
  }
}
