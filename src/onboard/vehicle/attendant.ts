/**
 * Attends to what readers tell, and turns it into what the machine understands. At each reader there is one conversation
 * with a chip at a time; whatever else happens there meanwhile waits for its end, which has a deadline.
 */
import { type Unread, unread } from '../../core/card/dialogue.ts';
import type { Medium } from '../../core/card/identity.ts';
import { TuraError } from '../../core/error.ts';
import type { VehicleEvent } from '../../core/validator/event.ts';
import type { OnboardClock } from '../clock.ts';
import type { Chip } from '../reader/chip.ts';
import type { ReaderEvent } from '../reader/reader.ts';
import type { Recogniser } from './recogniser.ts';

type PresentedEvent = Extract<ReaderEvent, { kind: 'presented' }>;

export interface AttendantParts {
  readonly recogniser: Recogniser;
  readonly clock: OnboardClock;
  /** What `event` comes to. */
  readonly tell: (happened: VehicleEvent, event: ReaderEvent) => void;
  readonly onFault: (fault: unknown) => void;
}

export class Attendant {
  readonly #parts: AttendantParts;
  /** readerId -> what happened there since its conversation began. */
  readonly #meanwhile = new Map<string, ReaderEvent[]>();
  readonly #conversations = new Set<Promise<void>>();

  constructor(parts: AttendantParts) {
    this.#parts = parts;
  }

  hear(event: ReaderEvent): void {
    const meanwhile = this.#meanwhile.get(event.readerId);
    if (meanwhile !== undefined) meanwhile.push(event);
    else if (event.kind === 'presented' && event.chip !== undefined) this.#begin(event, event.chip);
    else this.#parts.tell(this.#happened(event), event);
  }

  /** Settles when nobody is spoken to any more. */
  async settled(): Promise<void> {
    while (this.#conversations.size > 0) await Promise.all(this.#conversations);
  }

  #begin(event: PresentedEvent, chip: Chip): void {
    const conversation = this.#converse(event, chip).finally(() => this.#conversations.delete(conversation));
    this.#conversations.add(conversation);
  }

  async #converse(event: PresentedEvent, chip: Chip): Promise<void> {
    const { readerId, face } = event;
    const meanwhile: ReaderEvent[] = [];
    this.#meanwhile.set(readerId, meanwhile);
    const said = await this.#parts.recogniser.byChip(face, chip).catch(fault => this.#failed(fault));
    try {
      this.#parts.tell(this.#stands(readerId, said), event);
    } finally {
      this.#meanwhile.delete(readerId);
      for (const later of meanwhile) this.hear(later);
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
