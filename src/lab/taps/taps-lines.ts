/** Taps for fares as vehicles record them: NDJSON of journal records, as the collector takes and gives it. */
import type { Crypto } from '../../core/crypto.ts';
import type { Problem } from '../../core/error.ts';
import { recordedTap } from '../../core/fare/recorded.ts';
import { hexOfBytes } from '../../core/hex.ts';
import type { Tariff } from '../../core/tariff/tariff.ts';
import { Malformed } from '../../wire/malformed.ts';
import { parseRecordLine, recordBytes } from '../../wire/record/record.ts';
import type { FareTap, FareTaps } from './taps-table.ts';

/** Records that are no rides, and those that were declined, are stepped over. */
export function readTapLines(text: string, file: string, tariff: Tariff, crypto: Crypto): FareTaps {
  const taps: FareTap[] = [];
  const problems: Problem[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    try {
      const record = parseRecordLine(line);
      const recorded = recordedTap(record, hexOfBytes(crypto.sha256(recordBytes(record))), tariff);
      if (recorded !== undefined) taps.push({ card: recorded.token, line: index + 1, tap: recorded.tap });
    } catch (error) {
      if (!(error instanceof Malformed)) throw error;
      problems.push({ at: { file, line: index + 1 }, what: error.message, expected: 'a journal record' });
    }
  }
  return { taps, problems };
}
