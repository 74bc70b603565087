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
  send(order: Order): void;
  tell(event: ReaderEvent): void;
  /** The card's step neither ended nor failed long after its deadline. */
  hangs(): void;
}

type State =
  | { readonly kind: 'empty' }
  | { readonly kind: 'connecting' }
  | { readonly kind: 'asked'; readonly id: number; readonly form: CardForm }
  /** The rider was answered; the card may still lie there. */
  | { readonly kind: 'told' };

export interface Presentation {
  hear(report: CardReport): void;
  /** The reader is no more: whatever card was there has left. */
  end(): void;
}

export function presentation(ports: PresentationPorts): Presentation {
  const { readerId, limits, after, send, tell, hangs } = ports;
  let state: State = { kind: 'empty' };
  let asked = 0;
  let disarm: Cancel = () => undefined;

  function arm(): void {
    disarm();
    disarm = after(limits.answerMs, () => {
      unreadable(`the card did not answer within ${limits.answerMs} ms`);
      disarm = after(limits.hangMs, hangs);
    });
  }

  function settle(event: ReaderEvent): void {
    disarm();
    state = { kind: 'told' };
    tell(event);
  }

  function unreadable(why: string): void {
    settle({ kind: 'unreadable', readerId, why });
  }

  function ask(atr: Uint8Array): void {
    asked += 1;
    state = { kind: 'asked', id: asked, form: formOfAtr(atr) };
    arm();
    send({ kind: 'transmit', id: asked, command: GET_UID, maxLength: UID_ANSWER_MAX });
  }

  function judge(bytes: Uint8Array, form: CardForm): void {
    const answer = readUidAnswer(bytes);
    if (answer.kind === 'uid') settle({ kind: 'presented', readerId, face: { uid: answer.uid, form } });
    else unreadable(answer.why);
  }

  function leave(): void {
    if (state.kind === 'empty') return;
    if (state.kind !== 'told') unreadable('the card left before it was read');
    disarm();
    state = { kind: 'empty' };
    tell({ kind: 'removed', readerId });
  }

  /** True for the step that is waited for; an earlier card's APDU may end when the next card is already there. */
  function awaits(id: number | undefined): boolean {
    return state.kind === 'asked' ? state.id === id : state.kind === 'connecting' && id === undefined;
  }

  function hear(report: CardReport): void {
    // After its deadline a step only shows that the library does not hang: the rider was answered.
    if (state.kind === 'told' && report.kind !== 'gone') disarm();
    switch (report.kind) {
      case 'seen':
        if (state.kind !== 'empty') break;
        state = { kind: 'connecting' };
        arm();
        break;
      case 'connected':
        if (state.kind === 'connecting') ask(report.atr);
        break;
      case 'answer':
        if (state.kind === 'asked' && awaits(report.id)) judge(report.bytes, state.form);
        break;
      case 'failed':
        if (awaits(report.id)) unreadable(report.why);
        break;
      case 'gone':
        leave();
        break;
      default:
        report satisfies never;
    }
  }

  return { hear, end: leave };
}
