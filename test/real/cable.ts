/**
 * A serial cable on a real pseudo-terminal: plugged in it has the path of its link, as udev gives a USB adapter; pulled,
 * its terminal hangs up and the link is gone.
 */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Part } from './needs.ts';

export const CABLE_PARTS: readonly Part[] = [{ command: 'socat', install: 'apt install socat' }];

/** A bound on a wait that something real failed to end; no test counts on it passing. */
const PATIENCE_MS = 60_000;

export class Cable {
  readonly #folder = mkdtempSync(join(tmpdir(), 'tura-cable-'));
  readonly path = join(this.#folder, 'serial');
  #socat: ChildProcessWithoutNullStreams | undefined;
  readonly #bell = new EventEmitter();
  /** What came out of the far end since it was plugged in. */
  received = '';

  /** Settles when the path is there. */
  async plug(): Promise<void> {
    const socat = spawn('socat', [`pty,raw,echo=0,link=${this.path}`, 'STDIO']);
    this.#socat = socat;
    this.received = '';
    socat.stdout.setEncoding('latin1').on('data', (text: string) => {
      this.received += text;
      this.#bell.emit('received');
    });
    // Whoever writes into a cable that is being pulled writes for nobody.
    socat.stdin.on('error', () => undefined);
    while (!existsSync(this.path)) await new Promise(resolve => setTimeout(resolve, 5));
  }

  /** As the device at the far end does. */
  say(bytes: string | Uint8Array): void {
    this.#socat?.stdin.write(typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes);
  }

  async hears(text: string): Promise<void> {
    const signal = AbortSignal.timeout(PATIENCE_MS);
    while (!this.received.includes(text)) await once(this.#bell, 'received', { signal });
  }

  /** Settles when its terminal is gone. */
  async pull(): Promise<void> {
    const socat = this.#socat;
    if (socat === undefined || socat.exitCode !== null) return;
    const gone = once(socat, 'exit');
    socat.kill();
    await gone;
    rmSync(this.path, { force: true });
  }

  async close(): Promise<void> {
    await this.pull();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** Events as they come, for tests that wait for them and never for time. */
export class Told<Event> {
  readonly all: Event[] = [];
  readonly #bell = new EventEmitter();

  tell(event: Event): void {
    this.all.push(event);
    this.#bell.emit('told');
  }

  /** Takes the events up to the first of which this holds, and returns that one. */
  async until(is: (event: Event) => boolean): Promise<Event> {
    const signal = AbortSignal.timeout(PATIENCE_MS);
    for (;;) {
      const index = this.all.findIndex(is);
      const [event] = index === -1 ? [] : this.all.splice(0, index + 1).slice(-1);
      if (event !== undefined) return event;
      await once(this.#bell, 'told', { signal });
    }
  }
}
