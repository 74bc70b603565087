/**
 * Who a chip is. What shows an application is that application or nothing: only a chip that says there is neither a
 * transit application nor a directory is left with its UID (RECORDS.md 2). Transit comes first, and is asked for by its
 * own name: a card that does not have it says 6A82 (EMV Book 1, 11.3.5), for one command more than a bank card costs
 * elsewhere, and a resident card costs three.
 */
import { choosePayment } from './choose.ts';
import { type Dialogue, type Unread, unread } from './dialogue.ts';
import { type Instrument, readInstrument } from './instrument.ts';
import { type CardData, readPayment } from './payment.ts';
import { type DirectoryEntry, readDirectory } from './ppse.ts';
import { RESIDENT_AIDS } from './resident.ts';
import type { Scheme } from './schemes.ts';
import type { Terminal } from './terminal.ts';
import { type OpenCard, openTransit, type TransitReader } from './transit/talk.ts';

export interface ChipQuestion extends PaymentQuestion {
  readonly transit: TransitReader;
}

interface PaymentQuestion {
  readonly terminal: Terminal;
  /** Of a co-badged card's schemes the one that stands first here. */
  readonly preferred: readonly Scheme[];
}

export type ChipReading =
  | OpenCard
  /** A transit application that does not prove itself. */
  | { readonly kind: 'not-genuine' }
  | { readonly kind: 'no-application' }
  | PaymentReading;

type PaymentReading =
  | {
      readonly kind: 'payment';
      readonly scheme: Scheme;
      readonly instrument: Instrument;
      readonly data: CardData;
    }
  /** It shows applications, and none that is taken here. */
  | { readonly kind: 'unsupported' }
  | Unread;

export function* readChip(question: ChipQuestion): Dialogue<ChipReading> {
  const opening = yield* openTransit(question.transit);
  switch (opening.kind) {
    case 'not-found':
      return yield* withoutTransit(question);
    case 'foreign':
      return { kind: 'unsupported' };
    case 'transit':
    case 'not-genuine':
    case 'unread':
      return opening;
    default:
      return opening satisfies never;
  }
}

function* withoutTransit(question: PaymentQuestion): Dialogue<ChipReading> {
  const directory = yield* readDirectory();
  if (directory.kind === 'unread') return directory;
  if (directory.kind === 'no-directory') return { kind: 'no-application' };
  const shown = directory.entries.some(({ aid }) => aid.startsWith(RESIDENT_AIDS.transit));
  return shown
    ? unread('the card shows a transit application that it says it does not have')
    : yield* readPayable(directory.entries, question);
}

/** The bank application of a card whose transit application has nothing valid. */
export function* readPaymentInstead(question: PaymentQuestion): Dialogue<PaymentReading> {
  const directory = yield* readDirectory();
  if (directory.kind === 'unread') return directory;
  return directory.kind === 'no-directory'
    ? { kind: 'unsupported' }
    : yield* readPayable(directory.entries, question);
}

function* readPayable(
  entries: readonly DirectoryEntry[],
  { terminal, preferred }: PaymentQuestion,
): Dialogue<PaymentReading> {
  const choice = choosePayment(entries, preferred);
  return choice.kind === 'none'
    ? { kind: 'unsupported' }
    : yield* readChosen(choice.aid, choice.scheme, terminal);
}

function* readChosen(aid: string, scheme: Scheme, terminal: Terminal): Dialogue<PaymentReading> {
  const payment = yield* readPayment(aid, terminal);
  if (payment.kind === 'unread') return payment;
  const { data } = payment;
  const reading = readInstrument(data);
  return reading.kind === 'unread'
    ? reading
    : { kind: 'payment', scheme, instrument: reading.instrument, data };
}
