/**
 * Which sequences of a stream have arrived, as runs. A batch is one or two runs, so that keeping the cumulative
 * acknowledgement costs a few rows a batch, however long the stream is.
 */
import type { Database } from '../../../disk/sqlite.ts';

interface Span {
  readonly first: number;
  readonly last: number;
}

export interface Spans {
  /** Adds sequences in any order, held before or not. */
  hold(stream: number, sequences: readonly number[]): void;
  /** Every sequence up to and including this one has arrived. */
  through(stream: number): number;
  highest(stream: number): number;
}

export function spansIn(database: Database): Spans {
  const upTo = database.prepare<[number, number], Span>(
    'SELECT first, last FROM span WHERE stream = ? AND first <= ? ORDER BY first DESC',
  );
  const remove = database.prepare<[number, number]>('DELETE FROM span WHERE stream = ? AND first = ?');
  const insert = database.prepare<[number, number, number]>('INSERT INTO span VALUES (?, ?, ?)');
  const through = database
    .prepare<[number], number>('SELECT last FROM span WHERE stream = ? AND first = 1')
    .pluck();
  const highest = database
    .prepare<[number], number>('SELECT last FROM span WHERE stream = ? ORDER BY first DESC LIMIT 1')
    .pluck();

  /** Spans that overlap or adjoin `run`: the nearest below it first, until one ends before it. */
  function touching(stream: number, run: Span): readonly Span[] {
    const found: Span[] = [];
    for (const span of upTo.iterate(stream, run.last + 1)) {
      if (span.last < run.first - 1) break;
      found.push(span);
    }
    return found;
  }

  function add(stream: number, run: Span): void {
    const merged = touching(stream, run);
    for (const span of merged) remove.run(stream, span.first);
    const first = Math.min(run.first, ...merged.map(span => span.first));
    const last = Math.max(run.last, ...merged.map(span => span.last));
    insert.run(stream, first, last);
  }

  return {
    hold(stream, sequences) {
      for (const run of runsOf(sequences)) add(stream, run);
    },
    through: stream => through.get(stream) ?? 0,
    highest: stream => highest.get(stream) ?? 0,
  };
}

function runsOf(sequences: readonly number[]): readonly Span[] {
  const runs: { first: number; last: number }[] = [];
  for (const sequence of [...sequences].sort((a, b) => a - b)) {
    const run = runs.at(-1);
    if (run !== undefined && sequence <= run.last + 1) run.last = sequence;
    else runs.push({ first: sequence, last: sequence });
  }
  return runs;
}
