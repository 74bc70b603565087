/**
 * The port of everything that can see a card. A reader never throws at its listener: whatever happens to it is an
 * event, and it goes on by itself (law 5).
 */
import type { CardFace } from '../../core/card/face.ts';
import type { Scan } from '../../core/ticket/ticket.ts';
import type { Shown } from '../../core/validator/event.ts';
import type { Chip } from './chip.ts';

export const READER_KINDS = ['pcsc', 'simulated'] as const;
export type ReaderKind = (typeof READER_KINDS)[number];

export type ReaderEvent =
  /** A card is in the field and showed its face. `chip`: its applications can be asked, until `removed`. */
  | { readonly kind: 'presented'; readonly readerId: string; readonly face: CardFace; readonly chip?: Chip }
  /** A ticket was shown to a barcode scanner, and its signatures were judged. */
  | {
      readonly kind: 'scanned';
      readonly readerId: string;
      readonly scan: Exclude<Scan, { kind: 'unreadable' }>;
    }
  /** The card or the code left. Always follows its `presented`, `scanned` or `unreadable`, exactly once. */
  | { readonly kind: 'removed'; readonly readerId: string }
  /** A card is in the field and could not be read (torn off, no answer in time, an answer that is no answer). */
  | { readonly kind: 'unreadable'; readonly readerId: string; readonly why: string }
  | { readonly kind: 'up'; readonly readerId: string; readonly name: string }
  /** No taps here until the next `up`. `mend` is the line a person can act on. */
  | { readonly kind: 'down'; readonly readerId: string; readonly why: string; readonly mend?: string };

export interface Reader {
  /** Begins to listen. Events may arrive before this returns. */
  start(listener: (event: ReaderEvent) => void): void;
  /** Lights up or sounds, where the reader can; one that is not among its own is nothing to it. Never throws. */
  show?(readerId: string, shown: Shown): void;
  /** Ends listening; no event arrives after the promise settles. */
  stop(): Promise<void>;
}
