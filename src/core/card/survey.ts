/** Everything a chip shows, for people: each application of its directory, then those of the resident card, masked. */

import { hexOfBytes } from '../hex.ts';
import type { ServiceDate } from '../time.ts';
import type { Dialogue, Unread } from './dialogue.ts';
import { readInstrument } from './instrument.ts';
import { maskedMembership, maskedNumber, maskedUid } from './mask.ts';
import { NUMBERED, readNumbered } from './numbered.ts';
import { readPayment } from './payment.ts';
import { type DirectoryEntry, readDirectory } from './ppse.ts';
import type { ResidentApplication } from './resident.ts';
import { type Scheme, schemeOf } from './schemes.ts';
import type { Terminal } from './terminal.ts';
import { openTransit, type TransitReader } from './transit/talk.ts';

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
    /** Nothing is known of it, and nothing was asked. */
    | { readonly kind: 'unknown' }
  );

export type SurveyedResident = { readonly application: ResidentApplication } & (
  | { readonly kind: 'transit'; readonly serial: string; readonly state: Uint8Array }
  | { readonly kind: 'numbered'; readonly number: string; readonly expiry?: ServiceDate | undefined }
  | { readonly kind: 'blocked' }
  /** Another operator's, or one that does not prove itself. */
  | { readonly kind: 'foreign' | 'not-genuine' }
  | Unread
);

export type Survey =
  | {
      readonly kind: 'applications' | 'no-directory';
      readonly applications: readonly SurveyedApplication[];
      readonly resident: readonly SurveyedResident[];
    }
  | Unread;

export function* surveyChip(terminal: Terminal, transit: TransitReader): Dialogue<Survey> {
  const directory = yield* readDirectory();
  if (directory.kind === 'unread') return directory;
  const applications: SurveyedApplication[] = [];
  const entries = directory.kind === 'directory' ? directory.entries : [];
  for (const entry of entries) applications.push(yield* surveyApplication(entry, terminal));
  const resident = yield* surveyResident(transit);
  return { kind: directory.kind === 'directory' ? 'applications' : 'no-directory', applications, resident };
}

function* surveyResident(reader: TransitReader): Dialogue<readonly SurveyedResident[]> {
  const found: SurveyedResident[] = [];
  const opening = yield* openTransit(reader);
  if (opening.kind === 'transit') {
    const { kind, serial, state } = opening;
    found.push({ application: 'transit', kind, serial: maskedUid(hexOfBytes(serial)), state });
  } else if (opening.kind !== 'not-found') found.push({ application: 'transit', ...opening });
  for (const application of NUMBERED) {
    const reading = yield* readNumbered(application);
    if (reading.kind === 'not-found') continue;
    const masked =
      reading.kind === 'numbered' ? { ...reading, number: maskedMembership(reading.number) } : reading;
    found.push({ application, ...masked });
  }
  return found;
}

function* surveyApplication(entry: DirectoryEntry, terminal: Terminal): Dialogue<SurveyedApplication> {
  const scheme = schemeOf(entry.aid);
  if (scheme === undefined) return { ...entry, kind: 'unknown' };
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
