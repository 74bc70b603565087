/**
 * Taps for fares as a person writes them, in CSV: `at` and `card`, and beside them whatever the tariff asks for. A row
 * that is wrong is told by line and column and left out; the rest are rated.
 */
import type { Tariff } from '../../core/tariff/tariff.ts';
import { rowReader } from '../../gtfs/row.ts';
import { TableReader } from '../../gtfs/table.ts';
import { type FareTaps, type OpenTaps, readTaps } from './fare-tap.ts';
import { SoundLines } from './sound-lines.ts';
import { TAPS, TapRows } from './tap-row.ts';
import { WantedLines } from './wanted-lines.ts';

export const tapsTable: OpenTaps = (file, taps, take) => {
  // Once the columns are known, what is wrong is wrong with a card's row.
  let report = taps.report;
  const { isWanted = () => true } = taps;
  const table = new TableReader(
    TAPS,
    file,
    problem => report(problem),
    header => {
      report = problem => taps.leaveOut(problem.at.line ?? 0, () => problem);
      const rows = new TapRows(header, taps);
      const takeRow = rowReader(TAPS, header, row => {
        const read = rows.read(row);
        if (read !== undefined) take(row.card, row.line, read);
      });
      if (wanted === undefined) return takeRow;
      const card = header.indexOf('card');
      wanted.column = card;
      return (record, line) => {
        if (isWanted(record[card]?.trim() ?? '')) takeRow(record, line);
      };
    },
  );
  const wanted = taps.isWanted && new WantedLines(taps.isWanted, table);
  return new SoundLines(file, taps.report, wanted ?? table);
};

export function readFareTaps(text: string, file: string, tariff: Tariff): FareTaps {
  return readTaps(tapsTable, text, file, tariff);
}
