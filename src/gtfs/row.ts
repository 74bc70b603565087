/**
 * Records -> rows: what a row must be is compiled from the spec once, so that reading one decides nothing.
 */
import { type Column, cellType } from './column.ts';
import type { Header } from './header.ts';
import type { TakeRecord } from './records.ts';
import type { Row, TableSpec } from './spec.ts';

/** The mark of a cell that was refused; undefined is an empty one. */
const REFUSED: unique symbol = Symbol('refused');

interface Cell {
  readonly name: string;
  readonly read: (record: readonly string[], line: number) => string | number | undefined | typeof REFUSED;
}

/**
 * Takes records and hands on rows, checked cell by cell and for the uniqueness of the key; a wrong row is left out, and
 * `leaveOut` told of it.
 */
export function rowReader<S extends TableSpec>(
  spec: S,
  header: Header<S>,
  take: (row: Row<S>) => void,
  leaveOut: (record: readonly string[]) => void = () => undefined,
): TakeRecord {
  // A column that the file lacks is in no row.
  const cells = spec.columns.flatMap(column => cellOf(header, column) ?? []);
  const isNew = uniqueness(spec.key ?? [], header);
  // Every row is a copy of one: a row that grew by a property at a time would be laid out anew by each of them.
  const empty: Record<string, string | number | undefined> = { line: 0 };
  for (const { name } of cells) empty[name] = undefined;
  return (record, line) => {
    if (!header.fits(record, line)) return leaveOut(record);
    const row = { ...empty };
    row.line = line;
    let sound = true;
    for (const { name, read } of cells) {
      const value = read(record, line);
      if (value === REFUSED) sound = false;
      else row[name] = value;
    }
    // The loop gave every column of the spec a value of its type, where the file has it, which is what `Row<S>` says.
    if (!sound) leaveOut(record);
    else if (isNew(record, line)) take(row as Row<S>);
  };
}

/** A required column is there, or there is no header. */
function cellOf(header: Header<TableSpec>, { name, required, type }: Column): Cell | undefined {
  const index = header.indexOf(name);
  if (index === -1) return undefined;
  const { read, expected } = cellType(type);
  const refuse = (line: number, text: string, what: string): typeof REFUSED => {
    header.problem(line, name, what, typeof expected === 'string' ? expected : expected(text));
    return REFUSED;
  };
  return {
    name,
    read: (record, line) => {
      const text = record[index]?.trim() ?? '';
      if (text === '') return required ? refuse(line, text, `${name} is empty`) : undefined;
      return read(text) ?? refuse(line, text, `${name} is '${text}'`);
    },
  };
}

function uniqueness(
  key: readonly string[],
  header: Header<TableSpec>,
): (record: readonly string[], line: number) => boolean {
  const [first] = key;
  if (first === undefined) return () => true;
  const indices = key.map(name => header.indexOf(name));
  const lines = new Map<string, number>();
  return (record, line) => {
    const cells = indices.map(index => record[index]?.trim() ?? '');
    const same = lines.get(cells.join('\n'));
    if (same === undefined) lines.set(cells.join('\n'), line);
    else
      header.problem(
        line,
        first,
        `the same ${key.join(', ')} '${cells.join(', ')}' as in line ${same}`,
        'each once',
      );
    return same === undefined;
  };
}
