/**
 * Taps shared aboard: this validator tells the others how its riders stand and hears how theirs do. Whoever connects is
 * told everything that is held, so that a partition, a restart or a lost connection heals by itself; what is news is
 * told on, so that it reaches those who cannot reach each other.
 */
import { whyOf } from '../../core/error.ts';
import { readRiderState, writeRiderState } from '../../core/fare/rider.ts';
import type { Answered } from '../../core/validator/inspected.ts';
import { MAX_STATE_BYTES, messageBytes, type Question, type SharedTap } from '../../wire/aboard/messages.ts';
import { Malformed } from '../../wire/malformed.ts';
import type { Serving } from '../socket-server.ts';
import { type Heard, Link, type Speaker } from './link.ts';
import type { Network } from './network.ts';
import type { SharedTaps, Standing } from './shared-taps.ts';

export interface ShareParts extends Speaker {
  readonly network: Network;
  readonly taps: SharedTaps;
  /** Where the others and inspectors connect; absent: this one only dials. */
  readonly listen: string | undefined;
  readonly peers: readonly string[];
  /** What an inspector who asks is answered with. */
  readonly answer: (tokens: Question['tokens']) => Answered;
  readonly onShare: (event: ShareEvent) => void;
}

/** For people and logs. */
export type ShareEvent =
  | { readonly kind: 'listening'; readonly address: string }
  | { readonly kind: 'up'; readonly peer: string }
  | { readonly kind: 'down'; readonly peer: string; readonly why: string }
  /** One rider's tap stays known here alone. */
  | { readonly kind: 'untold'; readonly why: string }
  /** Whoever that was does not belong here. */
  | { readonly kind: 'put-off'; readonly why: string };

const FIRST_PAUSE_MS = 500;
const LAST_PAUSE_MS = 10_000;

export class Share {
  readonly #parts: ShareParts;
  readonly #ready = new Set<Link>();
  readonly #all = new Set<Link>();
  readonly #waits = new Set<() => void>();
  #listening: Serving | undefined;
  #isStopped = false;

  constructor(parts: ShareParts) {
    this.#parts = parts;
  }

  /** Rejects as the network does where it cannot listen. */
  async start(): Promise<void> {
    const { network, listen, peers, onShare } = this.#parts;
    for (const peer of peers) this.#dial(peer, FIRST_PAUSE_MS);
    if (listen === undefined) return;
    const listening = await network.listen(listen, channel => this.#accepted().opened(channel));
    if (this.#isStopped) return listening.close();
    this.#listening = listening;
    onShare({ kind: 'listening', address: listening.address });
  }

  /** A rider's tap here, or its void. It counts at once, and is told when whoever stands there has been answered. */
  tell(standing: Standing): void {
    if (this.#parts.taps.merge(standing)) queueMicrotask(() => this.#tellOn(standing, undefined));
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    for (const cancel of this.#waits) cancel();
    for (const link of this.#all) link.close();
    await this.#listening?.close();
  }

  #accepted(): Link {
    const link: Link = new Link(this.#parts, 'listener', {
      ready: () => this.#greet(link),
      heard: message => this.#heard(link, message),
      closed: () => this.#forget(link),
      putOff: why => {
        this.#forget(link);
        this.#parts.onShare({ kind: 'put-off', why });
      },
    });
    this.#all.add(link);
    return link;
  }

  #dial(peer: string, pauseMs: number): void {
    const { network, onShare } = this.#parts;
    let isUp = false;
    const again = (why: string) => {
      this.#forget(link);
      if (isUp || pauseMs === FIRST_PAUSE_MS) onShare({ kind: 'down', peer, why });
      // One that was up is looked for at once; one that stays away ever more seldom.
      const nextMs = isUp ? FIRST_PAUSE_MS : Math.min(pauseMs * 2, LAST_PAUSE_MS);
      this.#after(isUp ? FIRST_PAUSE_MS : pauseMs, () => this.#dial(peer, nextMs));
    };
    const link: Link = new Link(this.#parts, 'dialler', {
      ready: () => {
        isUp = true;
        onShare({ kind: 'up', peer });
        this.#greet(link);
      },
      heard: message => this.#heard(link, message),
      closed: again,
      putOff: again,
    });
    this.#all.add(link);
    network.dial(peer, link).then(
      channel => {
        if (this.#isStopped) channel.close();
        else link.opened(channel);
      },
      (error: unknown) => again(whyOf(error)),
    );
  }

  #after(delayMs: number, then: () => void): void {
    if (this.#isStopped) return;
    const cancel = this.#parts.timers.after(delayMs, () => {
      this.#waits.delete(cancel);
      if (!this.#isStopped) then();
    });
    this.#waits.add(cancel);
  }

  #greet(link: Link): void {
    this.#ready.add(link);
    for (const standing of this.#parts.taps.all()) {
      const told = tapBytes(standing);
      if (told !== undefined && !link.tellBytes(told)) return;
    }
  }

  #forget(link: Link): void {
    this.#ready.delete(link);
    this.#all.delete(link);
  }

  #heard(link: Link, message: Heard): void {
    switch (message.kind) {
      case 'tap': {
        const standing = standingOf(message);
        if (this.#parts.taps.merge(standing)) this.#tellOn(standing, link);
        return;
      }
      case 'question':
        link.tell({ kind: 'reply', id: message.id, ...this.#parts.answer(message.tokens) });
        return;
      case 'reply':
        return;
      default:
        message satisfies never;
    }
  }

  #tellOn(standing: Standing, from: Link | undefined): void {
    const told = tapBytes(standing);
    if (told === undefined) {
      this.#parts.onShare({ kind: 'untold', why: `a rider's state of more than ${MAX_STATE_BYTES} bytes` });
      return;
    }
    for (const link of this.#ready) if (link !== from) link.tellBytes(told);
  }
}

/** Written once, and told to however many there are; undefined for a state that no message has room for. */
function tapBytes(standing: Standing): Uint8Array | undefined {
  const state = new TextEncoder().encode(writeRiderState(standing.state));
  return state.length > MAX_STATE_BYTES ? undefined : messageBytes({ kind: 'tap', ...standing, state });
}

/** Throws `Malformed` for a state that is none. */
function standingOf({ state, deviceId, epoch, sequence, token, atMs, stopId }: SharedTap): Standing {
  try {
    const written: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(state));
    return { deviceId, epoch, sequence, token, atMs, stopId, state: readRiderState(written) };
  } catch {
    throw new Malformed('a rider’s state that is none');
  }
}
