/** Everything a chip shows, for people: each application of its directory, with its numbers masked. */
import type { Dialogue, Unread } from './dialogue.ts';
import { readInstrument } from './instrument.ts';
import { maskedNumber } from './mask.ts';
import { readPayment } from './payment.ts';
import { type DirectoryEntry, readDirectory } from './ppse.ts';
import { RESIDENT_AIDS } from './resident.ts';
import { type Scheme, schemeOf } from './schemes.ts';
import type { Terminal } from './terminal.ts';

export type SurveyedApplication = DirectoryEntry &
  (
    | {
        readonly kind: 'payment';
        readonly scheme: Scheme;
        readonly number: string;
        /** `2028-12`. */
        readonly expiry: string;
        readonly psn: string;
        /** A reference that is common to the card and its copies in phones is there. */
        readonly hasReference: boolean;
      }
    | { readonly kind: 'unread'; readonly scheme: Scheme; readonly why: string }
    | { readonly kind: 'transit' }
    /** Nothing is known of it, and nothing was asked. */
    | { readonly kind: 'unknown' }
  );

export type Survey =
  | { readonly kind: 'applications'; readonly applications: readonly SurveyedApplication[] }
  | { readonly kind: 'no-directory' }
  | Unread;

export function* surveyChip(terminal: Terminal): Dialogue<Survey> {
  const directory = yield* readDirectory();
  if (directory.kind !== 'directory') return directory;
  const applications: SurveyedApplication[] = [];
  for (const entry of directory.entries) applications.push(yield* surveyApplication(entry, terminal));
  return { kind: 'applications', applications };
}

function* surveyApplication(entry: DirectoryEntry, terminal: Terminal): Dialogue<SurveyedApplication> {
  const scheme = schemeOf(entry.aid);
  if (scheme === undefined)
    return { ...entry, kind: entry.aid.startsWith(RESIDENT_AIDS.transit) ? 'transit' : 'unknown' };
  const payment = yield* readPayment(entry.aid, terminal);
  const reading = payment.kind === 'unread' ? payment : readInstrument(payment.data);
  if (reading.kind === 'unread') return { ...entry, scheme, kind: 'unread', why: reading.why };
  const { pan, expiry, psn, par } = reading.instrument;
  return {
    ...entry,
    kind: 'payment',
    scheme,
    number: maskedNumber(pan),
    expiry: `20${expiry.slice(0, 2)}-${expiry.slice(2)}`,
    psn,
    hasReference: par !== undefined,
  };
}
