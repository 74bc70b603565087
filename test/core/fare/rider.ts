/** One card in the hands of a test: it remembers what the engine gave it to remember, as an account would. */
import { rate } from '../../../src/core/fare/rate.ts';
import type { Rated } from '../../../src/core/fare/rated.ts';
import type { Ride } from '../../../src/core/fare/ride.ts';
import { type RiderState, readRiderState } from '../../../src/core/fare/rider.ts';
import { formatAmount } from '../../../src/core/money.ts';
import { type ChargeLine, riderAmount } from '../../../src/core/record.ts';
import type { Tariff } from '../../../src/core/tariff/tariff.ts';
import { type EpochMs, epoch, parseInstant, serviceDateAt } from '../../../src/core/time.ts';
import { readTariff } from '../../../src/gtfs/tariff-folder.ts';
import { nodeCrypto } from '../../../src/wire/node-crypto.ts';
import { TYUMEN_FOLDER } from '../../tariffs.ts';

export const TYUMEN = readTariff(TYUMEN_FOLDER, nodeCrypto).tariff;

/** `2026-03-02 07:30:00` on Tyumen's clocks; `24:00:00` and later run into the next day, `60:00` past a moment is a sum. */
export function local(text: string, plusS = 0): EpochMs {
  const moment = moments.get(text) ?? parseInstant(`${text.replace(' ', 'T')}+05:00`);
  if (moment === undefined) throw new Error(`no moment ${text}`);
  moments.set(text, moment);
  return epoch(moment + plusS * 1000);
}

/** Laws ask for the same few, hundreds of thousands of times. */
const moments = new Map<string, EpochMs>();

export type Card = Pick<Ride, 'mediumClass' | 'category'>;

export const GENERAL: Card = { mediumClass: 'transport-card', category: 'general' };
export const BANK: Card = { mediumClass: 'bank-card', category: 'general' };
export const PUPIL: Card = { mediumClass: 'transport-card', category: 'pupil' };
export const STUDENT: Card = { mediumClass: 'transport-card', category: 'student' };
export const PENSIONER: Card = { mediumClass: 'transport-card', category: 'pensioner' };

export class Rider {
  readonly #tariff: Tariff;
  readonly #card: Card;
  #taps = 0;
  state: RiderState | undefined;

  constructor(card: Card, tariff: Tariff = TYUMEN) {
    this.#card = card;
    this.#tariff = tariff;
  }

  /** Boards `trip` at `atMs`. */
  tap(trip: string, atMs: EpochMs, more: Partial<Ride> = {}): Rated {
    this.#taps += 1;
    const serviceDate = serviceDateAt(this.#tariff.zone, this.#tariff.dayStartS, atMs);
    const ride: Ride = { ref: `tap-${this.#taps}`, atMs, serviceDate, trip, ...this.#card, ...more };
    const rated = rate(this.#tariff, this.state, ride);
    // What is remembered goes through a file between two taps.
    this.state = readRiderState(JSON.parse(JSON.stringify(rated.state)));
    return rated;
  }
}

/** `37.00 fare-paid`: what the rider pays and why; a dash when declined. */
export function said({ lines, reason }: Rated): string {
  return `${lines.length === 0 ? '-' : formatAmount(riderAmount(lines), 'RUB')} ${reason}`;
}

/** `rider 8.40 + region 33.60 of 42.00`. */
export function saidLines(lines: readonly ChargeLine[]): string {
  const [first] = lines;
  const reference = first?.referenceMinor;
  const parts = lines.map(({ funder, amountMinor }) => `${funder} ${formatAmount(amountMinor, 'RUB')}`);
  return parts.join(' + ') + (reference === undefined ? '' : ` of ${formatAmount(reference, 'RUB')}`);
}
