/**
 * The transit application of a virtual card. Its state stands in two copies: the older one is written over, and counts
 * only when all of it is there. A card torn off at any moment is either as it was or as it was to be.
 */
import type { Aes128 } from '../../crypto.ts';
import { bytesOfHex } from '../../hex.ts';
import { type Command, type Response, SW } from '../apdu.ts';
import { RESIDENT_AIDS } from '../resident.ts';
import { writeTlv } from '../tlv.ts';
import { cmac, isSameMac } from '../transit/cmac.ts';
import { counterIn } from '../transit/layout.ts';
import { CHALLENGE_BYTES, joined, MAC_BYTES, Session } from '../transit/session.ts';
import { AUTHENTICATE, GREETING_TAG, WRITE } from '../transit/talk.ts';
import { given, refused, type VirtualApplication } from './application.ts';

/** What keeps the two copies while the card is in nobody's field. A write that throws has lost its power. */
export interface CardMemory {
  /** Empty where nothing was ever written. */
  read(copy: 0 | 1): Uint8Array;
  write(copy: 0 | 1, bytes: Uint8Array): void;
}

export interface TransitApplication {
  /** 8 bytes. */
  readonly serial: Uint8Array;
  readonly keyId: number;
  /** Its own, made of the operator's (`session.ts`): 16 bytes. */
  readonly key: Uint8Array;
  readonly memory: CardMemory;
  readonly random: (length: number) => Uint8Array;
  readonly aes: Aes128;
}

/** Behind each copy stands a code of it: half a copy has none. */
const SEAL_BYTES = 4;

/** The copy in force; undefined on a card that was never issued. */
export function stateOn({
  memory,
  key,
  aes,
}: Pick<TransitApplication, 'memory' | 'key' | 'aes'>):
  | { readonly copy: 0 | 1; readonly state: Uint8Array; readonly counter: number }
  | undefined {
  const whole = ([0, 1] as const).flatMap(copy => {
    const bytes = memory.read(copy);
    const state = bytes.slice(0, -SEAL_BYTES);
    const counter = counterIn(state);
    if (counter === undefined || !isSameMac(sealOf(key, state, aes), bytes.slice(-SEAL_BYTES))) return [];
    return [{ copy, state, counter }];
  });
  return whole.sort((a, b) => b.counter - a.counter)[0];
}

/** Puts a state where the older copy stood. */
export function putState(
  application: Pick<TransitApplication, 'memory' | 'key' | 'aes'>,
  state: Uint8Array,
): void {
  const { memory, key, aes } = application;
  const other = stateOn(application)?.copy === 0 ? 1 : 0;
  memory.write(other, joined(state, sealOf(key, state, aes)));
}

function sealOf(key: Uint8Array, state: Uint8Array, aes: Aes128): Uint8Array {
  return cmac(key, state, aes).slice(0, SEAL_BYTES);
}

export function transitApplication(application: TransitApplication): VirtualApplication {
  const { serial, keyId, random } = application;

  function select(): ReturnType<VirtualApplication['select']> {
    const challenge = random(CHALLENGE_BYTES);
    const greeting = writeTlv(GREETING_TAG, serial, Uint8Array.of(keyId), challenge);
    const information = writeTlv(
      0x6f,
      writeTlv(0x84, bytesOfHex(RESIDENT_AIDS.transit)),
      writeTlv(0xa5, greeting),
    );
    return { information, answer: conversation(application, challenge) };
  }
  return { aid: RESIDENT_AIDS.transit, select };
}

/** One proof and one write a selection: whatever goes wrong ends it, and only another selection begins anew. */
function conversation(
  application: TransitApplication,
  challenge: Uint8Array,
): (command: Command) => Response {
  let stage: 'greeted' | 'proven' | 'over' = 'greeted';
  let session: Session | undefined;

  function prove(data: Uint8Array): Response {
    if (stage !== 'greeted') return refused(SW.conditionsNotMet);
    if (data.length !== CHALLENGE_BYTES + MAC_BYTES) return refused(SW.wrongData);
    stage = 'over';
    const [reader, mac] = [data.slice(0, CHALLENGE_BYTES), data.slice(CHALLENGE_BYTES)];
    session = new Session(application.key, { card: challenge, reader }, application.aes);
    if (!session.isGenuine('reader', reader, mac)) return refused(SW.notVerified);
    const standing = stateOn(application);
    if (standing === undefined) return refused(SW.conditionsNotMet);
    stage = 'proven';
    return given(joined(standing.state, session.mac('state', standing.state)));
  }

  function write(data: Uint8Array): Response {
    if (stage !== 'proven' || session === undefined) return refused(SW.notAuthenticated);
    stage = 'over';
    const [state, mac] = [data.slice(0, -MAC_BYTES), data.slice(-MAC_BYTES)];
    if (!session.isGenuine('write', state, mac)) return refused(SW.wrongCode);
    if (counterIn(state) !== (stateOn(application)?.counter ?? 0) + 1) return refused(SW.conditionsNotMet);
    putState(application, state);
    return given(session.mac('written', state));
  }

  return ({ ins, data = NOTHING }) => {
    if (ins === AUTHENTICATE) return prove(data);
    return ins === WRITE ? write(data) : refused(SW.noInstruction);
  };
}

const NOTHING = new Uint8Array(0);

/** A memory that lasts as long as the program. */
export function memoryOf(...copies: readonly Uint8Array[]): CardMemory {
  const kept = [copies[0] ?? NOTHING, copies[1] ?? NOTHING];
  return {
    read: copy => kept[copy] ?? NOTHING,
    write(copy, bytes) {
      kept[copy] = bytes;
    },
  };
}
