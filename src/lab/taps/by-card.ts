/**
 * A file of taps, of any length, sorted by card: its lines are laid out in trays, all of one card's in one of them, so that
 * a few cards are read at a time and each is read whole: whoever rates them then can put their taps in order.
 */
import { statSync } from 'node:fs';
import { assert } from '../../core/error.ts';
import { streamBytes } from '../../disk/read-text.ts';
import { type Lines, Trays } from '../../disk/trays.ts';
import type { Report } from '../../gtfs/problems.ts';
import { cardHash } from './card-hash.ts';
import { isRecords, type TakeTap, type TapsFor } from './fare-tap.ts';
import { recordsByCard } from './taps-lines.ts';
import { tableByCard } from './taps-table.ts';

/**
 * Is given every line that is some card's, by the card's hash: it stands in `bytes` from `from` to `to`, without its end.
 * What is wrong with a line of a known card is not told yet.
 */
export type TakeLine = (hash: number, line: number, bytes: Buffer, from: number, to: number) => void;

/** Reads a file, of UTF-8, for whose its lines are, and then whichever of them it is given back for their taps. */
export interface CardsReader {
  /** A piece of whole characters. */
  push(piece: Buffer): void;
  /** After the last piece. */
  end(): void;
  taps(taps: TapsFor, take: TakeTap): (lines: Lines) => void;
}

/** Opens what reads one form of a file; `file` is how problems name it. */
export type OpenCards = (file: string, report: Report, take: TakeLine) => CardsReader;

/** One of so many parts of a file's cards, from 0: as many processes rate them at once. */
export interface CardsPart {
  readonly index: number;
  readonly of: number;
}

/** So little is read at a time, as long as so many trays are enough. */
const TRAY_BYTES = 262_144;
const MOST_TRAYS = 1_024;

/** So many are read between two words of how far it is. */
const BYTES_TOLD = 2_097_152;

/** Throws `TuraError` bad-input for a file that cannot be read; what is wrong before any card is known is reported. */
export async function sortByCard(
  file: string,
  { index, of }: CardsPart,
  report: Report,
  onProgress: (bytesRead: number, bytesTotal: number) => void,
): Promise<TapsByCard> {
  const bytesTotal = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  const trays = new Trays(Math.max(1, Math.min(MOST_TRAYS, Math.ceil(bytesTotal / of / TRAY_BYTES))));
  const take: TakeLine = (hash, line, bytes, from, to) => {
    if (hash % of === index) trays.put(trayOf(hash, of, trays.count), line, bytes, from, to);
  };
  try {
    let [bytesRead, told] = [0, 0];
    let reader: CardsReader | undefined;
    for await (const piece of streamBytes(file, 'the taps', 'a file of CSV or NDJSON')) {
      reader ??= formOf(piece.toString())(file, report, take);
      reader.push(piece);
      bytesRead += piece.length;
      if (bytesRead - told < BYTES_TOLD && bytesRead < bytesTotal) continue;
      told = bytesRead;
      onProgress(bytesRead, bytesTotal);
    }
    assert(reader !== undefined, 'a file has a beginning');
    reader.end();
    trays.end();
    return new TapsByCard(trays, reader, of);
  } catch (error) {
    trays.close();
    throw error;
  }
}

function formOf(beginning: string): OpenCards {
  return isRecords(beginning) ? recordsByCard : tableByCard;
}

export class TapsByCard {
  /** By number, from 0. */
  readonly trays: readonly number[];
  /** In all of them. */
  readonly lines: number;
  readonly #trays: Trays;
  readonly #reader: CardsReader;
  readonly #parts: number;

  constructor(trays: Trays, reader: CardsReader, parts: number) {
    this.#trays = trays;
    this.#reader = reader;
    this.#parts = parts;
    this.trays = Array.from({ length: trays.count }, (_, tray) => tray);
    this.lines = trays.lines;
  }

  trayOf(card: string): number {
    return trayOf(cardHash(card), this.#parts, this.#trays.count);
  }

  /**
   * What reads one tray after another, each card's lines in the file's order; it stops after a few of them, and says how
   * many they were. Throws `TuraError` for the disk.
   */
  reader(taps: TapsFor, take: TakeTap): (tray: number) => Iterable<number> {
    const read = this.#reader.taps(taps, take);
    const trays = this.#trays;
    return function* (tray) {
      for (const lines of trays.of(tray)) {
        read(lines);
        yield lines.numbers.length;
      }
    };
  }

  close(): void {
    this.#trays.close();
  }
}

/** What is left of the hash when it has said whose part a card is. */
function trayOf(hash: number, parts: number, trays: number): number {
  return Math.floor(hash / parts) % trays;
}
