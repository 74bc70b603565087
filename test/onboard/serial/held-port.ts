/** A serial port in the hands of a test: it opens, fails, says bytes and is pulled when told. */
import type { OpenPort, Port, PortListener, PortSettings } from '../../../src/onboard/serial/port.ts';
import { bytesOf } from './streams.ts';

interface Opening {
  readonly settings: PortSettings;
  readonly listener: PortListener;
  opens(): void;
  fails(fault: unknown): void;
}

export class HeldPorts {
  readonly openings: Opening[] = [];
  readonly written: string[] = [];
  open = 0;
  isThere = true;
  isBusy = false;

  readonly openPort: OpenPort = (settings, listener) =>
    new Promise((resolve, reject) => {
      const port: Port = {
        write: bytes => {
          if (!this.isBusy) this.written.push(Buffer.from(bytes).toString('latin1'));
          return !this.isBusy;
        },
        isThere: () => this.isThere,
        close: async () => {
          this.open -= 1;
        },
      };
      this.openings.push({
        settings,
        listener,
        opens: () => {
          this.open += 1;
          resolve(port);
        },
        fails: reject,
      });
    });

  get last(): Opening {
    const opening = this.openings.at(-1);
    if (opening === undefined) throw new Error('nothing was opened yet');
    return opening;
  }

  /** The port that was asked for last opens; whoever asked is told before this settles. */
  async opens(): Promise<void> {
    this.last.opens();
    await settled();
  }

  async fails(fault: unknown): Promise<void> {
    this.last.fails(fault);
    await settled();
  }

  says(text: string): void {
    this.last.listener.data(bytesOf(text));
  }

  lost(why = 'bad file descriptor'): void {
    this.last.listener.lost(why);
  }
}

/** Everybody whose turn it is has had it. */
export function settled(): Promise<void> {
  return new Promise(resolve => setImmediate(resolve));
}
