/**
 * Who a chip is. What shows an application is that application or nothing: only a chip that says there is neither a
 * directory nor a transit application is left with its UID (RECORDS.md 2).
 */
import { bytesOfHex } from '../hex.ts';
import { chooseApplication, TRANSIT_AID } from './choose.ts';
import { type Dialogue, type Unread, unread } from './dialogue.ts';
import { type Instrument, readInstrument } from './instrument.ts';
import { type CardData, readPayment } from './payment.ts';
import { readDirectory } from './ppse.ts';
import type { Scheme } from './schemes.ts';
import { select } from './select.ts';
import type { Terminal } from './terminal.ts';

export interface ChipQuestion {
  readonly terminal: Terminal;
  /** Of a co-badged card's schemes the one that stands first here. */
  readonly preferred: readonly Scheme[];
}

export type ChipReading =
  | { readonly kind: 'no-application' }
  | {
      readonly kind: 'payment';
      readonly scheme: Scheme;
      readonly instrument: Instrument;
      readonly data: CardData;
    }
  /** It shows applications, and none that is taken here. */
  | { readonly kind: 'unsupported' }
  | Unread;

export function* readChip({ terminal, preferred }: ChipQuestion): Dialogue<ChipReading> {
  const directory = yield* readDirectory();
  if (directory.kind === 'unread') return directory;
  if (directory.kind === 'no-directory') return yield* withoutDirectory();
  const choice = chooseApplication(directory.entries, preferred);
  switch (choice.kind) {
    case 'payment':
      return yield* readChosen(choice.aid, choice.scheme, terminal);
    case 'transit':
      return TRANSIT_UNREAD;
    case 'none':
      return { kind: 'unsupported' };
    default:
      return choice satisfies never;
  }
}

/** Its application is told from a fault: whoever holds it is asked to hold it there again, and is not taken by its UID. */
const TRANSIT_UNREAD = unread('a transit application, which is not read here yet');

function* withoutDirectory(): Dialogue<ChipReading> {
  const selected = yield* select(bytesOfHex(TRANSIT_AID), 'transit application');
  switch (selected.kind) {
    case 'not-found':
      return { kind: 'no-application' };
    case 'selected':
      return TRANSIT_UNREAD;
    case 'unread':
      return selected;
    default:
      return selected satisfies never;
  }
}

function* readChosen(aid: string, scheme: Scheme, terminal: Terminal): Dialogue<ChipReading> {
  const payment = yield* readPayment(aid, terminal);
  if (payment.kind === 'unread') return payment;
  const { data } = payment;
  const reading = readInstrument(data);
  return reading.kind === 'unread'
    ? reading
    : { kind: 'payment', scheme, instrument: reading.instrument, data };
}
