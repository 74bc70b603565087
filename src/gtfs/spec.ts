/**
 * A table of a feed described as data: its file, its columns, what makes a row unique. The type of its rows
 * follows from the description.
 */
import type { Column, Value } from './column.ts';

export interface TableSpec {
  /** `stops.txt` */
  readonly file: string;
  /** A feed without this file is refused. */
  readonly required: boolean;
  readonly columns: readonly Column[];
  /** No two rows have the same cells in all of these. */
  readonly key?: readonly string[];
  /** Columns of the reference that nothing here needs: no warning for them. */
  readonly alsoKnown?: readonly string[];
  /** A column that is not known is an error: a feed may have more than is read here, a table of ours may not. */
  readonly strict?: true;
}

export type ColumnName<S extends TableSpec> = S['columns'][number]['name'];

type Cells<C extends Column> = {
  readonly [K in C as K['name']]: K['required'] extends true
    ? Value<K['type']>
    : Value<K['type']> | undefined;
};

/** One row; an empty or absent cell is undefined. `line` is where its record begins, from 1. */
export type Row<S extends TableSpec> = Cells<S['columns'][number]> & { readonly line: number };
