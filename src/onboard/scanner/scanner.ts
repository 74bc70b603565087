/** A barcode scanner at a door, behind the port of every reader. */
import { assert } from '../../core/error.ts';
import type { ScanCode } from '../../wire/ticket/scan.ts';
import type { Reader, ReaderEvent } from '../reader/reader.ts';
import { Line, type LinePorts, type LineState } from '../serial/line.ts';
import { type PortSettings, settingsText } from '../serial/port.ts';
import { Codes, type Framing } from './codes.ts';

export interface ScannerSettings {
  readonly readerId: string;
  readonly port: PortSettings;
  readonly framing: Framing;
}

export interface ScannerPorts extends LinePorts {
  readonly scan: ScanCode;
  readonly onFault: (fault: unknown) => void;
}

/** A hundred characters at 9600 baud: no scanner pauses so long inside a code, and no rider notices. */
const SILENCE_MS = 100;
/** Scanners read what is held before them again and again: what is not read for so long was taken away. */
const HELD_MS = 1_500;

export class Scanner implements Reader {
  readonly #settings: ScannerSettings;
  readonly #ports: ScannerPorts;
  readonly #codes: Codes;
  readonly #line: Line;
  #tell: ((event: ReaderEvent) => void) | undefined;
  /** The code in view. */
  #held: Uint8Array | undefined;
  #disarmSilence: () => void = () => undefined;
  #disarmHeld: () => void = () => undefined;

  constructor(settings: ScannerSettings, ports: ScannerPorts) {
    this.#settings = settings;
    this.#ports = ports;
    this.#codes = new Codes(settings.framing, {
      code: bytes => this.#read(bytes),
      tooLong: () => this.#unreadable('a code that does not end'),
    });
    this.#line = new Line(settings.port, ports, {
      heard: bytes => this.#hear(bytes),
      became: state => this.#becomes(state),
      failed: ports.onFault,
    });
  }

  start(listener: (event: ReaderEvent) => void): void {
    assert(this.#tell === undefined, 'readers are started once');
    this.#tell = listener;
    this.#line.start();
  }

  async stop(): Promise<void> {
    this.#tell = undefined;
    this.#disarmSilence();
    this.#disarmHeld();
    await this.#line.stop();
  }

  #hear(bytes: Uint8Array): void {
    this.#disarmSilence();
    this.#codes.push(bytes);
    this.#disarmSilence = this.#ports.timers.after(SILENCE_MS, () => this.#codes.silence());
  }

  #becomes(state: LineState): void {
    const { readerId, port } = this.#settings;
    this.#disarmSilence();
    this.#codes.reset();
    this.#takeAway();
    if (state.kind === 'up') {
      this.#tell?.({ kind: 'up', readerId, name: `scanner at ${port.path}, ${settingsText(port)}` });
    } else this.#tell?.({ ...state, readerId });
  }

  /** The same code still in view is no news. */
  #read(code: Uint8Array): void {
    const isHeld = this.#held !== undefined && Buffer.compare(this.#held, code) === 0;
    if (!isHeld) {
      this.#takeAway();
      this.#held = code.slice();
      this.#present(code);
    }
    this.#disarmHeld();
    this.#disarmHeld = this.#ports.timers.after(HELD_MS, () => this.#takeAway());
  }

  #present(code: Uint8Array): void {
    const { readerId } = this.#settings;
    const scan = this.#ports.scan(code);
    if (scan.kind === 'unreadable') this.#tell?.({ kind: 'unreadable', readerId, why: scan.why });
    else this.#tell?.({ kind: 'scanned', readerId, scan });
  }

  #unreadable(why: string): void {
    const { readerId } = this.#settings;
    this.#takeAway();
    this.#tell?.({ kind: 'unreadable', readerId, why });
    this.#tell?.({ kind: 'removed', readerId });
  }

  #takeAway(): void {
    if (this.#held === undefined) return;
    this.#held = undefined;
    this.#disarmHeld();
    this.#tell?.({ kind: 'removed', readerId: this.#settings.readerId });
  }
}
