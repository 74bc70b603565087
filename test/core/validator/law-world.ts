/** A small world around the machine: its shell, two doors, two cards and one that is written, and all that can happen. */
import type { Medium } from '../../../src/core/card/identity.ts';
import { counterIn } from '../../../src/core/card/transit/layout.ts';
import type { Writing } from '../../../src/core/card/transit/talk.ts';
import type { RiderState } from '../../../src/core/fare/rider.ts';
import { CLEAR } from '../../../src/core/list/verdict.ts';
import type { RecordBody } from '../../../src/core/record.ts';
import { identityText, tokenKey } from '../../../src/core/tap.ts';
import type { DutyRequest } from '../../../src/core/validator/duty.ts';
import type { Effect, VehicleEvent } from '../../../src/core/validator/event.ts';
import { newVehicle, type VehicleState } from '../../../src/core/validator/state.ts';
import { bytesOf, plain } from '../card/transit/cards.ts';
import { asked, CLOCK, PLACE, presented } from './bench.ts';

/** A card that carries its state: what stands on it, and what of it stands on disk. */
interface HeldCard {
  readonly state: Uint8Array;
  /** Intents on disk whose outcome is not: true where the card was written all the same. */
  readonly open: Readonly<Record<string, boolean>>;
  /** Rides that were charged. */
  readonly charged: number;
  /** Writes by other vehicles. */
  readonly elsewhere: number;
}

/** What a shell knows: the machine's state, what it was asked for and has not answered yet, and what is on disk. */
export interface World {
  readonly held: HeldCard;
  readonly state: VehicleState;
  readonly asked: Exclude<Effect, { kind: 'show' | 'tell' }> | undefined;
  readonly onDisk: number;
  readonly riders: Readonly<Record<string, RiderState>>;
  /** Requests made, and those answered. */
  readonly requests: number;
  readonly told: number;
  readonly nowS: number;
}

export const START: World = {
  held: { state: bytesOf(plain()), open: {}, charged: 0, elsewhere: 0 },
  state: { ...newVehicle(CLOCK), place: PLACE },
  asked: undefined,
  onDisk: 0,
  riders: {},
  requests: 0,
  told: 0,
  nowS: 0,
};

/** What happens, and how the shell stands after it; `answers` what it was asked for. */
interface Moved {
  readonly event: VehicleEvent;
  readonly next?: Partial<World>;
  readonly answers?: true;
}
/** Undefined where it makes no sense now. */
export type Move = (world: World) => Moved | undefined;

const identityOf = (sequence: number) => ({ deviceId: 'tmn-bus-101', epoch: '00112233aabbccdd', sequence });

/** A second and a half between presentations: the third is beyond the debounce of the first. */
export const present = (readerId: string, medium: Medium): Move => {
  return ({ nowS }) => ({ event: presented(readerId, medium, nowS), next: { nowS: nowS + 1.5 } });
};
export const happen = (event: VehicleEvent): Move => {
  return () => ({ event });
};
export const request = (what: DutyRequest): Move => {
  return ({ nowS, requests }) => ({
    event: asked(what, nowS, requests + 1),
    next: { requests: requests + 1 },
  });
};
/** The card that carries its state, as it is now. */
export const presentHeld = (readerId: string): Move => {
  return world => present(readerId, heldMedium(world.held))(world);
};

function heldMedium({ state }: HeldCard): Medium {
  const token = { kind: 'application', keyId: 1, value: 'ab'.repeat(16) } as const;
  const counter = counterIn(state) ?? 0;
  return {
    ...{ kind: 'identified', token, further: [], form: 'transit', assurance: 'authenticated' },
    card: { state, counter },
  };
}

/** The card is written, or it is torn off: `wasWritten` says on which side of the write. */
export const writeCard =
  (writing: Writing, wasWritten: boolean): Move =>
  ({ asked, held }) => {
    if (asked?.kind !== 'write-card') return undefined;
    const { intent, state } = asked;
    const ref = identityText(intent);
    const next: HeldCard = wasWritten ? { ...held, state, open: { ...held.open, [ref]: true } } : held;
    return { event: { kind: 'card-written', intent, writing }, next: { held: next }, answers: true };
  };
/** Between two presentations the card rides on another vehicle. */
export const rideElsewhere: Move = ({ state, held }) => {
  if (state.turn !== undefined || state.waiting.length > 0) return undefined;
  const counter = (counterIn(held.state) ?? 0) + 1;
  const next = {
    ...held,
    state: bytesOf(plain({ counter, actionCounter: counter })),
    elsewhere: held.elsewhere + 1,
  };
  return { event: { kind: 'removed', readerId: 'front' }, next: { held: next } };
};
export const LOST = { kind: 'unknown', why: 'torn off' } as const;

/** What of a card comes on disk with a record. An intent has one outcome, and only a card that was written has paid. */
function recorded(held: HeldCard, { kind, intentRef, outcome, decision }: RecordBody, ref: string): HeldCard {
  if (kind === 'intent') return { ...held, open: { ...held.open, [ref]: false } };
  if (kind !== 'outcome' || outcome === 'unknown') return held;
  const { [intentRef ?? '']: wasWritten, ...open } = held.open;
  if (wasWritten === undefined) throw new Error(`an outcome of ${intentRef}, which has none to come`);
  if (wasWritten !== (outcome === 'written')) throw new Error(`${outcome}, where written is ${wasWritten}`);
  if (wasWritten !== (decision === 'accepted')) throw new Error(`charged, where written is ${wasWritten}`);
  return { ...held, open, charged: held.charged + (wasWritten ? 1 : 0) };
}

/** The shell answers what it was asked. */
export const answer: Move = world => {
  const { asked, onDisk, riders, held } = world;
  if (asked === undefined) return undefined;
  if (asked.kind === 'write-card') return writeCard({ kind: 'written' }, true)(world);
  if (asked.kind === 'commit') {
    const rider = asked.rider === undefined ? {} : { [tokenKey(asked.rider.token)]: asked.rider.state };
    const after = recorded(held, asked.body, identityText(identityOf(onDisk + 1)));
    const next = { onDisk: onDisk + 1, riders: { ...riders, ...rider }, held: after };
    return { event: { kind: 'committed', identity: identityOf(onDisk + 1) }, next, answers: true };
  }
  if (asked.kind === 'read-payment') throw new Error('asked, where the tariff lets no card fall back');
  const { medium } = asked;
  const rider = medium.kind === 'identified' ? riders[tokenKey(medium.token)] : undefined;
  const facts = {
    identity: identityOf(onDisk + 1),
    ...(rider === undefined ? {} : { rider }),
    verdict: CLEAR,
    stopListStale: false,
  };
  return { event: { kind: 'found', facts }, answers: true };
};
export const fail: Move = ({ asked }) =>
  asked === undefined
    ? undefined
    : { event: { kind: 'commit-failed', fault: 'disk-full', why: 'full' }, answers: true };

export const mend: Move = ({ state }) =>
  state.broken === undefined ? undefined : { event: { kind: 'mended' } };
