/** What readers told, in order, for tests that wait for events and never for time. */
import { EventEmitter, once } from 'node:events';
import type { ReaderEvent } from '../../src/onboard/reader/reader.ts';

/** A bound on a wait that something real failed to end; no test counts on it passing. */
const PATIENCE_MS = 60_000;

type Kind = ReaderEvent['kind'];

export interface Heard {
  listener(event: ReaderEvent): void;
  /** Takes this reader's oldest event, told already or still to come. */
  next(readerId: string): Promise<ReaderEvent>;
  /** Takes this reader's events up to the first of this kind, and returns that one. */
  until<K extends Kind>(readerId: string, kind: K): Promise<Extract<ReaderEvent, { kind: K }>>;
}

export function heard(): Heard {
  const told: ReaderEvent[] = [];
  const bell = new EventEmitter();

  async function next(readerId: string): Promise<ReaderEvent> {
    const signal = AbortSignal.timeout(PATIENCE_MS);
    for (;;) {
      const index = told.findIndex(event => event.readerId === readerId);
      const [event] = index === -1 ? [] : told.splice(index, 1);
      if (event !== undefined) return event;
      await once(bell, 'told', { signal }).catch(() => {
        throw new Error(`nothing was heard of ${readerId} for ${PATIENCE_MS} ms`);
      });
    }
  }

  return {
    next,
    listener: event => {
      told.push(event);
      bell.emit('told');
    },
    until: async (readerId, kind) => {
      for (;;) {
        const event = await next(readerId);
        if (isOf(event, kind)) return event;
      }
    },
  };
}

function isOf<K extends Kind>(event: ReaderEvent, kind: K): event is Extract<ReaderEvent, { kind: K }> {
  return event.kind === kind;
}
