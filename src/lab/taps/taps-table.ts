/**
 * Taps for fares as a person writes them, in CSV: `at` and `card`, and beside them whatever the tariff asks for. A row
 * that is wrong is told by line and column and left out; the rest are rated.
 */
import type { Tariff } from '../../core/tariff/tariff.ts';
import { TableReader } from '../../gtfs/table.ts';
import type { OpenCards } from './by-card.ts';
import { CardLines } from './card-lines.ts';
import { type FareTaps, type ReadText, readTaps, type TakeTap, type TapsFor } from './fare-tap.ts';
import { soundLines } from './sound-lines.ts';
import { TAPS, TapRows } from './tap-row.ts';

export const readTapTable: ReadText = (text, file, taps, take) => {
  const table = tableOf(file, taps, take);
  table.push(soundLines(text, file, taps.report));
  table.end();
};

export function readFareTaps(text: string, file: string, tariff: Tariff): FareTaps {
  return readTaps(readTapTable, text, file, tariff);
}

export const tableByCard: OpenCards = (file, report, take) => {
  const lines = new CardLines(file, report, take);
  return {
    push: piece => lines.push(piece),
    end: () => lines.end(),
    taps: (taps, takeTap) => {
      // What is wrong with the header was told when it was read first.
      const table = tableOf(file, { ...taps, report: () => undefined }, takeTap);
      table.push(lines.heading);
      return ({ text, numbers }) => table.push(text, numbers);
    },
  };
};

function tableOf(file: string, taps: TapsFor, take: TakeTap): TableReader<typeof TAPS> {
  // Once the columns are known, what is wrong is wrong with a card's row.
  let { report } = taps;
  return new TableReader(
    TAPS,
    file,
    problem => report(problem),
    header => {
      report = problem => {
        if (problem.severity === 'warning') taps.report(problem);
        else taps.leaveOut(problem.at.line ?? 0, () => problem);
      };
      return new TapRows(header, taps, take).read;
    },
  );
}
