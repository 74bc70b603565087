/**
 * Empties the journal's outbox into a sink: in order, one batch under way, each record let go of only when that very
 * record was answered. What the back office keeps apart is told and let go of too. A record that it will not even answer
 * is set aside: it stays in the outbox, is told and counted, and never blocks what comes after it.
 */
import { assert, type FaultCode, TuraError } from '../../core/error.ts';
import { known } from '../../core/known.ts';
import { type Answer, RESULTS, type Result } from '../../wire/answer.ts';
import { MAX_BATCH_BYTES } from '../../wire/batch.ts';
import type { Journal, Sealed } from '../journal/journal.ts';
import type { Timers } from '../timers.ts';
import { afterAnswer, afterFailure, FIRST_TRY, isRefusal, type RetryState, waitMs } from './retry.ts';
import { SetAside } from './set-aside.ts';
import type { Sink } from './sink.ts';

export type UplinkEvent =
  | {
      readonly kind: 'acknowledged';
      /** Results of this batch. */
      readonly results: ResultCounts;
      /** Records still in the outbox. */
      readonly left: number;
      /** Of those, how many are set aside. */
      readonly setAside: number;
      /** How far the back office holds this journal's sequence without a gap, when it said so. */
      readonly through?: number;
    }
  /** A record that the back office keeps apart from its ledger: somebody must look at it. */
  | {
      readonly kind: 'kept-apart';
      readonly sequence: number;
      readonly result: 'conflict' | 'quarantined';
      readonly why?: string;
    }
  /** A record that is refused even alone: the others go on, and it is tried again an hour later. */
  | {
      readonly kind: 'set-aside';
      readonly sequence: number;
      readonly fault: TuraError;
      readonly left: number;
      readonly setAside: number;
    }
  | {
      readonly kind: 'failed';
      readonly fault: TuraError;
      readonly failures: number;
      readonly retryInMs: number;
      readonly left: number;
      readonly setAside: number;
    }
  /** A defect of the journal or the sink, which no retry mends; nothing more is sent. */
  | { readonly kind: 'broken'; readonly error: unknown };

export type ResultCounts = Readonly<Record<Result, number>>;

export interface UplinkOptions {
  readonly journal: Journal;
  /** Closed by `stop`. */
  readonly sink: Sink;
  readonly timers: Timers;
  /** Draws from [0, 1), for the jitter. */
  readonly random: () => number;
  readonly onProgress?: (event: UplinkEvent) => void;
}

export type Drained =
  /** Every record was answered. */
  | { readonly kind: 'empty' }
  /** `tries` were in vain, or nothing is left but what is set aside. */
  | { readonly kind: 'gave-up'; readonly left: number; readonly fault: TuraError }
  | { readonly kind: 'stopped'; readonly left: number }
  | { readonly kind: 'broken'; readonly error: unknown };

export interface Uplink {
  start(): void;
  /** Says that there may be something new in the outbox. While waiting after a failure, waiting goes on. */
  kick(): void;
  /**
   * Starts if need be, tries at once, and settles when the outbox is empty or after `tries` failures in a row, with
   * the back-off between them; at the first where it is the disk on board that fails, since no collector mends that.
   * Sending goes on afterwards; `stop` ends it. Never rejects.
   */
  drain(tries: number): Promise<Drained>;
  /** Gives up the batch under way (its records stay in the outbox), closes the sink and settles when all is quiet. */
  stop(): Promise<void>;
}

/** `new` before start, `idle` with an empty outbox. From `stopped` and `broken` nothing leads on. */
type Phase =
  | { readonly kind: 'new' | 'idle' | 'sending' | 'stopped' }
  | { readonly kind: 'waiting'; readonly cancel: () => void }
  | { readonly kind: 'broken'; readonly error: unknown };

const ON_BOARD: readonly FaultCode[] = ['disk-full', 'disk-read-only', 'disk-fault', 'state-in-use'];

interface Drainer {
  triesLeft: number;
  readonly settle: (drained: Drained) => void;
}

export function createUplink(options: UplinkOptions): Uplink {
  return new OutboxUplink(options);
}

class OutboxUplink implements Uplink {
  readonly #options: UplinkOptions;
  readonly #drainers = new Set<Drainer>();
  #phase: Phase = { kind: 'new' };
  #retry: RetryState = FIRST_TRY;
  #underWay: Promise<void> = Promise.resolve();
  #left = 0;
  readonly #aside: SetAside;

  constructor(options: UplinkOptions) {
    this.#options = options;
    this.#aside = new SetAside(options.timers, () => this.kick());
  }

