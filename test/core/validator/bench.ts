/** A vehicle's machine with a shell that forgets nothing and does only what it is told, for tests. */
import type { MediumForm } from '../../../src/core/card/face.ts';
import type { Medium } from '../../../src/core/card/identity.ts';
import type { Writing } from '../../../src/core/card/transit/talk.ts';
import type { Entitlement } from '../../../src/core/entitlement.ts';
import type { RiderState } from '../../../src/core/fare/rider.ts';
import { CLEAR } from '../../../src/core/list/verdict.ts';
import { formatAmount } from '../../../src/core/money.ts';
import { type Clock, type Place, type TapIdentity, type Token, tokenKey } from '../../../src/core/tap.ts';
import type { Tariff } from '../../../src/core/tariff/tariff.ts';
import { epoch } from '../../../src/core/time.ts';
import type { Installation } from '../../../src/core/validator/decide.ts';
import type { DutyRequest, Told } from '../../../src/core/validator/duty.ts';
import type { Effect, Facts, Presented, Shown, VehicleEvent } from '../../../src/core/validator/event.ts';
import { createMachine, type Machine } from '../../../src/core/validator/machine.ts';
import { newVehicle, type VehicleState } from '../../../src/core/validator/state.ts';
import { local, TYUMEN } from '../fare/rider.ts';

export const CLOCK: Clock = { state: 'ntp', offsetMs: 0, uncertaintyMs: 50 };
export const PLACE: Place = {
  source: 'timetable',
  quality: 'likely',
  routeId: '25',
  line: '25',
  tripId: '25-07-30',
  stopId: 'centre',
  stopName: 'Centre',
  networkId: 'city',
};
export const INSTALLATION: Installation = {
  carrierId: 'city-1',
  vehicleId: 'bus-101',
  doors: { front: 'door-1', rear: 'door-2' },
  versions: { feedVersion: 'feed-1', settingsHash: 'ab' },
};
export const RANDOM: Medium = { kind: 'random-uid', form: 'iso14443-4' };

/** A transport card by default: number 1, 2, … */
export function card(number: number, form: MediumForm = 'storage'): Medium {
  const value = number.toString(16).padStart(32, '0');
  return { kind: 'identified', token: { kind: 'uid', keyId: 1, value }, further: [], form, assurance: 'uid' };
}

/** At `atS` seconds after half past seven on 2 March 2026, by both clocks. */
export function presented(
  readerId: string,
  medium: Medium,
  atS: number,
  start = '2026-03-02 07:30:00',
): Presented {
  const eventTimeMs = local(start, atS);
  return { kind: 'presented', readerId, medium, eventTimeMs, monotonicMs: epoch(atS * 1000) };
}

export function asked(request: DutyRequest, atS = 0, id = 1): VehicleEvent {
  const { eventTimeMs, monotonicMs } = presented('', RANDOM, atS);
  return { kind: 'asked', id, request, eventTimeMs, monotonicMs };
}

/** What the shell knows of whoever is presented, beyond what it remembers itself. */
export type Known = Partial<Omit<Facts, 'identity' | 'rider'>> & { readonly noEntitlements?: true };

type Commit = Omit<Extract<Effect, { kind: 'commit' }>, 'kind'>;

export class Bench {
  readonly machine: Machine;
  readonly commits: Commit[] = [];
  readonly shown: { readonly readerId: string; readonly shown: Shown }[] = [];
  readonly told: Told[] = [];
  readonly riders = new Map<string, RiderState>();
  state: VehicleState = { ...newVehicle(CLOCK), place: PLACE };
  /** What comes of writing a card. */
  writes: (state: Uint8Array) => Writing = () => ({ kind: 'written' });
  #pending: Effect | undefined;
  #known: (medium: Medium) => Known = () => ({});

  constructor(tariff: Tariff = TYUMEN, more: Partial<Installation> = {}) {
    this.machine = createMachine([tariff], { ...INSTALLATION, ...more });
  }

  knowing(known: Known | ((medium: Medium) => Known)): this {
    this.#known = typeof known === 'function' ? known : () => known;
    return this;
  }

