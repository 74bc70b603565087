/** What is told: riders at their readers, faces, logs and lights of it, and whoever asked for something. */
import { known } from '../../core/known.ts';
import type { JournalRecord } from '../../core/record.ts';
import type { Place } from '../../core/tap.ts';
import type { EpochMs } from '../../core/time.ts';
import type { Told } from '../../core/validator/duty.ts';
import type { Shown } from '../../core/validator/event.ts';
import type { OnboardClock } from '../clock.ts';
import type { Reader } from '../reader/reader.ts';

/** What happened at a reader, for faces, logs and lights. */
export interface Seen {
  readonly readerId: string;
  /** `ready`: what was down or broken here takes taps again. */
  readonly shown: Shown | { readonly kind: 'ready'; readonly why: string };
  readonly place: Place;
  readonly atMs: EpochMs;
  /** The record behind an answer that is not a repetition. */
  readonly record?: JournalRecord;
}

export interface VoiceParts {
  readonly readers: readonly Reader[];
  readonly clock: OnboardClock;
  readonly onSeen: (seen: Seen) => void;
  readonly onTold: (told: Told, place: Place) => void;
  /** Of a listener that throws. */
  readonly onFault: (fault: unknown) => void;
}

export class Voice {
  readonly #parts: VoiceParts;
  /** id -> who asked. */
  readonly #asking = new Map<number, (told: Told) => void>();
  #lastAsked = 0;

  constructor(parts: VoiceParts) {
    this.#parts = parts;
  }

  /** The number under which whoever asks is answered. */
  await(answer: (told: Told) => void): number {
    this.#lastAsked += 1;
    this.#asking.set(this.#lastAsked, answer);
    return this.#lastAsked;
  }

  answer(id: number, told: Told, place: Place): void {
    const asked = this.#asking.get(id);
    this.#asking.delete(id);
    asked?.(told);
    this.#guarded(() => this.#parts.onTold(told, place));
  }

  /** To the rider, and to all that listen; `record`: the newest one on disk. */
  show(readerId: string, shown: Shown, place: Place, record: JournalRecord | undefined): void {
    for (const reader of this.#parts.readers) this.#guarded(() => reader.show?.(readerId, shown));
    const isFresh = shown.kind === 'answer' && !shown.answer.repeated;
    this.say(readerId, shown, place, isFresh ? record : undefined);
  }

  /** To all that listen. */
  say(readerId: string, shown: Seen['shown'], place: Place, record?: JournalRecord): void {
    const { clock, onSeen } = this.#parts;
    const seen: Seen = known({ readerId, shown, place, atMs: record?.eventTimeMs ?? clock.now(), record });
    this.#guarded(() => onSeen(seen));
  }

  #guarded(tell: () => void): void {
    try {
      tell();
    } catch (error) {
      this.#parts.onFault(error);
    }
  }
}
