/** Keeps one reader alive: opens a host, finds the reader among those plugged in, begins again when it is lost. */
import type { ReaderEvent } from '../reader.ts';
import { chooseReader, type PcscReader } from './choose.ts';
import { type After, type Cancel, type Limits, pauseMs } from './limits.ts';
import { type Presentation, presentation } from './presentation.ts';
import type { Host, OpenHost, Report } from './protocol.ts';

export interface SupervisorPorts {
  readonly limits: Limits;
  readonly openHost: OpenHost;
  readonly after: After;
  /** In [0, 1). */
  readonly random: () => number;
}

type State =
  | { readonly kind: 'opening'; readonly host: Host }
  /** PC/SC answers; our reader is not there. */
  | { readonly kind: 'absent'; readonly host: Host }
  | { readonly kind: 'up'; readonly host: Host; readonly name: string; readonly cards: Presentation }
  /** Before another host. */
  | { readonly kind: 'paused' }
  | { readonly kind: 'stopped' };

export interface Supervisor {
  stop(): Promise<void>;
}

const MEND_PCSCD =
  'sudo systemctl restart pcscd; if that does not help, unplug the reader and plug it in again';

export function supervise(
  {
    wanted,
    others,
    tell,
  }: { wanted: PcscReader; others: readonly PcscReader[]; tell: (event: ReaderEvent) => void },
  { limits, openHost, after, random }: SupervisorPorts,
): Supervisor {
  const { readerId } = wanted;
  let state: State = { kind: 'paused' };
  let failures = 0;
  let disarm: Cancel = () => undefined;
  /** What the last `down` said, until the reader is up. */
  let saidDown: string | undefined;
  let ended: Promise<unknown> = Promise.resolve();

  function open(): void {
    try {
      const host: Host = openHost(report => hear(host, report));
      state = { kind: 'opening', host };
      disarm = after(limits.openMs, () =>
        lose(`PC/SC did not answer within ${limits.openMs} ms`, MEND_PCSCD),
      );
    } catch (fault) {
      lose(`the reader's process does not start: ${String(fault)}`);
    }
  }

  function hear(host: Host, report: Report): void {
    if (state.kind === 'paused' || state.kind === 'stopped' || state.host !== host) return;
    if (report.kind === 'lost') lose(report.why, report.mend);
    else if (report.kind === 'readers') look(host, report.names);
    else if (state.kind === 'up') state.cards.hear(report);
  }

  function look(host: Host, names: readonly string[]): void {
    const current = state.kind === 'up' ? state.name : undefined;
    const choice = chooseReader({ wanted, others, current }, names);
    if (choice.kind === 'found' && choice.name === current) return;
    const first = state.kind === 'opening';
    disarm();
    endCards();
    if (choice.kind === 'found') {
      rise(host, choice.name);
    } else {
      state = { kind: 'absent', host };
      const say = () => sayDown(choice.why, choice.mend);
      // PC/SC answers before it has told of its readers.
      if (first) disarm = after(limits.settleMs, say);
      else say();
    }
  }

  function rise(host: Host, name: string): void {
    disarm = after(limits.steadyMs, () => {
      failures = 0;
    });
    const send: Host['send'] = order => host.send(order);
    const hangs = () => lose('the reader hangs on a card', MEND_PCSCD);
    state = { kind: 'up', host, name, cards: presentation({ readerId, limits, after, send, tell, hangs }) };
    saidDown = undefined;
    tell({ kind: 'up', readerId, name });
    host.send({ kind: 'attach', name });
  }

  function lose(why: string, mend?: string): void {
    end();
    state = { kind: 'paused' };
    sayDown(why, mend);
    disarm = after(pauseMs(limits, failures, random()), open);
    failures += 1;
  }

  function end(): void {
    disarm();
    endCards();
    if ('host' in state) ended = Promise.all([ended, state.host.kill()]);
  }

  /** A card that lies on a reader that is lost has left it, as far as anybody can tell. */
  function endCards(): void {
    if (state.kind === 'up') state.cards.end();
  }

  function sayDown(why: string, mend?: string): void {
    if (saidDown === why) return;
    saidDown = why;
    tell({ kind: 'down', readerId, why, ...(mend === undefined ? {} : { mend }) });
  }

  open();
  return {
    stop: async () => {
      end();
      state = { kind: 'stopped' };
      await ended;
    },
  };
}
