/** Keeps one reader alive: opens a host, finds the reader among those plugged in, begins again when it is lost. */
import type { Shown } from '../../../core/validator/event.ts';
import type { ReaderEvent } from '../reader.ts';
import { chooseReader, type PcscReader } from './choose.ts';
import { lightsOf } from './lights.ts';
import { type After, type Cancel, type Limits, pauseMs } from './limits.ts';
import { Presentation } from './presentation.ts';
import type { Host, OpenHost, Report } from './protocol.ts';

export interface SupervisorPorts {
  readonly limits: Limits;
  readonly openHost: OpenHost;
  readonly after: After;
  /** In [0, 1). */
  readonly random: () => number;
}

interface Duty {
  readonly wanted: PcscReader;
  readonly others: readonly PcscReader[];
  readonly tell: (event: ReaderEvent) => void;
}

type State =
  | { readonly kind: 'opening'; readonly host: Host }
  /** PC/SC answers; our reader is not there. */
  | { readonly kind: 'absent'; readonly host: Host }
  | { readonly kind: 'up'; readonly host: Host; readonly name: string; readonly cards: Presentation }
  /** Before another host. */
  | { readonly kind: 'paused' }
  | { readonly kind: 'stopped' };

const MEND_PCSCD =
  'sudo systemctl restart pcscd; if that does not help, unplug the reader and plug it in again';

export class Supervisor {
  readonly #ports: SupervisorPorts;
  readonly #duty: Duty;
  #state: State = { kind: 'paused' };
  #failures = 0;
  #disarm: Cancel = () => undefined;
  /** What the last `down` said, until the reader is up. */
  #saidDown: string | undefined;
  #ended: Promise<unknown> = Promise.resolve();

  /** Begins at once; `tell` may be called before this returns. */
  constructor(duty: Duty, ports: SupervisorPorts) {
    this.#duty = duty;
    this.#ports = ports;
    this.#open();
  }

  show(shown: Shown): void {
    if (this.#state.kind === 'up') this.#state.cards.show(shown);
  }

  async stop(): Promise<void> {
    this.#end();
    this.#state = { kind: 'stopped' };
    await this.#ended;
  }

  #open(): void {
    const { limits, openHost, after } = this.#ports;
    try {
      const host: Host = openHost(report => this.#hear(host, report));
      this.#state = { kind: 'opening', host };
      this.#disarm = after(limits.openMs, () =>
        this.#lose(`PC/SC did not answer within ${limits.openMs} ms`, MEND_PCSCD),
      );
    } catch (fault) {
      this.#lose(`the reader's process does not start: ${String(fault)}`);
    }
  }

  #hear(host: Host, report: Report): void {
    const state = this.#state;
    if (state.kind === 'paused' || state.kind === 'stopped' || state.host !== host) return;
    if (report.kind === 'lost') this.#lose(report.why, report.mend);
    else if (report.kind === 'readers') this.#look(host, report.names);
    else if (state.kind === 'up') state.cards.hear(report);
  }

  #look(host: Host, names: readonly string[]): void {
    const { wanted, others } = this.#duty;
    const first = this.#state.kind === 'opening';
    const current = this.#state.kind === 'up' ? this.#state.name : undefined;
    const choice = chooseReader({ wanted, others, current }, names);
    if (choice.kind === 'found' && choice.name === current) return;
    this.#disarm();
    this.#endCards();
    if (choice.kind === 'found') {
      this.#rise(host, choice.name);
      return;
    }
    this.#state = { kind: 'absent', host };
    const say = () => this.#sayDown(choice.why, choice.mend);
    // PC/SC answers before it has told of its readers.
    if (first) this.#disarm = this.#ports.after(this.#ports.limits.settleMs, say);
    else say();
  }

  #rise(host: Host, name: string): void {
    const { limits, after } = this.#ports;
    const { wanted, tell } = this.#duty;
    const { readerId } = wanted;
    this.#disarm = after(limits.steadyMs, () => {
      this.#failures = 0;
    });
    const cards = new Presentation({
      readerId,
      limits,
      after,
      tell,
      send: order => host.send(order),
      hangs: () => this.#lose('the reader hangs on a card', MEND_PCSCD),
      lights: lightsOf(name),
    });
    this.#state = { kind: 'up', host, name, cards };
    this.#saidDown = undefined;
    tell({ kind: 'up', readerId, name });
    host.send({ kind: 'attach', name });
  }

  #lose(why: string, mend?: string): void {
    const { limits, after, random } = this.#ports;
    this.#end();
    this.#state = { kind: 'paused' };
    this.#sayDown(why, mend);
    this.#disarm = after(pauseMs(limits, this.#failures, random()), () => this.#open());
    this.#failures += 1;
  }

  #end(): void {
    this.#disarm();
    this.#endCards();
    if ('host' in this.#state) this.#ended = Promise.all([this.#ended, this.#state.host.kill()]);
  }

  /** A card that lies on a reader that is lost has left it, as far as anybody can tell. */
  #endCards(): void {
    if (this.#state.kind === 'up') this.#state.cards.leave();
  }

  #sayDown(why: string, mend?: string): void {
    if (this.#saidDown === why) return;
    this.#saidDown = why;
    const { wanted, tell } = this.#duty;
    tell({ kind: 'down', readerId: wanted.readerId, why, ...(mend === undefined ? {} : { mend }) });
  }
}
