/** One row of the plain stop list -> its entries, or the problems of its cells. */
import { known } from '../../core/known.ts';
import {
  isForGood,
  type Scope,
  STOP_EFFECTS,
  STOP_REASONS,
  type StopEntry,
  SUBJECT_KINDS,
  type Subject,
} from '../../core/list/stop-entry.ts';
import { readSubject, type Tokeniser } from '../../core/list/subject-text.ts';
import { expectedOneOf } from '../../core/suggest.ts';
import { type EpochMs, parseInstant } from '../../core/time.ts';
import { optional, required } from '../../gtfs/column.ts';
import type { Header } from '../../gtfs/header.ts';
import type { ColumnName, Row, TableSpec } from '../../gtfs/spec.ts';

/** `carriers` and `modes` hold words with spaces between them; an empty scope is everywhere, an empty moment no bound. */
export const COLUMNS = {
  file: 'stoplist.csv',
  required: true,
  columns: [
    required('subject_kind', 'text'),
    required('subject', 'text'),
    required('effect', 'text'),
    optional('treat_as', 'text'),
    required('reason', 'text'),
    optional('application', 'text'),
    optional('carriers', 'text'),
    optional('modes', 'text'),
    optional('valid_from', 'text'),
    optional('valid_to', 'text'),
    optional('rider_text', 'text'),
  ],
} as const satisfies TableSpec;

type PlainRow = Row<typeof COLUMNS>;
type PlainColumn = ColumnName<typeof COLUMNS>;

/** No entries where a cell is wrong; then the header was told. One entry a token where a UID has two. */
export function readRow(
  row: PlainRow,
  header: Header<typeof COLUMNS>,
  tokeniser: Tokeniser | undefined,
): readonly StopEntry[] {
  const cells = new Cells(row, header);
  const kind = cells.word('subject_kind', SUBJECT_KINDS);
  const effect = cells.word('effect', STOP_EFFECTS);
  const reason = cells.word('reason', STOP_REASONS);
  const validFrom = cells.moment('valid_from');
  const validTo = cells.moment('valid_to');
  if (validFrom !== undefined && validTo !== undefined && validFrom >= validTo) {
    cells.wrong('valid_to', `valid_to is not after valid_from`);
  }
  if (effect !== undefined && (effect === 'treat-as') !== (row.treat_as !== undefined)) {
    cells.wrong(
      'treat_as',
      `treat_as with the effect ${effect}`,
      "a category where the effect is 'treat-as', else nothing",
    );
  }
  const subjects = kind === undefined ? [] : cells.subjects(kind, tokeniser);
  if (effect === undefined || reason === undefined || cells.anyWrong) return [];
  const { treat_as: treatAs, rider_text: riderText } = row;
  const entries = subjects.map(
    (subject): StopEntry =>
      known({ subject, effect, reason, treatAs, scope: scopeOf(row), validFrom, validTo, riderText }),
  );
  if (effect !== 'block-on-card' || entries.every(isForGood)) return entries;
  cells.wrong('effect', WRITTEN_FOR_GOOD, "'decline', or one medium without scope and valid_to");
  return [];
}

const WRITTEN_FOR_GOOD = 'block-on-card writes on cards, and stays there when the entry is over';

function scopeOf({ application, carriers, modes }: PlainRow): Scope | undefined {
  const scope = known({ application, carriers: wordsOf(carriers), modes: wordsOf(modes) });
  return Object.keys(scope).length === 0 ? undefined : scope;
}

/** In one order, each once: the same scope written in another order is the same entry. */
function wordsOf(cell: string | undefined): readonly string[] | undefined {
  return cell === undefined ? undefined : [...new Set(cell.split(/\s+/))].sort();
}

class Cells {
  readonly #row: PlainRow;
  readonly #header: Header<typeof COLUMNS>;
  anyWrong = false;

  constructor(row: PlainRow, header: Header<typeof COLUMNS>) {
    this.#row = row;
    this.#header = header;
  }

  wrong(column: PlainColumn, what: string, expected?: string): void {
    this.anyWrong = true;
    this.#header.problem(this.#row.line, column, what, expected);
  }

  word<const Word extends string>(column: PlainColumn, words: readonly Word[]): Word | undefined {
    const cell = this.#row[column] ?? '';
    const word = words.find(candidate => candidate === cell);
    if (word !== undefined) return word;
    this.wrong(column, `${column} is '${cell}'`, expectedOneOf(cell, words));
    return undefined;
  }

  moment(column: PlainColumn): EpochMs | undefined {
    const cell = this.#row[column];
    const moment = cell === undefined ? undefined : parseInstant(cell);
    if (cell !== undefined && moment === undefined) {
      this.wrong(column, `${column} is '${cell}'`, 'a moment with its offset: 2026-03-02T00:00+05:00');
    }
    return moment;
  }

  subjects(kind: Subject['kind'], tokeniser: Tokeniser | undefined): readonly Subject[] {
    const reading = readSubject(kind, this.#row.subject, tokeniser);
    if (reading.kind === 'subjects') return reading.subjects;
    this.wrong('subject', reading.what, reading.expected);
    return [];
  }
}
