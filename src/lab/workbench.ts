/**
 * The simulated side of one vehicle: its simulated readers, the hand that taps cards there, and the taps of a file.
 * Cards are read from their file only when the first is tapped: a validator is ready before that.
 */
import type { Problem } from '../core/error.ts';
import type { Device } from '../onboard/device.ts';
import type { PlayedTap } from '../onboard/reader/played-tap.ts';
import { SimulatedReader } from '../onboard/reader/simulated.ts';
import type { Hand } from './hand.ts';
import type { WalletOptions } from './wallet.ts';

export interface Workbench {
  readonly simulated: ReadonlyMap<string, SimulatedReader>;
  /** The taps of the file, when one was asked for. */
  readonly taps: readonly PlayedTap[] | undefined;
  readonly warnings: readonly Problem[];
  hand(): Promise<Hand>;
  /** The name of the card that is held to this reader at this moment; empty where the hand is a person's own. */
  cardAt(readerId: string): string;
}

/** Throws `bad-input` with every problem of the taps file. */
export async function openWorkbench(
  device: Device,
  tapsFile: string | undefined,
  wallet: WalletOptions,
): Promise<Workbench> {
  const ids = device.readers.filter(({ kind }) => kind === 'simulated').map(({ id }) => id);
  const simulated = new Map(ids.map(id => [id, new SimulatedReader(id)]));
  let held: Hand | undefined;
  const cardsOf = async () => {
    // A bundle says nothing of numbers: then no card can be tapped by name.
    if (device.cards === undefined || device.cards.endsWith('.cbor')) return [];
    const { readCardFile } = await import('./card-input.ts');
    return readCardFile(device.cards).cards;
  };
  const tapsOf = async (file: string) => {
    const { readTapsFor } = await import('./taps-input.ts');
    return readTapsFor(file, [device], await cardsOf());
  };
  const read = tapsFile === undefined ? undefined : await tapsOf(tapsFile);
  return {
    simulated,
    taps: read?.taps,
    warnings: read?.problems ?? [],
    async hand() {
      const [{ Hand }, { Wallet }] = await Promise.all([import('./hand.ts'), import('./wallet.ts')]);
      held ??= new Hand(await cardsOf(), new Map([[device.vehicleId, simulated]]), new Wallet(wallet));
      return held;
    },
    cardAt: readerId => held?.cardAt(device.vehicleId, readerId) ?? '',
  };
}
