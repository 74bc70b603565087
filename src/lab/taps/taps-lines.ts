/**
 * Taps for fares as vehicles record them: NDJSON of journal records, as the collector takes and gives it. Records that are
 * no rides, and those that were declined, are stepped over; a ride that was taken back is known by the record that says so.
 */
import type { Crypto } from '../../core/crypto.ts';
import type { AccountTap } from '../../core/fare/account.ts';
import { recordedTap, recordedVoid } from '../../core/fare/recorded.ts';
import { hexOfBytes } from '../../core/hex.ts';
import { tokenKey } from '../../core/tap.ts';
import type { Tariff } from '../../core/tariff/tariff.ts';
import type { Report } from '../../gtfs/problems.ts';
import { Malformed } from '../../wire/malformed.ts';
import { parseRecordLine, recordBytes, type WireRecord } from '../../wire/record/record.ts';
import type { OpenCards } from './by-card.ts';
import { cardHash } from './card-hash.ts';
import { type FareTaps, type ReadText, readAlike, readTaps, type TakeTap, type TapsFor } from './fare-tap.ts';

/** A longer line is no record; it is left out whole. */
export const LINE_CHARS = 262_144;
const ENDLESS = `a line of more than ${LINE_CHARS.toLocaleString('en')} characters`;

/** Without the records' hashes, where the order of the taps is enough: they cost more than all the rest. */
export const recordsByCard: OpenCards = (file, report, take) => {
  const lines = new RecordLines(file, report, (record, line, text) => {
    const card = cardOf(record);
    if (card === undefined) return;
    const bytes = Buffer.from(text);
    take(cardHash(card), line, bytes, 0, bytes.length);
  });
  return {
    push: piece => lines.push(piece.toString()),
    end: () => lines.end(),
    taps: (taps, takeTap) => {
      const records = new RecordTaps(taps, takeTap, () => '');
      return ({ text, numbers }) => {
        let start = 0;
        for (const line of numbers) {
          const end = text.indexOf('\n', start);
          records.take(parseRecordLine(text.slice(start, end)), line);
          start = end + 1;
        }
      };
    },
  };
};

/** A whole text, with them: a tap that came twice is told from two under one identity. */
export function readTapLines(
  text: string,
  file: string,
  tariff: Tariff,
  crypto: Crypto,
  more: Pick<TapsFor, 'termsOf'> = {},
): FareTaps {
  const hashOf = (record: WireRecord) => hexOfBytes(crypto.sha256(recordBytes(record)));
  const read: ReadText = (all, name, taps, take) => {
    const records = new RecordTaps(taps, take, hashOf);
    const lines = new RecordLines(name, taps.report, (record, line) => records.take(record, line));
    lines.push(all);
    lines.end();
  };
  return readTaps(read, text, file, tariff, more);
}

function cardOf({ token }: WireRecord): string | undefined {
  return token === undefined ? undefined : tokenKey(token);
}

/** Is given each record, with the line that it stands on. */
type TakeRecord = (record: WireRecord, line: number, text: string) => void;

/** Lines -> records; what is none is reported, and so is what is missing between them. */
class RecordLines {
  readonly #file: string;
  readonly #report: Report;
  readonly #take: TakeRecord;
  /** The newest sequence number of each device and epoch. */
  readonly #last = new Map<string, number>();
  #line = 1;
  #rest = '';
  /** The line is too long, and was told. */
  #isEndless = false;

  constructor(file: string, report: Report, take: TakeRecord) {
    this.#file = file;
    this.#report = report;
    this.#take = take;
  }

  push(piece: string): void {
    const lines = (this.#rest + piece).split('\n');
    this.#rest = lines.pop() ?? '';
    for (const line of lines) this.#read(line);
    if (this.#rest.length <= LINE_CHARS) return;
    if (!this.#isEndless) this.#refuse(this.#line, ENDLESS);
    this.#isEndless = true;
    this.#rest = '';
  }

  end(): void {
    this.#read(this.#rest);
    this.#rest = '';
  }

  #read(text: string): void {
    if (!this.#isEndless && text.length > LINE_CHARS) this.#refuse(this.#line, ENDLESS);
    else if (!this.#isEndless && text.trim() !== '') this.#record(text, this.#line);
    this.#isEndless = false;
    this.#line += 1;
  }

  #record(text: string, line: number): void {
    try {
      const record = parseRecordLine(text);
      this.#follow(record, line);
      this.#take(record, line, text);
    } catch (error) {
      if (!(error instanceof Malformed)) throw error;
      this.#refuse(line, error.message);
    }
  }

  /** One sequence a device and epoch for all kinds (RECORDS.md 1): a gap is always a loss, unless it comes later. */
  #follow({ deviceId, epoch, sequence }: WireRecord, line: number): void {
    const stream = `${deviceId}/${epoch}`;
    const expected = (this.#last.get(stream) ?? sequence - 1) + 1;
    if (sequence > expected) {
      const missing = sequence === expected + 1 ? `${expected} is` : `${expected} to ${sequence - 1} are`;
      const what = `of ${stream}, ${missing} not here before ${sequence}`;
      this.#report({ at: { file: this.#file, line }, what, severity: 'warning' });
    }
    if (sequence >= expected) this.#last.set(stream, sequence);
  }

  #refuse(line: number, what: string): void {
    this.#report({ at: { file: this.#file, line }, what, expected: 'a journal record' });
  }
}

/** Records -> the taps among them. */
class RecordTaps {
  readonly #for: TapsFor;
  readonly #take: TakeTap;
  readonly #hashOf: (record: WireRecord) => string;
  readonly #alike: readonly number[];

  constructor(taps: TapsFor, take: TakeTap, hashOf: (record: WireRecord) => string) {
    this.#for = taps;
    this.#take = take;
    this.#hashOf = hashOf;
    this.#alike = readAlike(taps.tariffs);
  }

  take(record: WireRecord, line: number): void {
    const card = cardOf(record);
    if (card === undefined || this.#for.isWanted?.(card) === false) return;
    const taken = recordedVoid(record);
    if (taken !== undefined) this.#for.takeBack?.(taken.of);
    const taps = this.#taps(record);
    if (taps !== undefined) this.#take(card, line, taps);
  }

  /** Undefined where the record is no ride, which it says alike to every tariff. */
  #taps(record: WireRecord): readonly AccountTap[] | undefined {
    const hash = this.#hashOf(record);
    const terms = record.token === undefined ? undefined : this.#for.termsOf?.(record.token);
    const taps: AccountTap[] = [];
    for (const [index, tariff] of this.#for.tariffs.entries()) {
      const tap = taps[this.#alike[index] ?? index] ?? recordedTap(record, hash, tariff, terms)?.tap;
      if (tap === undefined) return undefined;
      taps.push(tap);
    }
    return taps;
  }
}
