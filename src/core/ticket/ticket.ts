/** A barcode ticket (DEVICES.md 6): what its issuer signed, and what a scan of it came to. Bytes are `wire/ticket`'s. */
import type { EpochMs } from '../time.ts';

export const TICKET_SCHEMA = 1;

export interface Ticket extends TicketTerms {
  readonly schema: number;
  /** 12 random bytes in hex: no two tickets share one, and none can be guessed. */
  readonly serial: string;
  readonly issuedAt: EpochMs;
}

/** What it entitles its holder to. Moments are whole seconds. */
export interface TicketTerms {
  /** A pass of the tariff by its id; a single ride is a pass of one ride. */
  readonly pass: string;
  /** A category of the tariff; absent: the tariff's default. */
  readonly category?: string;
  /** The first moment it is good for. */
  readonly validFrom: EpochMs;
  /** The first moment it is good for no more. */
  readonly validTo: EpochMs;
  /** Where one may board with it; absent: wherever its pass is good. */
  readonly zones?: readonly string[];
  /** Present: a picture of it is worth nothing, for the phone it was sold to proves itself anew all the time. */
  readonly holder?: HolderKey;
}

/** The phone's own key, which signs the rolling part. */
export interface HolderKey {
  /** Ed25519, in hex. */
  readonly publicKey: string;
  /** How long a proof is good for, either way: clocks differ. */
  readonly goodForS: number;
}

/** An issuer whose tickets are taken. */
export interface TrustedKey {
  /** Issuer and key, as a ticket names who signed it: `tmn/1`. */
  readonly name: string;
  /** Ed25519, in hex. */
  readonly publicKey: string;
}

/** Who vouches for a ticket. */
interface Signed {
  /** The name of the issuer's key: `tmn/1`. */
  readonly issuerKey: string;
  /** When the phone last proved itself, by its own clock. */
  readonly provenAt?: EpochMs;
}

/** A ticket as the validator takes it: without its serial, which only its token says. */
export interface PresentedTicket extends TicketTerms, Signed {}

export type TicketForgery = 'ticket-not-genuine' | 'ticket-issuer-unknown' | 'medium-not-accepted';

/** What a scanned code came to. `why` is for people, and never holds the code itself. */
export type Scan =
  /** Its signatures hold; whether it is good here and now is another question. */
  | ({ readonly kind: 'genuine'; readonly ticket: Ticket } & Signed)
  /** A ticket that is nobody's here: declined by name. */
  | { readonly kind: 'refused'; readonly reason: TicketForgery; readonly why: string }
  /** No ticket, or one that was torn in scanning. */
  | { readonly kind: 'unreadable'; readonly why: string };
