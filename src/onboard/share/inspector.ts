/** An inspector's terminal: asks every validator of a vehicle about one medium, and gives the answer of all of them. */
import { whyOf } from '../../core/error.ts';
import type { Token } from '../../core/tap.ts';
import { type Answered, firstOf } from '../../core/validator/inspected.ts';
import { Link, type Speaker } from './link.ts';
import type { Network } from './network.ts';

export interface InspectorParts extends Speaker {
  readonly network: Network;
  readonly peers: readonly string[];
}

export interface Inspected extends Answered {
  /** Who did not answer, and why: with any of them 'unknown' may be known there. */
  readonly silent: readonly { readonly peer: string; readonly why: string }[];
}

/** An inspector stands before a rider. */
const ANSWER_MS = 2_000;

export async function askAbout(tokens: readonly Token[], parts: InspectorParts): Promise<Inspected> {
  const asked = await Promise.all(parts.peers.map(peer => ask(peer, tokens, parts)));
  const answers = asked.flatMap(outcome => (typeof outcome === 'string' ? [] : [outcome]));
  const silent = asked.flatMap((outcome, index) =>
    typeof outcome === 'string' ? [{ peer: parts.peers[index] ?? '', why: outcome }] : [],
  );
  return { ...firstOf(answers), silent };
}

/** The answer, or why there is none. */
function ask(peer: string, tokens: readonly Token[], parts: InspectorParts): Promise<Answered | string> {
  return new Promise(resolve => {
    const end = (outcome: Answered | string) => {
      cancel();
      link.close();
      resolve(outcome);
    };
    const cancel = parts.timers.after(ANSWER_MS, () => end(`no answer in ${ANSWER_MS / 1000} s`));
    const link: Link = new Link(parts, 'dialler', {
      ready: () => link.tell({ kind: 'question', id: 1, tokens }),
      heard: message => {
        if (message.kind !== 'reply') return;
        const { check, paidAtMs, riders, stopId } = message;
        end({ check, paidAtMs, riders, stopId });
      },
      closed: end,
      putOff: end,
    });
    parts.network.dial(peer, link).then(
      channel => link.opened(channel),
      (error: unknown) => end(whyOf(error)),
    );
  });
}
