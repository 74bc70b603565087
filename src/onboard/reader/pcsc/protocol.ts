/**
 * What the validator and a reader's host say to each other.
 *
 * The library runs in a process of its own because it can stop one: `new NFC()` spins for ever while pcscd is away, an
 * APDU to a card torn off can hang for 100 s and holds a lock that the event loop then waits for, and its native part
 * ends the process on a broken assertion. A host can be killed at any moment; a validator with two doors cannot.
 */

/** From the host. Cards are told of the attached reader only. */
export type Report =
  /** The readers that are plugged in; the first of these also says that PC/SC answers. */
  | { readonly kind: 'readers'; readonly names: readonly string[] }
  | CardReport
  /** The host is of no more use. */
  | { readonly kind: 'lost'; readonly why: string; readonly mend?: string };

export type CardReport =
  /** A card is in the field; nothing was asked of it yet. */
  | { readonly kind: 'seen' }
  | { readonly kind: 'connected'; readonly atr: Uint8Array }
  | { readonly kind: 'answer'; readonly id: number; readonly bytes: Uint8Array }
  /** Connecting failed (no `id`), or the APDU of that `id`. */
  | { readonly kind: 'failed'; readonly id?: number; readonly why: string }
  | { readonly kind: 'gone' };

/** To the host. */
export type Order =
  | { readonly kind: 'attach'; readonly name: string }
  | {
      readonly kind: 'transmit';
      readonly id: number;
      readonly command: Uint8Array;
      /** Longest answer, with its two status bytes. */
      readonly maxLength: number;
    };

export interface Host {
  send(order: Order): void;
  /** Ends it whatever it is doing; settles when it is gone, and nothing is heard of it from the call on. */
  kill(): Promise<void>;
}

/** A host that ends by itself reports `lost`. */
export type OpenHost = (hear: (report: Report) => void) => Host;
