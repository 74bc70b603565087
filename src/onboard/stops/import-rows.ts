/**
 * Tables that are stored row by row, as their spec says.
 */
import type { Database } from '../../disk/sqlite.ts';
import { rowReader } from '../../gtfs/row.ts';
import { complaintOf } from '../../gtfs/sense.ts';
import type { Row, TableSpec } from '../../gtfs/spec.ts';
import type { FeedInput } from './feed-input.ts';
import { ReferenceCheck, type RowIds } from './row-ids.ts';
import { tableName } from './schema.ts';

/** Reads the table into the database and its ids into `ids`; gives the number of rows. */
export async function importRows(
  database: Database,
  input: FeedInput,
  ids: RowIds,
  spec: TableSpec,
): Promise<number> {
  const insert = rowInserter(database, spec);
  let rows = 0;
  let references: ReferenceCheck | undefined;
  let file: string = spec.file;
  const errorsBefore = input.problems.errorCount;
  await input.read(spec, header => {
    file = header.file;
    const remember = rememberer(ids, spec);
    const check = new ReferenceCheck(spec, ids, header, input.problems.report);
    references = check;
    return rowReader<TableSpec>(spec, header, row => {
      remember(row);
      check.check(row);
      const complaint = complaintOf(spec.file, row);
      if (complaint !== undefined) {
        const { column, ...rest } = complaint;
        input.problems.report({ at: header.at(row.line, column), ...rest });
      }
      insert(row);
      rows += 1;
    });
  });
  const errors = () => input.problems.errorCount - errorsBefore;
  if (spec.required && rows === 0 && errors() === 0)
    input.problems.report({ at: { file }, what: 'has no rows' });
  if (errors() > 0) ids.spoil(spec.file);
  references?.end();
  return rows;
}

function rowInserter(database: Database, spec: TableSpec): (row: Row<TableSpec>) => void {
  const names = ['line', ...spec.columns.map(column => column.name)];
  const insert = database.prepare(
    `INSERT INTO ${tableName(spec)} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`,
  );
  return row => insert.run(names.map(name => row[name] ?? null));
}

/** Rows are referred to by the first column of their key. */
function rememberer(ids: RowIds, spec: TableSpec): (row: Row<TableSpec>) => void {
  const known = ids.of(spec.file);
  const [column] = spec.key ?? [];
  return row => {
    const id = column === undefined ? undefined : row[column];
    if (typeof id === 'string') known.set(id, row.line);
  };
}
