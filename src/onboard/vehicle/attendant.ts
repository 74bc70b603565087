/**
 * Attends to what readers tell, and turns it into what the machine understands. At each reader there is one conversation
 * with a chip at a time; whatever else happens there meanwhile waits for its end, which has a deadline.
 */
import { type Unread, unread } from '../../core/card/dialogue.ts';
import type { CardForm } from '../../core/card/face.ts';
import type { Medium } from '../../core/card/identity.ts';
import { type OpenCard, type Writing, writeTransit } from '../../core/card/transit/talk.ts';
import { TuraError } from '../../core/error.ts';
import { type TapIdentity, type Token, tokenKey } from '../../core/tap.ts';
import type { PaymentRead, VehicleEvent, WriteCard } from '../../core/validator/event.ts';
import type { OnboardClock } from '../clock.ts';
import type { Chip } from '../reader/chip.ts';
import { converse } from '../reader/converse.ts';
import type { ReaderEvent } from '../reader/reader.ts';
import type { Timers } from '../timers.ts';
import type { Recogniser } from './recogniser.ts';

type PresentedEvent = Extract<ReaderEvent, { kind: 'presented' }>;

export interface AttendantParts {
  readonly recogniser: Recogniser;
  readonly clock: OnboardClock;
  /** What `event` comes to. */
  readonly tell: (happened: VehicleEvent, event: ReaderEvent) => void;
  /** What came of writing the card. */
  readonly written: (intent: TapIdentity, writing: Writing) => void;
  /** What came of reading its bank application. */
  readonly paymentRead: (said: PaymentRead['said']) => void;
  readonly timers: Timers;
  readonly onFault: (fault: unknown) => void;
}

/** A card that was read, and the chip it is spoken to by. */
interface Standing {
  readonly medium: Medium;
  readonly form: CardForm;
  readonly chip: Chip;
  /** Its transit application, where that has proven itself. */
  readonly card: OpenCard | undefined;
}

/** What goes on at one reader. */
interface Talk {
  /** How many conversations; the next begins where one leads to it. */
  open: number;
  readonly meanwhile: ReaderEvent[];
}

/** A write takes 10-20 ms; its rider has waited for the reading before. */
const WRITING_MS = 500;

export class Attendant {
  readonly #parts: AttendantParts;
  readonly #talks = new Map<string, Talk>();
  readonly #conversations = new Set<Promise<void>>();
  readonly #standing = new Map<string, Standing>();

  constructor(parts: AttendantParts) {
    this.#parts = parts;
  }

  hear(event: ReaderEvent): void {
    const talk = this.#talks.get(event.readerId);
    if (talk !== undefined) talk.meanwhile.push(event);
    else if (event.kind === 'presented' && event.chip !== undefined) this.#read(event, event.chip);
    else this.#parts.tell(this.#happened(event), event);
  }

