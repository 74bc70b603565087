/**
 * Empties the journal's outbox into a sink: in order, one batch under way, each record let go of only when that very
 * record was answered. What the back office refuses is told and let go of too, so that it never blocks the queue.
 */
import { assert, TuraError } from '../../core/error.ts';
import { known } from '../../core/known.ts';
import { type Answer, RESULTS, type Result } from '../../wire/answer.ts';
import { MAX_BATCH_BYTES } from '../../wire/batch.ts';
import type { Journal, Sealed } from '../journal/journal.ts';
import type { Timers } from '../timers.ts';
import { afterAnswer, afterFailure, FIRST_TRY, type RetryState, waitMs } from './retry.ts';
import type { Sink } from './sink.ts';

export type UplinkEvent =
  | {
      readonly kind: 'acknowledged';
      /** Results of this batch. */
      readonly results: ResultCounts;
      /** Records still in the outbox. */
      readonly left: number;
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
  | {
      readonly kind: 'failed';
      readonly fault: TuraError;
      readonly failures: number;
      readonly retryInMs: number;
      readonly left: number;
    }
  /** The journal or the sink broke in a way that no retry mends; nothing more is sent. */
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
  | { readonly kind: 'gave-up'; readonly left: number; readonly fault: TuraError }
  | { readonly kind: 'stopped'; readonly left: number }
  | { readonly kind: 'broken'; readonly error: unknown };

export interface Uplink {
  start(): void;
  /** Says that there may be something new in the outbox. While waiting after a failure, waiting goes on. */
  kick(): void;
  /**
   * Starts if need be, tries at once, and settles when the outbox is empty or after `tries` failures in a row, with
   * the back-off between them. Sending goes on afterwards; `stop` ends it. Never rejects.
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

  constructor(options: UplinkOptions) {
    this.#options = options;
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
        this.#next();
        break;
      case 'waiting':
        phase.cancel();
        this.#next();
        break;
      case 'sending':
        break;
      case 'stopped':
        this.#settleDrainers({ kind: 'stopped', left: this.#options.journal.outboxSize() });
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
    if (this.#phase.kind !== 'broken') this.#phase = { kind: 'stopped' };
    await this.#options.sink.close();
    await this.#underWay;
    if (this.#drainers.size > 0) {
      this.#settleDrainers({ kind: 'stopped', left: this.#options.journal.outboxSize() });
    }
  }

  /** Sends the next batch, or rests. */
  #next(): void {
    try {
      const batch = fitting(this.#options.journal.outbox(this.#retry.batchRecords));
      this.#phase = { kind: batch.length === 0 ? 'idle' : 'sending' };
      if (batch.length === 0) this.#settleDrainers({ kind: 'empty' });
      else this.#underWay = this.#send(batch);
    } catch (error) {
      this.#failed(error, 0);
    }
  }

  async #send(batch: readonly Sealed[]): Promise<void> {
    try {
      const answer = await this.#options.sink.send(batch.map(({ bytes }) => bytes));
      this.#letGo(batch, answer);
    } catch (error) {
      this.#failed(error, batch.length);
    }
    if (this.#phase.kind === 'sending') this.#next();
  }

  #letGo(batch: readonly Sealed[], { results, acknowledged }: Answer): void {
    const { journal } = this.#options;
    assert(results.length === batch.length, 'a sink answers each record');
    journal.acknowledge(batch.map(({ sequence }) => sequence));
    this.#retry = afterAnswer(this.#retry);
    const { deviceId, epoch } = journal.next();
    const own = acknowledged.find(mark => mark.deviceId === deviceId && mark.epoch === epoch);
    this.#tell({
      kind: 'acknowledged',
      results: countsOf(results),
      left: journal.outboxSize(),
      ...known({ through: own?.through }),
    });
    batch.forEach(({ sequence }, index) => {
      const { result, why } = results[index] ?? {};
      if (result !== 'conflict' && result !== 'quarantined') return;
      this.#tell({ kind: 'kept-apart', sequence, result, ...known({ why }) });
    });
  }

  /** The link's faults and a full disk pass: they are waited out. Anything else ends the sending, and is said. */
  #failed(error: unknown, sent: number): void {
    if (this.#phase.kind === 'stopped') return;
    const { journal, timers, random } = this.#options;
    if (!(error instanceof TuraError && error.retryable)) {
      this.#phase = { kind: 'broken', error };
      this.#tell({ kind: 'broken', error });
      this.#settleDrainers({ kind: 'broken', error });
      return;
    }
    this.#retry = afterFailure(this.#retry, error.code, sent);
    const retryInMs = waitMs(this.#retry, random());
    this.#phase = { kind: 'waiting', cancel: timers.after(retryInMs, () => this.#next()) };
    const { failures } = this.#retry;
    this.#tell({ kind: 'failed', fault: error, failures, retryInMs, left: journal.outboxSize() });
    if (failures > 0) this.#countTry(error);
  }

  #countTry(fault: TuraError): void {
    for (const drainer of this.#drainers) {
      drainer.triesLeft -= 1;
      if (drainer.triesLeft > 0) continue;
      this.#drainers.delete(drainer);
      drainer.settle({ kind: 'gave-up', left: this.#options.journal.outboxSize(), fault });
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
