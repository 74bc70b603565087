/**
 * One connection between two computers aboard, of either end: hello, then sealed messages. Whoever does not hold the
 * operator's key, or changes, repeats or leaves out a frame, is put off.
 */
import type { TokenKey, TokenKeys } from '../../core/card/identity.ts';
import type { Crypto } from '../../core/crypto.ts';
import { hexOfBytes } from '../../core/hex.ts';
import { type End, type Framed, FrameReader, frame, Sealer, sessionKey } from '../../wire/aboard/frames.ts';
import { ABOARD_VERSION, type Message, messageBytes, readMessage } from '../../wire/aboard/messages.ts';
import { Malformed } from '../../wire/malformed.ts';
import type { Timers } from '../timers.ts';
import type { Channel, ChannelListener } from './network.ts';

/** Whoever proves nothing by then is no computer of this vehicle's. */
const PROOF_MS = 3_000;

export interface Speaker {
  readonly deviceId: string;
  readonly keys: TokenKeys;
  readonly crypto: Crypto;
  readonly random: (length: number) => Uint8Array;
  readonly timers: Timers;
}

export type Heard = Exclude<Message, { kind: 'hello' | 'proof' }>;

export interface LinkListener {
  /** The other end holds the key: from now on it can be told. */
  ready(): void;
  heard(message: Heard): void;
  /** By the other end, or by the network. */
  closed(why: string): void;
  /** By us: it does not belong here. */
  putOff(why: string): void;
}

export class Link implements ChannelListener {
  readonly #speaker: Speaker;
  readonly #end: End;
  readonly #listener: LinkListener;
  readonly #frames = new FrameReader();
  readonly #nonce: string;
  #channel: Channel | undefined;
  #sealing: { readonly own: Sealer; readonly theirs: Sealer } | undefined;
  #isProven = false;
  #stopWaiting: () => void = () => undefined;
  #isClosed = false;

  constructor(speaker: Speaker, end: End, listener: LinkListener) {
    [this.#speaker, this.#end, this.#listener] = [speaker, end, listener];
    this.#nonce = hexOfBytes(speaker.random(16));
  }

  opened(channel: Channel): this {
    this.#channel = channel;
    // Nobody waited for it any more.
    if (this.#isClosed) {
      channel.close();
      return this;
    }
    const { deviceId, keys, timers } = this.#speaker;
    this.#stopWaiting = timers.after(PROOF_MS, () => this.#putOff(`no proof in ${PROOF_MS / 1000} s`));
    const keyIds = keys.flatMap(key => key?.keyId ?? []);
    this.#write(
      messageBytes({ kind: 'hello', version: ABOARD_VERSION, nonce: this.#nonce, keyIds, deviceId }),
    );
    return this;
  }

  /** False where it is not told: the link is not ready, or no more. */
  tell(message: Message): boolean {
    return this.tellBytes(messageBytes(message));
  }

  /** The same, of a message that is written already. */
  tellBytes(message: Uint8Array): boolean {
    if (!this.#isProven || this.#isClosed) return false;
    if (this.#write(message)) return true;
    this.#putOff('it reads nothing');
    return false;
  }

  heard(bytes: Uint8Array): void {
    try {
      for (const framed of this.#frames.push(bytes)) if (!this.#isClosed) this.#take(framed);
    } catch (error) {
      if (!(error instanceof Malformed)) throw error;
      this.#putOff(`it says what is no message: ${error.message}`);
    }
  }

  closed(why: string): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#stopWaiting();
    this.#listener.closed(why);
  }

  close(): void {
    this.#isClosed = true;
    this.#stopWaiting();
    this.#channel?.close();
  }

  #take({ payload, seal }: Framed): void {
    if (this.#sealing === undefined) this.#greet(readMessage(payload));
    else if (this.#sealing.theirs.isNext(payload, seal)) this.#hear(readMessage(payload));
    else this.#putOff('it does not hold our key');
  }

  #hear(message: Message): void {
    if (message.kind === 'hello') this.#putOff('it says hello twice');
    else if (message.kind === 'proof') this.#prove();
    else if (this.#isProven) this.#listener.heard(message);
    else this.#putOff('it proves nothing');
  }

  #prove(): void {
    this.#isProven = true;
    this.#stopWaiting();
    this.#listener.ready();
  }

  #greet(hello: Message): void {
    const key = this.#keyFor(hello);
    if (hello.kind !== 'hello' || typeof key === 'string') {
      this.#putOff(typeof key === 'string' ? key : 'it says no hello');
      return;
    }
    const { crypto } = this.#speaker;
    const isDialler = this.#end === 'dialler';
    const [dialler, listener] = isDialler ? [this.#nonce, hello.nonce] : [hello.nonce, this.#nonce];
    const session = sessionKey(key.secret, { dialler, listener }, crypto);
    this.#sealing = {
      own: new Sealer(session, this.#end, crypto),
      theirs: new Sealer(session, isDialler ? 'listener' : 'dialler', crypto),
    };
    this.#write(messageBytes({ kind: 'proof' }));
  }

  #write(payload: Uint8Array): boolean {
    return this.#channel?.write(frame(payload, this.#sealing?.own.seal(payload))) ?? false;
  }

  /** The newest that both ends hold: one of them may be a rotation behind. Or why there is none. */
  #keyFor(hello: Message): TokenKey | string {
    if (hello.kind !== 'hello') return 'it says no hello';
    const { version, keyIds } = hello;
    if (version !== ABOARD_VERSION) return `it speaks version ${version}`;
    const common = this.#speaker.keys.flatMap(key =>
      key !== undefined && keyIds.includes(key.keyId) ? [key] : [],
    );
    const [newest] = common.sort((a, b) => b.keyId - a.keyId);
    return newest ?? `it holds key ${keyIds.join(', ')}, which is none of ours`;
  }

  #putOff(why: string): void {
    if (this.#isClosed) return;
    this.close();
    this.#listener.putOff(why);
  }
}
