/**
 * Scenarios in CSV, a row a step: rows of one name belong together, a name left empty is that of the row above. What a
 * card starts with stands in any of its rows.
 */
import type { Position, Problem } from '../../core/error.ts';
import type { Path } from '../../core/source/yaml.ts';
import { optional, required } from '../../gtfs/column.ts';
import { ProblemList, type Report } from '../../gtfs/problems.ts';
import { locate } from '../../gtfs/records.ts';
import type { TableSpec } from '../../gtfs/spec.ts';
import { TableReader } from '../../gtfs/table.ts';
import { CARD, STEP } from './columns.ts';
import type { WrittenCard, WrittenPass, WrittenScenario, WrittenStep } from './written.ts';

/** The balance that a purse starts with: `purse` is the one that a step is expected to leave. */
const BALANCE = 'purseBefore';
const CARD_COLUMNS = Object.keys(CARD).map(name => (name === 'purse' ? BALANCE : name));

/** What is more than one word, and how it is written in a cell. */
const PASSES = "passes parted by spaces: 'zone-1' or 'zone-1:2026-03-01..2026-03-31'";
const QUOTA_USED = "a month and its rides: '2026-03:40'";
const POINTS = "points by programme, parted by spaces: 'bonus:120'";

const SCENARIOS = {
  file: 'scenarios.csv',
  required: true,
  strict: true,
  columns: [
    ...['scenario', 'source', 'unconfirmed', 'card'].map(name => optional(name, 'text')),
    ...[...CARD_COLUMNS, 'passes', 'quotaUsed', 'points'].map(name => optional(name, 'text')),
    required('at', 'text'),
    ...Object.keys(STEP).map(name => optional(name, 'text')),
  ],
} as const satisfies TableSpec;

/** A record by its columns; an empty cell is absent. */
interface StepRow {
  readonly line: number;
  readonly cells: Readonly<Record<string, string>>;
}

interface StepRows {
  readonly rows: readonly StepRow[];
  readonly at: (row: Pick<StepRow, 'line'>, column: string) => Position;
}

/** None where the table as such is wrong: a scenario that lacks a row proves something else. */
export function readScenarioTable(
  text: string,
  file: string,
): { readonly written: readonly WrittenScenario[]; readonly problems: readonly Problem[] } {
  const list = new ProblemList();
  const table = readRows(text, file, list);
  const byName = rowsByName(table, list.report);
  const problems = [...list.all];
  if (list.errorCount > 0) return { written: [], problems };
  const written = [...byName].flatMap(([name, rows]) => {
    const reader = new RowsReader(table, rows);
    const scenario = reader.scenario(name);
    problems.push(...reader.problems);
    return reader.problems.length === 0 ? [scenario] : [];
  });
  return { written, problems };
}

/** Not as rows of a feed's table: one of our columns is `line`, which those have for where they stand. */
function readRows(text: string, file: string, { report }: ProblemList): StepRows {
  const rows: StepRow[] = [];
  let columns: readonly string[] = [];
  const reader = new TableReader(SCENARIOS, file, report, header => {
    columns = header.names;
    return (record, line) => {
      if (!header.fits(record, line)) return;
      const cells = columns.map((name, field) => [name, record[field]?.trim() ?? ''] as const);
      rows.push({ line, cells: Object.fromEntries(cells.filter(([, cell]) => cell !== '')) });
    };
  });
  reader.push(text);
  reader.end();
  const unmarked = text.startsWith('\uFEFF') ? text.slice(1) : text;
  return {
    rows,
    at: ({ line }, column) => {
      const field = columns.indexOf(column);
      return field === -1 ? { file, line } : { file, ...locate(unmarked, 1, line, field) };
    },
  };
}

function rowsByName({ rows, at }: StepRows, report: Report): ReadonlyMap<string, readonly StepRow[]> {
  const byName = new Map<string, StepRow[]>();
  let current: StepRow[] | undefined;
  for (const row of rows) {
    const { scenario } = row.cells;
    if (scenario !== undefined) {
      current = byName.get(scenario) ?? [];
      byName.set(scenario, current);
    }
    if (current === undefined) {
      const expected = 'what it proves, in a sentence';
      report({ at: at(row, 'scenario'), what: 'a step of no scenario', expected });
    }
    current?.push(row);
  }
  return byName;
}

/** A cell of a card, and the row that gave it. */
interface Given {
  readonly text: string;
  readonly row: StepRow;
}