  start(): void {
    if (this.#phase.kind === 'new') this.#next();
  }

  kick(): void {
    if (this.#phase.kind === 'idle') this.#next();
  }

  drain(tries: number): Promise<Drained> {
    const drained = new Promise<Drained>(settle => this.#drainers.add({ triesLeft: tries, settle }));
    const phase = this.#phase;
    switch (phase.kind) {
      case 'new':
      case 'idle':
        this.#aside.forget();
        this.#next();
        break;
      case 'waiting':
        phase.cancel();
        this.#next();
        break;
      case 'sending':
        break;
      case 'stopped':
        this.#settleDrainers({ kind: 'stopped', left: this.#waiting() });
        break;
      case 'broken':
        this.#settleDrainers({ kind: 'broken', error: phase.error });
        break;
      default:
        phase satisfies never;
    }
    return drained;
  }

  async stop(): Promise<void> {
    if (this.#phase.kind === 'waiting') this.#phase.cancel();
    this.#aside.forget();
    if (this.#phase.kind !== 'broken') this.#phase = { kind: 'stopped' };
    await this.#options.sink.close();
    await this.#underWay;
    if (this.#drainers.size > 0) this.#settleDrainers({ kind: 'stopped', left: this.#waiting() });
  }

  /** Sends the next batch, or rests. */
  #next(): void {
    const { journal } = this.#options;
    try {
      const { epoch } = journal.next();
      const batch = fitting(
        this.#aside.without(epoch, this.#retry.batchRecords, limit => journal.outbox(limit)),
      );
      this.#phase = { kind: batch.length === 0 ? 'idle' : 'sending' };
      if (batch.length === 0) this.#settleDrainers(this.#allSent());
      else this.#underWay = this.#send(batch, epoch);
    } catch (error) {
      this.#failed(error, []);
    }
  }

  #allSent(): Drained {
    const { fault } = this.#aside;
    return fault === undefined ? { kind: 'empty' } : { kind: 'gave-up', left: this.#waiting(), fault };
  }

  async #send(batch: readonly Sealed[], epoch: string): Promise<void> {
    try {
      const answer = await this.#options.sink.send(batch.map(({ bytes }) => bytes));
      // A journal that was lost meanwhile has the same sequences again, and none of them was answered.
      if (this.#options.journal.next().epoch === epoch) this.#letGo(batch, epoch, answer);
    } catch (error) {
      this.#failed(error, batch);
    }
    if (this.#phase.kind === 'sending') this.#next();
  }

  #letGo(batch: readonly Sealed[], epoch: string, { results, acknowledged }: Answer): void {
    const { journal } = this.#options;
    assert(results.length === batch.length, 'a sink answers each record');
    journal.acknowledge(batch.map(({ sequence }) => sequence));
    this.#retry = afterAnswer(this.#retry);
    const { deviceId } = journal.next();
    const own = acknowledged.find(mark => mark.deviceId === deviceId && mark.epoch === epoch);
    this.#tell({
      kind: 'acknowledged',
      results: countsOf(results),
      left: this.#waiting(),
      setAside: this.#aside.size,
      ...known({ through: own?.through }),
    });
    batch.forEach(({ sequence }, index) => {
      const { result, why } = results[index] ?? {};
      if (result !== 'conflict' && result !== 'quarantined') return;
      this.#tell({ kind: 'kept-apart', sequence, result, ...known({ why }) });
    });
  }

  /** The link's faults pass, and so do the disk's, since the vehicle mends its journal. A defect ends the sending. */
  #failed(error: unknown, batch: readonly Sealed[]): void {
    if (this.#phase.kind === 'stopped') return;
    const { timers, random } = this.#options;
    if (!(error instanceof TuraError)) {
      this.#phase = { kind: 'broken', error };
      this.#tell({ kind: 'broken', error });
      this.#settleDrainers({ kind: 'broken', error });
      return;
    }
    this.#retry = afterFailure(this.#retry, error.code, batch.length);
    const retryInMs = waitMs(this.#retry, random());
    this.#phase = { kind: 'waiting', cancel: timers.after(retryInMs, () => this.#next()) };
    const { failures } = this.#retry;
    const isAside = this.#setAside(error, batch);
    const counts = { left: this.#waiting(), setAside: this.#aside.size };
    if (!isAside || failures > 0)
      this.#tell({ kind: 'failed', fault: error, failures, retryInMs, ...counts });
    if (failures > 0) this.#countTry(error);
  }

  /** A single record that is refused. Beyond the limit it stays at the head, and the others wait behind it. */
  #setAside(fault: TuraError, [first, second]: readonly Sealed[]): boolean {
    if (first === undefined || second !== undefined || !isRefusal(fault.code)) return false;
    if (!this.#aside.add(first.sequence, fault)) return false;
    const counts = { left: this.#waiting(), setAside: this.#aside.size };
    this.#tell({ kind: 'set-aside', sequence: first.sequence, fault, ...counts });
    return true;
  }

  /** Records in the outbox; while the journal cannot say, as many as it said last: a fault is told without it. */
  #waiting(): number {
    try {
      this.#left = this.#options.journal.outboxSize();
    } catch {
      return this.#left;
    }
    return this.#left;
  }

  #countTry(fault: TuraError): void {
    for (const drainer of this.#drainers) {
      drainer.triesLeft -= 1;
      if (drainer.triesLeft > 0 && !ON_BOARD.includes(fault.code)) continue;
      this.#drainers.delete(drainer);
      drainer.settle({ kind: 'gave-up', left: this.#waiting(), fault });
    }
  }

  #settleDrainers(drained: Drained): void {
    for (const drainer of this.#drainers) drainer.settle(drained);
    this.#drainers.clear();
  }

  #tell(event: UplinkEvent): void {
    this.#options.onProgress?.(event);
  }
}

/** As many from the front as a batch's bytes allow, and at least one. */
function fitting(outbox: readonly Sealed[]): readonly Sealed[] {
  let bytes = 0;
  const end = outbox.findIndex((sealed, index) => {
    bytes += sealed.bytes.length;
    return index > 0 && bytes > MAX_BATCH_BYTES;
  });
  return end === -1 ? outbox : outbox.slice(0, end);
}

function countsOf(results: Answer['results']): ResultCounts {
  const counts = Object.fromEntries(RESULTS.map(result => [result, 0])) as Record<Result, number>;
  for (const { result } of results) counts[result] += 1;
  return counts;
}
