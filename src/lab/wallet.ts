/**
 * Synthetic cards with chips, as their holders carry them: what a transit application remembers lies in a file of its
 * own, is there whole or not at all, and goes on from run to run.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chipOf, issuedState, type SyntheticCard } from '../core/card/card-file.ts';
import { encodeState } from '../core/card/transit/encoding.ts';
import { cardKey, type TransitKey } from '../core/card/transit/session.ts';
import type { VirtualChip } from '../core/card/virtual/chip.ts';
import {
  type CardMemory,
  memoryOf,
  putState,
  type TransitApplication,
} from '../core/card/virtual/transit.ts';
import { TuraError } from '../core/error.ts';
import { bytesOfHex, hexOfBytes } from '../core/hex.ts';
import { writeWhole } from '../disk/write-whole.ts';
import { nodeAes } from '../wire/node-aes.ts';

export interface WalletOptions {
  /** The operator's: a card is made by one of them. None: its transit application is left out. */
  readonly keys: readonly TransitKey[];
  readonly random: (length: number) => Uint8Array;
  /** Where cards are kept between two runs; absent: nowhere. */
  readonly folder?: string | undefined;
}

/** One for all vehicles of a state folder: a card changes vehicles. */
export function cardsFolder(stateFolder: string): string {
  return join(stateFolder, 'cards');
}

export class Wallet {
  readonly #options: WalletOptions;
  /** By serial. */
  readonly #issued = new Map<string, TransitApplication>();

  constructor(options: WalletOptions) {
    this.#options = options;
  }

  /** Absent: a storage card has none. Throws `bad-input` for a card that holds more than has room there. */
  chipOf(card: SyntheticCard): VirtualChip | undefined {
    return chipOf(card, this.#transitOf(card));
  }

  #transitOf(card: SyntheticCard): TransitApplication | undefined {
    const { transit } = card;
    const key = this.#options.keys.find(({ keyId }) => keyId === transit?.keyId);
    if (transit === undefined || key === undefined) return undefined;
    const serial = transit.serial.toLowerCase();
    const application = this.#issued.get(serial) ?? this.#issue(card, transit, key);
    this.#issued.set(serial, application);
    return application;
  }

  #issue(
    card: SyntheticCard,
    transit: NonNullable<SyntheticCard['transit']>,
    key: TransitKey,
  ): TransitApplication {
    const serial = bytesOfHex(transit.serial);
    const { memory, isNew } = this.#memoryOf(transit.serial.toLowerCase());
    const { random } = this.#options;
    const own = { key: cardKey(key, serial, nodeAes), memory, aes: nodeAes };
    if (isNew) {
      const encoded = encodeState(issuedState(card, transit));
      if (encoded.kind === 'too-much') {
        const what = `card ${card.id}: ${encoded.what}`;
        throw new TuraError('bad-input', what, { expected: 'what has room on a card' });
      }
      putState(own, encoded.bytes);
    }
    return { serial, keyId: key.keyId, random, ...own };
  }

  #memoryOf(serial: string): { memory: CardMemory; isNew: boolean } {
    const { folder } = this.#options;
    if (folder === undefined) return { memory: memoryOf(), isNew: true };
    const file = join(folder, `${serial}.json`);
    const isNew = !existsSync(file);
    return { memory: keptIn(file, isNew ? ['', ''] : readCopies(file)), isNew };
  }
}

type Copies = [string, string];

function readCopies(file: string): Copies {
  try {
    const [first, second] = JSON.parse(readFileSync(file, 'utf8')) as Copies;
    bytesOfHex(first + second);
    return [first, second];
  } catch (cause) {
    const expected = 'the two copies of a card in hex; without the file the card is issued anew';
    throw new TuraError('bad-input', `${file}: no card`, { where: file, expected, cause });
  }
}

function keptIn(file: string, copies: Copies): CardMemory {
  return {
    read: copy => bytesOfHex(copies[copy]),
    write(copy, bytes) {
      copies[copy] = hexOfBytes(bytes);
      writeWhole(file, JSON.stringify(copies), 'card');
    },
  };
}