  /**
   * Writes this card where it is the one that proved itself last: whoever came after it keeps what is theirs. What comes
   * of it is told when it is known.
   */
  write({ readerId, token, intent, state }: Omit<WriteCard, 'kind'>): void {
    const standing = this.#standing.get(readerId);
    const isOwn = standing !== undefined && isKnownBy(standing.medium, token);
    if (isOwn) this.#standing.delete(readerId);
    this.#begin(readerId, async () => {
      const writing = await this.#writing(isOwn ? standing : undefined, state);
      return () => this.#parts.written(intent, writing);
    });
  }

  /** Reads the bank application of the card that was read as `medium`, where it stands there still. */
  readPayment(readerId: string, medium: Medium): void {
    const standing = this.#standing.get(readerId);
    this.#begin(readerId, async () => {
      const said =
        standing?.medium === medium
          ? await this.#parts.recogniser
              .byPayment(standing.form, standing.chip)
              .catch(fault => this.#failed(fault))
          : unread('the card has left');
      return () => this.#parts.paymentRead(said);
    });
  }

  /** Settles when nobody is spoken to any more. */
  async settled(): Promise<void> {
    while (this.#conversations.size > 0) await Promise.all(this.#conversations);
  }

  #read(event: PresentedEvent, chip: Chip): void {
    const { readerId, face } = event;
    this.#standing.delete(readerId);
    this.#begin(readerId, async () => {
      const said = await this.#parts.recogniser.byChip(face, chip).catch(fault => this.#failed(fault));
      if ('medium' in said)
        this.#standing.set(readerId, { medium: said.medium, form: face.form, chip, card: said.card });
      const who = 'medium' in said ? said.medium : said;
      return () => this.#parts.tell(this.#stands(readerId, who), event);
    });
  }

  async #writing(standing: Standing | undefined, state: Uint8Array): Promise<Writing> {
    if (standing?.card === undefined) return { kind: 'torn', why: 'the card has left' };
    const patience = { timers: this.#parts.timers, deadlineMs: WRITING_MS };
    try {
      return await converse(standing.chip, writeTransit(standing.card, state), patience);
    } catch (fault) {
      const hasLeft = fault instanceof TuraError && fault.code === 'card-torn-off';
      const why = hasLeft ? 'the card left while it was written' : this.#failed(fault).why;
      return { kind: 'unknown', why };
    }
  }

  /** What happens at the reader meanwhile waits until it was told what the conversation came to, and what that led to. */
  #begin(readerId: string, converse: () => Promise<() => void>): void {
    const talk = this.#talks.get(readerId) ?? { open: 0, meanwhile: [] };
    talk.open += 1;
    this.#talks.set(readerId, talk);
    const conversation = this.#talk(readerId, talk, converse).finally(() =>
      this.#conversations.delete(conversation),
    );
    this.#conversations.add(conversation);
  }

  async #talk(readerId: string, talk: Talk, converse: () => Promise<() => void>): Promise<void> {
    const tell = await converse();
    try {
      tell();
    } finally {
      talk.open -= 1;
      if (talk.open === 0) {
        this.#talks.delete(readerId);
        for (const later of talk.meanwhile) this.hear(later);
      }
    }
  }

  /** The number a card shows goes no further than here: the machine knows its token. */
  #happened(event: ReaderEvent): VehicleEvent {
    const { readerId } = event;
    switch (event.kind) {
      case 'presented':
        return this.#stands(readerId, this.#byUid(event));
      case 'scanned':
        return this.#stands(readerId, this.#parts.recogniser.byCode(event.scan));
      case 'removed':
      case 'unreadable':
        return event;
      case 'up':
        return { kind: 'reader-up', readerId };
      case 'down':
        return {
          kind: 'reader-down',
          readerId,
          why: event.mend === undefined ? event.why : `${event.why}: ${event.mend}`,
        };
      default:
        return event satisfies never;
    }
  }

  #byUid({ face }: PresentedEvent): Medium | Unread {
    try {
      return this.#parts.recogniser.byUid(face);
    } catch (fault) {
      return this.#failed(fault);
    }
  }

  #stands(readerId: string, medium: Medium | Unread): VehicleEvent {
    if (medium.kind === 'unread') return { kind: 'unreadable', readerId, why: medium.why };
    const { clock } = this.#parts;
    return {
      kind: 'presented',
      readerId,
      medium,
      eventTimeMs: clock.now(),
      monotonicMs: clock.monotonicMs(),
    };
  }

  /** A fault of the world is the card's to repeat; anything else is told, and the card was not understood. */
  #failed(fault: unknown): Unread {
    if (fault instanceof TuraError) return unread(fault.message);
    this.#parts.onFault(fault);
    return unread('the card was not understood');
  }
}

function isKnownBy(medium: Medium, token: Token): boolean {
  return medium.kind === 'identified' && tokenKey(medium.token) === tokenKey(token);
}