  /** One event, and nothing more: what it asks for waits for `answer`. */
  step(event: VehicleEvent): readonly Effect[] {
    const { state, effects } = this.machine(this.state, event);
    this.state = state;
    for (const effect of effects) {
      if (effect.kind === 'show') this.shown.push(effect);
      else if (effect.kind === 'tell') this.told.push(effect.told);
      else if (this.#pending === undefined) this.#pending = effect;
      else throw new Error(`${effect.kind} is asked for while ${this.#pending.kind} waits`);
    }
    return effects;
  }

  /** Carries out what was asked for, if anything was. */
  answer(): readonly Effect[] {
    const effect = this.#pending;
    this.#pending = undefined;
    if (effect === undefined || effect.kind === 'show' || effect.kind === 'tell') return [];
    if (effect.kind === 'look-up') return this.step({ kind: 'found', facts: this.#factsOf(effect.medium) });
    if (effect.kind === 'write-card') {
      const { intent, state } = effect;
      return this.step({ kind: 'card-written', intent, writing: this.writes(state) });
    }
    if (effect.kind === 'read-payment') throw new Error('no card is held at a reader here');
    const identity = this.next();
    this.commits.push(effect);
    if (effect.rider !== undefined) this.riders.set(tokenKey(effect.rider.token), effect.rider.state);
    return this.step({ kind: 'committed', identity });
  }

  /** The disk fails instead. */
  fail(why = 'the disk is full'): readonly Effect[] {
    this.#pending = undefined;
    return this.step({ kind: 'commit-failed', fault: 'disk-full', why });
  }

  /** What the tap would have been paid by is not kept. */
  lose(why = 'the folder is full'): readonly Effect[] {
    this.#pending = undefined;
    return this.step({ kind: 'payment-lost', why });
  }

  /** Asks for something, `atS` seconds after half past seven. Gives the answer. */
  ask(request: DutyRequest, atS = 0): Told | undefined {
    this.run(asked(request, atS));
    return this.told.at(-1);
  }

  /** One event and everything that follows from it. Gives what is shown, in a few words. */
  run(event: VehicleEvent): string[] {
    const before = this.shown.length;
    this.step(event);
    while (this.#pending !== undefined) this.answer();
    return this.shown.slice(before).map(said);
  }

  next(): TapIdentity {
    return { deviceId: 'tmn-bus-101', epoch: '00112233aabbccdd', sequence: this.commits.length + 1 };
  }

  #factsOf(medium: Medium): Facts {
    const rider = medium.kind === 'identified' ? this.riders.get(tokenKey(medium.token)) : undefined;
    const { noEntitlements, ...known } = this.#known(medium);
    return {
      identity: this.next(),
      ...(rider === undefined ? {} : { rider }),
      verdict: CLEAR,
      stopListStale: false,
      stopListVersion: 7,
      ...(noEntitlements ? {} : { entitlementVersion: 9 }),
      ...known,
    };
  }
}

/** `front: 37.00 fare-paid #1`, with `again` where it is only repeated; `front: fault disk-full, why`. */
export function said({ readerId, shown }: { readonly readerId: string; readonly shown: Shown }): string {
  if (shown.kind === 'fault') return `${readerId}: fault ${shown.fault}, ${shown.why}`;
  if (shown.kind !== 'answer') return `${readerId}: ${shown.kind}, ${shown.why}`;
  const { amountMinor, currency, reason, identity, repeated } = shown.answer;
  const price = amountMinor === undefined ? '-' : formatAmount(amountMinor, currency);
  return `${readerId}: ${price} ${reason} #${identity.sequence}${repeated ? ' again' : ''}`;
}

export function entitled(category: string, more: Partial<Entitlement> = {}): Known {
  const token: Token = { kind: 'uid', keyId: 1, value: '0'.repeat(32) };
  return {
    entitlement: {
      token,
      mediumClass: 'transport-card',
      category,
      asOf: local('2026-03-01 00:00:00'),
      ...more,
    },
  };
}
