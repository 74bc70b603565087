/** The host's side: one `NFC` service, whose readers are named and of which one is attached and obeyed. */
import type { NfcCard, NfcReader, NfcService } from './library.ts';
import type { Order, Report } from './protocol.ts';

type Tell = (report: Report) => void;

interface Watched {
  readonly reader: NfcReader;
  present: boolean;
}

/** Never throws; `lost` is told when the service has to be made anew. */
export class ReaderService {
  readonly #tell: Tell;
  readonly #readers = new Map<string, Watched>();
  #attached: string | undefined;
  #announcing = false;

  constructor(nfc: NfcService, tell: Tell) {
    this.#tell = tell;
    nfc.on('error', fault => tell({ kind: 'lost', why: reasonOf(fault) }));
    nfc.on('reader', reader => this.#plugged(reader));
    this.#announce();
  }

  obey(order: Order): void {
    switch (order.kind) {
      case 'attach': {
        this.#attached = order.name;
        const watched = this.#readers.get(order.name);
        if (watched?.present) tellOfCardInField(watched.reader, this.#tell);
        break;
      }
      case 'transmit':
        void transmit(this.#readers.get(this.#attached ?? '')?.reader, order, this.#tell);
        break;
      default:
        order satisfies never;
    }
  }

  #plugged(reader: NfcReader): void {
    const { name } = reader;
    const watched: Watched = { reader, present: false };
    this.#readers.set(name, watched);
    watch(watched, report => {
      if (this.#attached === name) this.#tell(report);
    });
    reader.on('end', () => {
      if (this.#readers.get(name) === watched) this.#readers.delete(name);
      if (this.#attached === name) this.#attached = undefined;
      this.#announce();
    });
    this.#announce();
  }

  /** The library tells of readers one by one within a turn; the list is told once it is whole. */
  #announce(): void {
    if (this.#announcing) return;
    this.#announcing = true;
    queueMicrotask(() => {
      this.#announcing = false;
      this.#tell({ kind: 'readers', names: [...this.#readers.keys()] });
    });
  }
}

function watch(watched: Watched, tell: Tell): void {
  const { reader } = watched;
  reader.autoProcessing = false;
  reader.reader.on('status', ({ state }) => {
    const present = (state & reader.reader.SCARD_STATE_PRESENT) !== 0;
    if (present === watched.present) return;
    watched.present = present;
    tell({ kind: present ? 'seen' : 'gone' });
  });
  reader.on('card', card => void tellConnected(reader, card, tell));
  reader.on('error', fault => tell({ kind: 'lost', why: reasonOf(fault) }));
  hearMisnamedFaults(reader, fault => tell({ kind: 'failed', why: reasonOf(fault) }));
}

/** A failed connect is emitted with the error where the event's name belongs: only `emit` itself sees it. */
function hearMisnamedFaults(reader: NfcReader, hear: (fault: unknown) => void): void {
  const emit = reader.emit.bind(reader);
  reader.emit = (event, ...rest) => {
    if (typeof event === 'string' || typeof event === 'symbol') return emit(event, ...rest);
    hear(event);
    return true;
  };
}

/**
 * A card that left while it was being connected leaves its connection behind: it arrives here without an ATR, or
 * the next card inherits the connection and has no protocol. Both are mended by letting go.
 */
async function tellConnected(reader: NfcReader, card: NfcCard, tell: Tell): Promise<void> {
  try {
    if (card.atr === undefined) {
      await reader.disconnect();
      return;
    }
    if (reader.connection?.protocol === undefined) {
      await reader.disconnect();
      await reader.connect();
    }
    tell({ kind: 'connected', atr: card.atr });
  } catch (fault) {
    tell({ kind: 'failed', why: reasonOf(fault) });
  }
}

/** A card may have lain there before its reader was attached; one that is still connecting tells of itself. */
function tellOfCardInField(reader: NfcReader, tell: Tell): void {
  tell({ kind: 'seen' });
  if (reader.connection !== null && reader.card !== null) void tellConnected(reader, reader.card, tell);
}

async function transmit(
  reader: NfcReader | undefined,
  order: Extract<Order, { kind: 'transmit' }>,
  tell: Tell,
): Promise<void> {
  const { id, command, maxLength } = order;
  try {
    if (reader === undefined) throw new Error('the reader is gone');
    tell({ kind: 'answer', id, bytes: await reader.transmit(Buffer.from(command), maxLength) });
  } catch (fault) {
    tell({ kind: 'failed', id, why: reasonOf(fault) });
  }
}

/** The library wraps PC/SC's own error, which is the one that says something. */
function reasonOf(fault: unknown): string {
  if (!(fault instanceof Error)) return String(fault);
  const { previous } = fault as { previous?: unknown };
  return previous instanceof Error ? previous.message : fault.message;
}
