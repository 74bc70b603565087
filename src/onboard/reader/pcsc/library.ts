/**
 * What is used of `nfc-pcsc`, and nothing else, so that a scripted stand-in can play every one of its tricks.
 * It is an optional dependency: its native part is built only where PC/SC's headers are.
 */
import { TuraError } from '../../../core/error.ts';

export interface NfcService {
  on(event: 'reader', listener: (reader: NfcReader) => void): unknown;
  /** The watch on the list of readers has ended. It never begins again: only a new service sees readers. */
  on(event: 'error', listener: (fault: Error) => void): unknown;
}

export interface NfcReader {
  readonly name: string;
  /** Off, or a card with applications is answered with an error before anybody asked it for its UID. */
  autoProcessing: boolean;
  /** `protocol` is undefined when the library took an old connection for this card's. */
  readonly connection: { readonly protocol: number | undefined } | null;
  readonly card: NfcCard | null;
  /** The PC/SC reader underneath: it says that a card is there before anything is asked of the card. */
  readonly reader: NfcSlot;
  connect(): Promise<unknown>;
  /** Throws, instead of rejecting, when nothing is connected. */
  disconnect(): Promise<unknown>;
  /** Throws, instead of rejecting, when nothing is connected. A card torn off meanwhile answers with no bytes. */
  transmit(command: Buffer, maxLength: number): Promise<Uint8Array>;
  on(event: 'card', listener: (card: NfcCard) => void): unknown;
  /** Its watch on cards has ended; it stays deaf. */
  on(event: 'error', listener: (fault: Error) => void): unknown;
  /** Unplugged. */
  on(event: 'end', listener: () => void): unknown;
  /** Some faults are emitted with the error itself in the event's place, where no listener hears them. */
  emit(event: unknown, ...rest: unknown[]): boolean;
}

export interface NfcCard {
  /** Absent when the card had left by the time it was connected. */
  readonly atr?: Uint8Array;
}

export interface NfcSlot {
  readonly SCARD_STATE_PRESENT: number;
  on(event: 'status', listener: (status: { readonly state: number }) => void): unknown;
}

const INSTALL_LINE = 'sudo apt install build-essential python3 libpcsclite-dev pcscd && npm ci';

/** A CommonJS package: node shows its exports under `default`, a loader that compiles may show them themselves. */
export interface NfcPackage {
  readonly NFC?: NfcLibrary['NFC'] | undefined;
  readonly default?: NfcLibrary | undefined;
}

interface NfcLibrary {
  readonly NFC: new () => NfcService;
}

/** Throws `TuraError` reader-missing when the package, its native part or PC/SC's own library is not there. */
export async function loadNfcPcsc(
  load: () => Promise<NfcPackage> = () => import('nfc-pcsc'),
): Promise<NfcLibrary['NFC']> {
  try {
    const loaded = await load();
    const NFC = loaded.NFC ?? loaded.default?.NFC;
    if (NFC === undefined) throw new Error('nfc-pcsc exports no NFC');
    return NFC;
  } catch (cause) {
    throw new TuraError('reader-missing', `PC/SC readers need nfc-pcsc, which is not here: ${INSTALL_LINE}`, {
      where: 'nfc-pcsc',
      expected: INSTALL_LINE,
      cause,
    });
  }
}
