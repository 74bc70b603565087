/**
 * The beat of a validator at work: a note of its health to the disk, and then the word to its supervisor. A loop that
 * does not turn does not beat, and neither does one whose disk does not answer: systemd starts it anew.
 *
 * A disk that answers with an error is another matter. It is said at the readers, and mended while running
 * (`journal/mendable.ts`), where it is still known what was committed: a new start would have forgotten. So the beat
 * goes on over errors for some minutes, and ends only when mending has had its time.
 */
import type { Timers } from '../timers.ts';
import type { HealthNote } from './health-note.ts';
import type { Supervisor } from './supervisor.ts';

/** Without a supervisor that says how often. */
const EVERY_MS = 30_000;

/** The journal is opened anew every minute at the latest. */
const MENDING_MS = 10 * 60_000;

export interface PulseOptions {
  readonly timers: Timers;
  /** Never runs back. */
  readonly monotonicMs: () => number;
  readonly supervisor: Supervisor | undefined;
  readonly look: () => HealthNote;
  /** Settles when it is on disk. */
  readonly write: (note: HealthNote) => Promise<void>;
  /** Told when it begins; that it stays is no news. */
  readonly onFault: (fault: unknown) => void;
}

export interface Pulse {
  /** The last word and the last note. */
  stop(): Promise<void>;
}

/** Taps are taken: says so, and beats until it is stopped. */
export function startPulse(options: PulseOptions): Pulse {
  return new BeatingPulse(options);
}

class BeatingPulse implements Pulse {
  readonly #options: PulseOptions;
  #failingSinceMs: number | undefined;
  #unheard = false;
  #stopped = false;
  #cancel: () => void = () => undefined;
  #beating: Promise<void>;

  constructor(options: PulseOptions) {
    this.#options = options;
    this.#beating = this.#tell('READY=1').then(() => this.#beat());
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#cancel();
    await this.#beating;
    await this.#tell('STOPPING=1');
    await this.#note();
  }

  async #beat(): Promise<void> {
    const note = await this.#note();
    if (this.#isWorthKeeping()) await this.#tell('WATCHDOG=1', `STATUS=${statusOf(note)}`);
    if (this.#stopped) return;
    const { timers, supervisor } = this.#options;
    this.#cancel = timers.after(supervisor?.everyMs ?? EVERY_MS, () => {
      this.#beating = this.#beat();
    });
  }

  /** Undefined when the disk answered with an error. */
  async #note(): Promise<HealthNote | undefined> {
    try {
      const note = this.#options.look();
      await this.#options.write(note);
      this.#failingSinceMs = undefined;
      return note;
    } catch (fault) {
      if (this.#failingSinceMs === undefined) this.#options.onFault(fault);
      this.#failingSinceMs ??= this.#options.monotonicMs();
      return undefined;
    }
  }

  #isWorthKeeping(): boolean {
    if (this.#failingSinceMs === undefined) return true;
    return this.#options.monotonicMs() - this.#failingSinceMs < MENDING_MS;
  }

  async #tell(...words: readonly string[]): Promise<void> {
    try {
      await this.#options.supervisor?.tell(...words);
      this.#unheard = false;
    } catch (fault) {
      if (!this.#unheard) this.#options.onFault(fault);
      this.#unheard = true;
    }
  }
}

function statusOf(note: HealthNote | undefined): string {
  if (note === undefined) return 'the disk fails';
  return note.waiting === undefined ? 'the journal fails' : `taking taps; ${note.waiting} records waiting`;
}
