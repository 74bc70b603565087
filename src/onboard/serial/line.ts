/**
 * One serial line, kept alive: opened, listened to, opened again when its cable was pulled or its adapter hangs. It
 * never throws at whoever listens, and whatever state it is in, it says so.
 */
import { TuraError, whyOf } from '../../core/error.ts';
import { known } from '../../core/known.ts';
import type { Timers } from '../timers.ts';
import { type Fault, faultOf } from './mend.ts';
import type { OpenPort, Port, PortListener, PortSettings } from './port.ts';

export type LineState =
  | { readonly kind: 'up' }
  | { readonly kind: 'down'; readonly why: string; readonly mend?: string };

export interface LineListener {
  /** Good until the call returns. */
  heard(bytes: Uint8Array): void;
  /** Told when it changes. */
  became(state: LineState): void;
  /** A listener threw: a slip of ours, which stops no line. */
  failed(fault: unknown): void;
}

export interface LinePorts {
  readonly openPort: OpenPort;
  readonly timers: Timers;
}

const OPEN_MS = 10_000;
/** The first pause before it is opened again, doubled up to the last: a cable that is plugged in is heard soon. */
const FIRST_PAUSE_MS = 250;
const LAST_PAUSE_MS = 5_000;
/**
 * After so long a silence it is looked whether the adapter is still there. An adapter pulled while bytes came in makes
 * the library read nothing for ever, at full load, and say nothing; closing the port ends that.
 */
const SILENCE_MS = 250;

type State =
  | { readonly kind: 'opening' }
  | { readonly kind: 'open'; readonly port: Port }
  | { readonly kind: 'paused' }
  | { readonly kind: 'stopped' };

export class Line {
  readonly #settings: PortSettings;
  readonly #ports: LinePorts;
  readonly #listener: LineListener;
  #state: State = { kind: 'paused' };
  #attempt = 0;
  #pauseMs = FIRST_PAUSE_MS;
  #saidDown: string | undefined;
  #heardSinceLook = false;
  #disarm: () => void = () => undefined;
  #closing: Promise<unknown> = Promise.resolve();

  constructor(settings: PortSettings, ports: LinePorts, listener: LineListener) {
    this.#settings = settings;
    this.#ports = ports;
    this.#listener = listener;
  }

  start(): void {
    this.#open();
  }

  /** False where it could not be sent at once. */
  write(bytes: Uint8Array): boolean {
    return this.#state.kind === 'open' && this.#state.port.write(bytes);
  }

  /** Nothing is heard after the promise settles. */
  async stop(): Promise<void> {
    this.#end();
    this.#state = { kind: 'stopped' };
    await this.#closing;
  }

  #open(): void {
    const attempt = ++this.#attempt;
    this.#state = { kind: 'opening' };
    this.#disarm = this.#ports.timers.after(OPEN_MS, () =>
      this.#lose({ why: `${this.#settings.path}: does not open within ${OPEN_MS} ms` }),
    );
    const isThis = () => this.#attempt === attempt;
    const listener: PortListener = {
      data: bytes => {
        if (isThis()) this.#hear(bytes);
      },
      lost: why => {
        if (isThis()) this.#fail(why);
      },
    };
    this.#ports.openPort(this.#settings, listener).then(
      port => {
        if (isThis()) this.#rise(port);
        else this.#close(port);
      },
      fault => {
        if (isThis()) this.#fail(fault);
      },
    );
  }

  #rise(port: Port): void {
    this.#disarm();
    this.#state = { kind: 'open', port };
    this.#saidDown = undefined;
    this.#guarded(() => this.#listener.became({ kind: 'up' }));
    this.#watch(port);
  }

  #watch(port: Port): void {
    this.#heardSinceLook = false;
    this.#disarm = this.#ports.timers.after(SILENCE_MS, () => {
      if (this.#heardSinceLook || port.isThere()) this.#watch(port);
      else this.#fail('no such device');
    });
  }

  #hear(bytes: Uint8Array): void {
    this.#heardSinceLook = true;
    // A port that opens and is lost at once is not tried without a pause.
    this.#pauseMs = FIRST_PAUSE_MS;
    this.#guarded(() => this.#listener.heard(bytes));
  }

  /** What the machine said becomes what a person can act on; a `TuraError` says that itself. */
  #fail(fault: unknown): void {
    if (fault instanceof TuraError) this.#lose({ why: fault.message, mend: fault.expected });
    else this.#lose(faultOf(whyOf(fault), this.#settings.path));
  }

  #lose({ why, mend }: Fault): void {
    this.#end();
    this.#state = { kind: 'paused' };
    this.#disarm = this.#ports.timers.after(this.#pauseMs, () => this.#open());
    this.#pauseMs = Math.min(this.#pauseMs * 2, LAST_PAUSE_MS);
    if (this.#saidDown === why) return;
    this.#saidDown = why;
    this.#guarded(() => this.#listener.became(known({ kind: 'down', why, mend })));
  }

  #end(): void {
    this.#disarm();
    this.#attempt++;
    if (this.#state.kind === 'open') this.#close(this.#state.port);
  }

  #close(port: Port): void {
    this.#closing = Promise.all([this.#closing, port.close()]);
  }

  #guarded(work: () => void): void {
    try {
      work();
    } catch (fault) {
      this.#listener.failed(fault);
    }
  }
}
