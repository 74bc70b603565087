/** One card after another on a reader that is up: asked for its UID, each step within its deadline. */
import { formOfAtr } from '../../../core/card/atr.ts';
import type { CardForm } from '../../../core/card/face.ts';
import type { ReaderEvent } from '../reader.ts';
import type { After, Cancel, Limits } from './limits.ts';
import type { CardReport, Order } from './protocol.ts';
import { GET_UID, readUidAnswer, UID_ANSWER_MAX } from './uid.ts';

export interface PresentationPorts {
  readonly readerId: string;
  readonly limits: Limits;
  readonly after: After;
  readonly send: (order: Order) => void;
  readonly tell: (event: ReaderEvent) => void;
  /** The card's step neither ended nor failed long after its deadline. */
  readonly hangs: () => void;
}

type State =
  | { readonly kind: 'empty' }
  | { readonly kind: 'connecting' }
  | { readonly kind: 'asked'; readonly id: number; readonly form: CardForm }
  /** The rider was answered; the card may still lie there. */
  | { readonly kind: 'told' };

export class Presentation {
  readonly #ports: PresentationPorts;
  #state: State = { kind: 'empty' };
  #asked = 0;
  #disarm: Cancel = () => undefined;

  constructor(ports: PresentationPorts) {
    this.#ports = ports;
  }

  hear(report: CardReport): void {
    const state = this.#state;
    // After its deadline a step only shows that the library does not hang: the rider was answered.
    if (state.kind === 'told' && report.kind !== 'gone') this.#disarm();
    switch (report.kind) {
      case 'seen':
        if (state.kind === 'empty') this.#await({ kind: 'connecting' });
        break;
      case 'connected':
        if (state.kind === 'connecting') this.#ask(report.atr);
        break;
      case 'answer':
        if (state.kind === 'asked' && state.id === report.id) this.#judge(report.bytes, state.form);
        break;
      case 'failed':
        if (this.#awaits(report.id)) this.#unreadable(report.why);
        break;
      case 'gone':
        this.leave();
        break;
      default:
        report satisfies never;
    }
  }

  /** Whatever card is there leaves: taken away, or lost with its reader. */
  leave(): void {
    if (this.#state.kind === 'empty') return;
    if (this.#state.kind !== 'told') this.#unreadable('the card left before it was read');
    this.#disarm();
    this.#state = { kind: 'empty' };
    this.#ports.tell({ kind: 'removed', readerId: this.#ports.readerId });
  }

  /** An earlier card's APDU may fail when the next card is already there. */
  #awaits(id: number | undefined): boolean {
    const state = this.#state;
    return state.kind === 'asked' ? state.id === id : state.kind === 'connecting' && id === undefined;
  }

  #await(step: State): void {
    const { limits, after, hangs } = this.#ports;
    this.#state = step;
    this.#disarm();
    this.#disarm = after(limits.answerMs, () => {
      this.#unreadable(`the card did not answer within ${limits.answerMs} ms`);
      this.#disarm = after(limits.hangMs, hangs);
    });
  }

  #ask(atr: Uint8Array): void {
    this.#asked += 1;
    const id = this.#asked;
    this.#await({ kind: 'asked', id, form: formOfAtr(atr) });
    this.#ports.send({ kind: 'transmit', id, command: GET_UID, maxLength: UID_ANSWER_MAX });
  }

  #judge(bytes: Uint8Array, form: CardForm): void {
    const answer = readUidAnswer(bytes);
    const { readerId } = this.#ports;
    if (answer.kind === 'uid') this.#tell({ kind: 'presented', readerId, face: { uid: answer.uid, form } });
    else this.#unreadable(answer.why);
  }

  #unreadable(why: string): void {
    this.#tell({ kind: 'unreadable', readerId: this.#ports.readerId, why });
  }

  #tell(event: ReaderEvent): void {
    this.#disarm();
    this.#state = { kind: 'told' };
    this.#ports.tell(event);
  }
}
