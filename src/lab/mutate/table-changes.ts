/** Every change of one cell of a tariff's tables, and of one row that is taken away. */
import { DRAFTED_LEG_RULES } from '../../gtfs/fare-drafts.ts';
import { AREAS, FARE_PRODUCTS, ROUTE_NETWORKS, STOP_AREAS, TIMEFRAMES } from '../../gtfs/fare-tables.ts';
import type { ColumnName, TableSpec } from '../../gtfs/spec.ts';
import { readTable } from '../../gtfs/table.ts';
import { CALENDAR, CALENDAR_DATES, STOPS } from '../../gtfs/tables.ts';
import { DISTANCES } from '../../gtfs/tariff-files.ts';
import { lineStarts } from './lines.ts';
import { type Change, type Edit, REMOVED } from './mutant.ts';
import { amounts, dates, flipped, type Grain, type Near, tenths, timesOfDay, wholes } from './near.ts';

export interface MutatedTable {
  readonly spec: TableSpec;
  readonly columns: readonly (readonly [name: string, near: Near])[];
  /** One by one. */
  readonly losesRows: boolean;
}

function table<S extends TableSpec>(
  spec: S,
  ...columns: readonly (readonly [name: ColumnName<S>, near: Near])[]
): MutatedTable {
  return { spec, columns, losesRows: true };
}

/** A condition that is asked no more; where a rule leads from and to is what it is, and stays. */
const emptied: Near = () => [''];

/** Added, removed. */
const otherException: Near = text => [text === '1' ? '2' : '1'];

/** Media are not among them, for they are named there and no more; nor does a stop say more than whose platform it is. */
export const MUTATED_TABLES: readonly MutatedTable[] = [
  table(FARE_PRODUCTS, ['rider_category_id', emptied], ['fare_media_id', emptied], ['amount', amounts]),
  table(
    DRAFTED_LEG_RULES,
    ['from_timeframe_group_id', emptied],
    ['to_timeframe_group_id', emptied],
    ['rule_priority', wholes],
  ),
  table(AREAS),
  table(STOP_AREAS),
  { ...table(STOPS, ['parent_station', emptied]), losesRows: false },
  table(ROUTE_NETWORKS),
  table(TIMEFRAMES, ['start_time', timesOfDay], ['end_time', timesOfDay]),
  table(
    CALENDAR,
    ['monday', flipped],
    ['tuesday', flipped],
    ['wednesday', flipped],
    ['thursday', flipped],
    ['friday', flipped],
    ['saturday', flipped],
    ['sunday', flipped],
    ['start_date', dates],
    ['end_date', dates],
  ),
  table(CALENDAR_DATES, ['date', dates], ['exception_type', otherException]),
  table(DISTANCES, ['metres', tenths]),
];

/** In the file's order. `text` is sound: whoever changes a tariff has compiled it as it is. */
export function tableChanges(
  text: string,
  { spec, columns, losesRows }: MutatedTable,
  grain: Grain,
): readonly Change[] {
  const read = readTable(text, spec.file, spec);
  const header = [...read.columns];
  const starts = lineStarts(text);
  const changes = read.rows.flatMap(({ line }) => {
    const start = starts[line - 1] ?? 0;
    const cells = cellsOf(text, start);
    const cellAt = (name: string) => cells[header.indexOf(name)];
    const words = namedBy(spec).map(name => wordOf(text, cellAt(name)));
    const row = words.filter(word => word !== '').join('/');
    const ofCells = columns.flatMap(([name, near]): Change[] => {
      const cell = cellAt(name);
      const from = wordOf(text, cell);
      if (cell === undefined || from === '') return [];
      return near(from, grain).map(to => {
        const edit = { ...cell, text: to };
        return { path: `${row}.${name}`, from, to: to === '' ? REMOVED : to, offset: cell.start, edit };
      });
    });
    return losesRows ? [withoutRow(text, start, cells), ...ofCells] : ofCells;
  });
  return changes.sort((a, b) => a.offset - b.offset);
}

/** What tells a row from the others: its key, or every id in it. */
function namedBy({ key, columns }: TableSpec): readonly string[] {
  return key ?? columns.filter(({ type }) => type === 'id').map(({ name }) => name);
}

type Cell = Omit<Edit, 'text'>;

const CELL = /(?:"(?:[^"]|"")*")?[^,\r\n]*/y;

/** From the record that begins at `start`. */
function cellsOf(text: string, start: number): readonly Cell[] {
  const cells: Cell[] = [];
  for (let at = start; ; at += 1) {
    CELL.lastIndex = at;
    CELL.exec(text);
    cells.push({ start: at, end: CELL.lastIndex });
    at = CELL.lastIndex;
    if (text[at] !== ',') return cells;
  }
}

function wordOf(text: string, cell: Cell | undefined): string {
  if (cell === undefined) return '';
  return text.slice(cell.start, cell.end).trim().replace(/^"|"$/g, '');
}

function withoutRow(text: string, start: number, cells: readonly Cell[]): Change {
  const last = cells.at(-1)?.end ?? start;
  const newline = text.indexOf('\n', last);
  const edit = { start, end: newline === -1 ? text.length : newline + 1, text: '' };
  return { path: 'row', from: text.slice(start, last), to: REMOVED, offset: start, edit };
}
