/** A vehicle under each word of `fallbackToPayment`, and cards of a transit and a bank application for its doors. */
import { virtualChip } from '../../../src/core/card/virtual/chip.ts';
import type { TransitApplication } from '../../../src/core/card/virtual/transit.ts';
import type { Tariffs } from '../../../src/core/tariff/versions.ts';
import { epoch } from '../../../src/core/time.ts';
import { tornOff } from '../../../src/onboard/reader/chip.ts';
import type { VehicleParts } from '../../../src/onboard/vehicle/vehicle.ts';
import type { MIR } from '../../core/card/bank-cards.ts';
import { issued, plain } from '../../core/card/transit/cards.ts';
import { readEdited } from '../../tariffs.ts';
import { type Bench, bench } from './bench.ts';

type Word = 'never' | 'ask' | 'always';
export const WORDS: readonly Word[] = ['never', 'ask', 'always'];
export const TARIFFS = Object.fromEntries(
  WORDS.map(word => [
    word,
    readEdited(['tariff.yaml', 'passback:', `fallbackToPayment: ${word}\npassback:`]).tariffs,
  ]),
) as Record<Word, Tariffs>;
export const TOKEN = { kind: 'application', keyId: 1, value: 'ab'.repeat(16) } as const;
export const UID = Uint8Array.of(0x08, 1, 2, 3);
export const PAID = 'front accepted fare-paid entitlement-unknown';

export function vehicle(word: Word, more: Partial<VehicleParts> = {}): Bench {
  return bench(() => ({ tariffs: TARIFFS[word], ...more }));
}

export interface Contents {
  readonly transit?: TransitApplication;
  readonly bank?: typeof MIR;
}

/** `tornAt`: the command at which the card leaves. */
export async function taps(
  own: Bench,
  contents: Contents,
  tornAt = Number.POSITIVE_INFINITY,
  readerId = 'front',
): Promise<string[]> {
  const answers = virtualChip(contents);
  let commands = 0;
  own.reader.holds(readerId, UID, {
    transmit: async command => {
      commands += 1;
      if (commands >= tornAt) throw tornOff(readerId);
      return answers(command);
    },
  });
  await quiet();
  own.reader.says({ kind: 'removed', readerId });
  return own.said();
}

export const blockedWith = (bank: Contents['bank'] & object): Contents => ({
  transit: issued(plain({ isBlocked: true })),
  bank,
});

export async function quiet(): Promise<void> {
  for (let turn = 0; turn < 12; turn++) await new Promise(resolve => setImmediate(resolve));
}

export const after = (own: Bench, seconds: number) =>
  own.clock.advanceTo(epoch(own.clock.now() + seconds * 1000));

/** A card that is not taken away; `leaves` has it answer nothing more. */
export async function lays(own: Bench, contents: Contents, readerId = 'front') {
  const answers = virtualChip(contents);
  let isThere = true;
  own.reader.holds(readerId, UID, {
    transmit: async command => {
      if (!isThere) throw tornOff(readerId);
      return answers(command);
    },
  });
  await quiet();
  return {
    said: own.said(),
    leaves: () => {
      isThere = false;
    },
  };
}

/** The driver says yes for the rider: what the driver is told, and what is shown. */
export async function yes(own: Bench): Promise<string[]> {
  const told = await own.vehicle.ask({ kind: 'yes' });
  await quiet();
  return [told.kind === 'refused' ? told.why : told.kind, ...own.said()];
}