class RowsReader {
  readonly #table: StepRows;
  readonly #rows: readonly StepRow[];
  readonly problems: Problem[] = [];
  /** By card, then by column; the card without a name is ''. */
  readonly #cards = new Map<string, Map<string, Given>>();

  constructor(table: StepRows, rows: readonly StepRow[]) {
    this.#table = table;
    this.#rows = rows;
  }

  scenario(name: string): WrittenScenario {
    for (const row of this.#rows) this.#takeCard(row);
    const named = [...this.#cards.keys()].filter(card => card !== '');
    const [first] = this.#rows;
    return {
      scenario: name,
      source: first?.cells.source,
      unconfirmed: first?.cells.unconfirmed,
      card: this.#cards.has('') ? this.#card('') : undefined,
      cards: Object.fromEntries(named.map(card => [card, this.#card(card)])),
      steps: this.#rows.map(stepOf),
      positionOf: path => this.#positionOf(path),
    };
  }

  #takeCard(row: StepRow): void {
    const { card: name = '' } = row.cells;
    const card = this.#cards.get(name) ?? new Map<string, Given>();
    this.#cards.set(name, card);
    for (const column of [...CARD_COLUMNS, 'passes', 'quotaUsed', 'points']) {
      const text = row.cells[column];
      if (text === undefined) continue;
      const given = card.get(column);
      if (given === undefined) card.set(column, { text, row });
      else if (given.text !== text)
        this.#wrong(row, column, `'${text}', and line ${given.row.line} says otherwise`, `'${given.text}'`);
    }
  }

  #card(name: string): WrittenCard {
    const given = this.#cards.get(name) ?? new Map<string, Given>();
    const cells = Object.keys(CARD).flatMap(key => {
      const found = given.get(key === 'purse' ? BALANCE : key);
      return found === undefined ? [] : [[key, found.text] as const];
    });
    return {
      ...Object.fromEntries(cells),
      passes: this.#parsed(given, 'passes', PASSES, passesIn),
      quotaUsed: this.#parsed(given, 'quotaUsed', QUOTA_USED, quotaIn),
      points: this.#parsed(given, 'points', POINTS, pointsIn),
    };
  }

  #parsed<T>(
    given: ReadonlyMap<string, Given>,
    column: string,
    expected: string,
    parse: (text: string) => T | undefined,
  ): T | undefined {
    const found = given.get(column);
    const value = found === undefined ? undefined : parse(found.text);
    if (found !== undefined && value === undefined)
      this.#wrong(found.row, column, `${column} '${found.text}'`, expected);
    return value;
  }

  #positionOf([section, key, column]: Path): Position {
    const [first] = this.#rows;
    const row = section === 'steps' ? this.#rows[Number(key)] : first;
    if (row === undefined) return this.#table.at({ line: 1 }, 'scenario');
    if (section === 'steps') return this.#table.at(row, String(column ?? 'at'));
    if (section !== 'card' && section !== 'cards') return this.#table.at(row, String(section ?? 'scenario'));
    const [card, cell] = section === 'card' ? ['', key] : [String(key), column];
    const name = cell === 'purse' ? BALANCE : String(cell ?? 'card');
    return this.#table.at(this.#cards.get(card)?.get(name)?.row ?? row, name);
  }

  #wrong(row: StepRow, column: string, what: string, expected: string): void {
    this.problems.push({ at: this.#table.at(row, column), what, expected });
  }
}

function stepOf({ cells }: StepRow): WrittenStep {
  const said = Object.keys(STEP).map(name => [name, cells[name]] as const);
  return { ...Object.fromEntries(said), at: cells.at ?? '', card: cells.card };
}

function passesIn(text: string): readonly WrittenPass[] | undefined {
  const passes = text.split(/\s+/).map(word => /^([^:]+)(?::(.*)\.\.(.*))?$/.exec(word));
  const read = passes.flatMap(match => {
    if (match === null) return [];
    const [, pass = '', from, to] = match;
    return [{ pass, from: from || undefined, to: to || undefined }];
  });
  return read.length === passes.length ? read : undefined;
}

function quotaIn(text: string): WrittenCard['quotaUsed'] {
  const [, month, used] = /^([^:]+):(.+)$/.exec(text) ?? [];
  return month === undefined || used === undefined ? undefined : { month, used };
}

function pointsIn(text: string): Readonly<Record<string, string>> | undefined {
  const pairs = text.split(/\s+/).map(word => word.split(':'));
  if (pairs.some(pair => pair.length !== 2)) return undefined;
  return Object.fromEntries(pairs.map(([programme = '', points = '']) => [programme, points]));
}
