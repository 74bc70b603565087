/**
 * Taps for fares as a person writes them, in CSV: `at` and `card`, and beside them whatever the tariff asks for. A row
 * that is wrong is told by line and column and left out; the rest are rated.
 */
import type { Tariff } from '../../core/tariff/tariff.ts';
import { rowReader } from '../../gtfs/row.ts';
import { TableReader } from '../../gtfs/table.ts';
import { ClosedQuotes } from './closed-quotes.ts';
import { type FareTaps, type OpenTaps, readTaps } from './fare-tap.ts';
import { TAPS, TapRows } from './tap-row.ts';

export const tapsTable: OpenTaps = (file, taps, take) => {
  const table = new TableReader(TAPS, file, taps.report, header => {
    const rows = new TapRows(header, taps);
    const takeRow = rowReader(TAPS, header, row => {
      const read = rows.read(row);
      if (read !== undefined) take(row.card, row.line, read);
    });
    const { isWanted } = taps;
    if (isWanted === undefined) return takeRow;
    const card = header.indexOf('card');
    return (record, line) => {
      if (isWanted(record[card]?.trim() ?? '')) takeRow(record, line);
    };
  });
  return new ClosedQuotes(file, taps.leaveOut, table);
};

export function readFareTaps(text: string, file: string, tariff: Tariff): FareTaps {
  return readTaps(tapsTable, text, file, tariff);
}
