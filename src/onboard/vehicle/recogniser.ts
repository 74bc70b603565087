/**
 * Who stands at a reader. The only place on board where a card's own numbers are held, and no longer than it takes to
 * make tokens of them and to seal them for whoever is paid (RECORDS.md 2).
 */
import type { Unread } from '../../core/card/dialogue.ts';
import type { CardFace, CardForm } from '../../core/card/face.ts';
import { identify, identifyApplication, type Medium, type TokenKeys } from '../../core/card/identity.ts';
import { identifyInstrument } from '../../core/card/instrument.ts';
import { paymentData } from '../../core/card/payment-data.ts';
import { type ChipReading, readChip, readPaymentInstead } from '../../core/card/read-chip.ts';
import type { Terminal } from '../../core/card/terminal.ts';
import type { TransitKey } from '../../core/card/transit/session.ts';
import type { OpenCard } from '../../core/card/transit/talk.ts';
import type { Crypto } from '../../core/crypto.ts';
import type { Tariffs } from '../../core/tariff/versions.ts';
import { identifyTicket } from '../../core/ticket/identity.ts';
import type { Scan } from '../../core/ticket/ticket.ts';
import { serviceDateAt } from '../../core/time.ts';
import type { PaymentRead } from '../../core/validator/event.ts';
import { nodeAes } from '../../wire/node-aes.ts';
import type { OnboardClock } from '../clock.ts';
import type { Device } from '../device.ts';
import type { Payments } from '../payment/payments.ts';
import { sealPayment } from '../payment/seal.ts';
import type { Chip } from '../reader/chip.ts';
import { converse } from '../reader/converse.ts';
import type { Timers } from '../timers.ts';

export interface RecogniserParts {
  readonly device: Device;
  readonly keys: TokenKeys;
  readonly crypto: Crypto;
  readonly random: (length: number) => Uint8Array;
  readonly clock: OnboardClock;
  readonly timers: Timers;
  readonly tariffs: Tariffs;
  /** By which keys transit applications are known; none: they are another operator's. */
  readonly transitKeys: readonly TransitKey[];
  /** Where bank cards pay later; absent: none does. */
  readonly payments: Payments | undefined;
}

/** Who stands there, and the application that has proven itself and may be written to. */
export interface Recognised {
  readonly medium: Medium;
  readonly card?: OpenCard;
}

/** A bank card of today takes 200-400 ms; a rider waits 500 ms gladly and a second at most. */
const CONVERSATION_MS = 1_000;

export class Recogniser {
  readonly #parts: RecogniserParts;

  constructor(parts: RecogniserParts) {
    this.#parts = parts;
  }

  byUid(face: CardFace): Medium {
    return identify(face, this.#parts.keys, this.#parts.crypto);
  }

  byCode(scan: Exclude<Scan, { kind: 'unreadable' }>): Medium {
    return identifyTicket(scan, this.#parts.keys, this.#parts.crypto);
  }

  /** Rejects as `converse` does. */
  async byChip(face: CardFace, chip: Chip): Promise<Recognised | Unread> {
    const { device, random, timers, transitKeys } = this.#parts;
    const terminal = this.#terminal();
    const transit = { keys: transitKeys, random, aes: nodeAes };
    const dialogue = readChip({ transit, terminal, preferred: device.schemes });
    const reading = await converse(chip, dialogue, { timers, deadlineMs: CONVERSATION_MS });
    switch (reading.kind) {
      case 'no-application':
        return { medium: this.byUid(face) };
      case 'payment':
        return { medium: this.#paying(reading, terminal) };
      case 'unsupported':
        return { medium: { kind: 'unsupported', form: face.form } };
      case 'unread':
        return reading;
      case 'transit':
        return { medium: this.#riding(reading), card: reading };
      case 'not-genuine':
        return { medium: { kind: 'refused', reason: 'card-not-genuine' } };
      default:
        return reading satisfies never;
    }
  }

  /** By the bank application of a card that its transit application was declined of. Rejects as `converse` does. */
  async byPayment(form: CardForm, chip: Chip): Promise<PaymentRead['said']> {
    const { device, timers } = this.#parts;
    const terminal = this.#terminal();
    const dialogue = readPaymentInstead({ terminal, preferred: device.schemes });
    const reading = await converse(chip, dialogue, { timers, deadlineMs: CONVERSATION_MS });
    switch (reading.kind) {
      case 'payment':
        return this.#paying(reading, terminal);
      case 'unsupported':
        return { kind: 'unsupported', form };
      case 'unread':
        return reading;
      default:
        return reading satisfies never;
    }
  }

  #terminal(): Terminal {
    const { clock, random, tariffs } = this.#parts;
    return { unpredictable: random(4), date: serviceDateAt(tariffs[0].zone, 0, clock.now()) };
  }

  #riding({ serial, state, counter }: OpenCard): Medium {
    const { keys, crypto } = this.#parts;
    return { ...identifyApplication(serial, keys, crypto), card: { state, counter } };
  }

  #paying(
    { scheme, instrument, data }: Extract<ChipReading, { kind: 'payment' }>,
    terminal: Terminal,
  ): Extract<Medium, { kind: 'identified' }> {
    const { keys, crypto, payments } = this.#parts;
    const medium = identifyInstrument(instrument, scheme, keys, crypto);
    if (payments === undefined) return medium;
    return { ...medium, payment: sealPayment(paymentData(data, terminal), payments.acquirer) };
  }
}
