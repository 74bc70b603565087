/** One device on the vehicle bus: what it hears of where the vehicle is, and how it answers when it is asked how it is. */
import { type EpochMs, epoch } from '../../../core/time.ts';
import { type Misheard, readable } from '../../serial/tally.ts';
import type { Observation } from '../observation.ts';
import { Frames, frameOf } from './frames.ts';
import { readTelegram, type Telegram } from './telegrams.ts';

/** DS120, as VDV 300 numbers them. */
const STATES = { 'in-order': '0', fault: '3' } as const;
export type BusState = keyof typeof STATES;

export interface BusListener {
  observed(observation: Observation): void;
  misheard(misheard: Misheard): void;
  /** Asked only of its own address. */
  state(): BusState;
  send(frame: Uint8Array): void;
}

/**
 * DS020 and its answer are written alike, and some adapters hear what they send: an answer within so long of our own is
 * its echo, and nobody polls one device so often.
 */
const ECHO_MS = 500;

export class Bus {
  readonly #listener: BusListener;
  readonly #address: number | undefined;
  readonly #frames: Frames;
  #nowMs = epoch(0);
  #monotonicMs = 0;
  #answeredAtMs: number | undefined;

  /** Without an `address` it only listens. */
  constructor(address: number | undefined, listener: BusListener) {
    this.#address = address;
    this.#listener = listener;
    this.#frames = new Frames({
      telegram: text => this.#read(text),
      misheard: misheard => listener.misheard(misheard),
    });
  }

  /** `at`: when these bytes came in, by the clock and by one that never runs back. */
  push(bytes: Uint8Array, at: { readonly atMs: EpochMs; readonly monotonicMs: number }): void {
    this.#nowMs = at.atMs;
    this.#monotonicMs = at.monotonicMs;
    this.#frames.push(bytes);
  }

  /** What comes next has nothing to do with what came before. */
  reset(): void {
    this.#frames.reset();
  }

  #read(text: string): void {
    const read = readTelegram(text);
    if (read.kind === 'unknown') {
      this.#listener.misheard({ what: read.what, example: readable(Buffer.from(text, 'latin1')) });
      return;
    }
    const { telegram } = read;
    if (telegram.kind === 'status-poll') this.#poll(telegram.address);
    const observation = observationOf(telegram, this.#nowMs);
    if (observation !== undefined) this.#listener.observed(observation);
  }

  #poll(address: number): void {
    if (address !== this.#address) return;
    if (this.#answeredAtMs !== undefined && this.#monotonicMs - this.#answeredAtMs < ECHO_MS) return;
    this.#answeredAtMs = this.#monotonicMs;
    this.#listener.send(frameOf(`a${STATES[this.#listener.state()]}`));
  }
}

/** Undefined for what says nothing of where the vehicle is. */
function observationOf(telegram: Telegram, atMs: EpochMs): Observation | undefined {
  switch (telegram.kind) {
    case 'line':
    case 'course':
    case 'destination':
    case 'stop':
    case 'next-stop':
      return { atMs, ...telegram };
    default:
      return undefined;
  }
}
