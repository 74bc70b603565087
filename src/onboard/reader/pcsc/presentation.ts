/**
 * One card after another on a reader that is up: asked for its UID, then whatever its chip is asked, each step within
 * its deadline.
 */
import { MAX_RESPONSE_BYTES } from '../../../core/card/apdu.ts';
import { formOfAtr } from '../../../core/card/atr.ts';
import type { CardForm } from '../../../core/card/face.ts';
import { assert, TuraError } from '../../../core/error.ts';
import type { Shown } from '../../../core/validator/event.ts';
import { type Chip, tooLate, tornOff } from '../chip.ts';
import type { ReaderEvent } from '../reader.ts';
import type { Lights } from './lights.ts';
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
  /** Absent where the reader has none that are known. */
  readonly lights: Lights | undefined;
}

type State =
  | { readonly kind: 'empty' }
  | { readonly kind: 'connecting' }
  /** One command is under way. */
  | { readonly kind: 'asked'; readonly id: number; readonly asker: Asker }
  /** The validator knows all there was; the card may still lie there. */
  | { readonly kind: 'told' };

/** Whoever waits for the answer of one command. */
interface Asker {
  readonly answered: (bytes: Uint8Array) => void;
  readonly failed: (fault: TuraError) => void;
}

/** The card that lies there; `fault` once its chip has failed. */
interface Card {
  fault?: TuraError;
}

export class Presentation {
  readonly #ports: PresentationPorts;
  #state: State = { kind: 'empty' };
  #card: Card | undefined;
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
        if (state.kind === 'connecting') this.#askWho(formOfAtr(report.atr));
        break;
      case 'answer':
        if (state.kind === 'asked' && state.id === report.id) {
          this.#know();
          state.asker.answered(report.bytes);
        }
        break;
      case 'failed':
        if (this.#awaits(report.id)) this.#fail(this.#fault(report.why));
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
    this.#fail(tornOff(this.#ports.readerId));
    this.#disarm();
    this.#state = { kind: 'empty' };
    this.#card = undefined;
    this.#ports.tell({ kind: 'removed', readerId: this.#ports.readerId });
  }

  /** Through the card's own connection: where no card lies, or one is still being asked, nothing lights up. */
  show(shown: Shown): void {
    const { lights, send } = this.#ports;
    if (lights === undefined || this.#state.kind !== 'told') return;
    this.#asked += 1;
    send({ kind: 'transmit', id: this.#asked, command: lights(shown), maxLength: MAX_RESPONSE_BYTES });
  }

  /** An earlier card's APDU may fail when the next card is already there. */
  #awaits(id: number | undefined): boolean {
    const state = this.#state;
    return state.kind === 'asked' ? state.id === id : state.kind === 'connecting' && id === undefined;
  }

  #await(step: State): void {
    const { limits, after, hangs, readerId } = this.#ports;
    this.#state = step;
    this.#disarm();
    this.#disarm = after(limits.answerMs, () => {
      this.#fail(tooLate(readerId, limits.answerMs));
      this.#disarm = after(limits.hangMs, hangs);
    });
  }

  #ask(command: Uint8Array, maxLength: number, asker: Asker): void {
    this.#asked += 1;
    const id = this.#asked;
    this.#await({ kind: 'asked', id, asker });
    this.#ports.send({ kind: 'transmit', id, command, maxLength });
  }

  #askWho(form: CardForm): void {
    this.#ask(GET_UID, UID_ANSWER_MAX, {
      answered: bytes => this.#judge(bytes, form),
      failed: ({ message }) => this.#unreadable(message),
    });
  }

  #judge(bytes: Uint8Array, form: CardForm): void {
    const answer = readUidAnswer(bytes);
    const { readerId, tell } = this.#ports;
    if (answer.kind !== 'uid') {
      this.#unreadable(answer.why);
      return;
    }
    this.#card = {};
    const presented = { kind: 'presented', readerId, face: { uid: answer.uid, form } } as const;
    tell(form === 'storage' ? presented : { ...presented, chip: this.#chipOf(this.#card) });
  }

  #chipOf(card: Card): Chip {
    const { readerId } = this.#ports;
    return {
      transmit: command =>
        new Promise((answer, reject) => {
          const fail = (fault: TuraError) => {
            card.fault = fault;
            reject(fault);
          };
          if (this.#card !== card) fail(tornOff(readerId));
          else if (card.fault !== undefined) fail(card.fault);
          else {
            assert(this.#state.kind === 'told', 'a chip is asked one thing at a time');
            this.#ask(command, MAX_RESPONSE_BYTES, {
              // A card torn off meanwhile answers with no bytes.
              answered: bytes => (bytes.length < 2 ? fail(tornOff(readerId)) : answer(bytes)),
              failed: fail,
            });
          }
        }),
    };
  }

  /** Ends the step that is under way, if any, with nothing to show for it. */
  #fail(fault: TuraError): void {
    const state = this.#state;
    this.#know();
    if (state.kind === 'connecting') this.#unreadable(fault.message);
    else if (state.kind === 'asked') state.asker.failed(fault);
  }

  #know(): void {
    this.#disarm();
    this.#state = { kind: 'told' };
  }

  #unreadable(why: string): void {
    this.#ports.tell({ kind: 'unreadable', readerId: this.#ports.readerId, why });
  }

  #fault(why: string): TuraError {
    return new TuraError('reader-fault', why, { where: this.#ports.readerId });
  }
}
