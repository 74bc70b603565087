/** The action list's plain file: a CSV of what is to be done to which card, checked whole and then built into a bundle. */
import { refuseIfWrong } from '../../core/error.ts';
import { type CardAction, MAX_A_CARD } from '../../core/list/card-action.ts';
import type { Tokeniser } from '../../core/list/subject-text.ts';
import { tokenKey } from '../../core/tap.ts';
import type { Tariff } from '../../core/tariff/tariff.ts';
import { ProblemList } from '../../gtfs/problems.ts';
import { readTable } from '../../gtfs/table.ts';
import { COLUMNS, readRow } from './action-row.ts';
import { type Base, buildBundle } from './build.ts';
import type { Terms } from './terms.ts';

/** Whose purse, passes and categories it speaks of: a slip would be written on cards. */
export interface ActionContext {
  readonly tokeniser: Tokeniser | undefined;
  readonly tariff: Tariff;
}

/**
 * Serials become tokens here; the bundle holds none. Throws `TuraError` bad-input with every problem of the file, each
 * with line and column.
 */
export function buildCardActions(
  text: string,
  file: string,
  context: ActionContext,
  terms: Terms,
  base?: Base,
): Uint8Array {
  const actions = readCardActions(text, file, context);
  const keyIds = [...new Set(actions.map(({ token }) => token.keyId))];
  return buildBundle(
    'actions',
    actions,
    keyIds.sort((a, b) => a - b),
    terms,
    base,
  );
}

function readCardActions(text: string, file: string, context: ActionContext): readonly CardAction[] {
  const table = readTable(text, file, COLUMNS);
  const problems = new ProblemList();
  for (const problem of table.problems) problems.report(problem);
  const actions: CardAction[] = [];
  /** A card's rows by their numbers. */
  const cards = new Map<string, Map<number, (typeof table.rows)[number]>>();
  const wrongIn =
    (row: (typeof table.rows)[number]) =>
    (column: Parameters<typeof table.at>[1], what: string, expected: string) =>
      problems.report({ at: table.at(row, column), what, expected });
  for (const row of table.rows) {
    const wrong = wrongIn(row);
    for (const action of readRow(row, context, wrong)) {
      const card = tokenKey(action.token);
      const numbered = cards.get(card) ?? new Map<number, typeof row>();
      const same = numbered.get(action.nth);
      if (same !== undefined)
        wrong('nth', `action ${action.nth} of this card stands in line ${same.line}`, 'each once');
      else if (numbered.size === MAX_A_CARD)
        wrong(
          'card',
          `action ${numbered.size + 1} of one card`,
          `at most ${MAX_A_CARD}: those done can be left out`,
        );
      else cards.set(card, numbered.set(action.nth, row));
      actions.push(action);
    }
  }
  if (problems.all.length === 0)
    for (const numbered of cards.values())
      for (const [nth, row] of afterGap(numbered))
        wrongIn(row)('nth', `action ${nth} of this card, and none with ${nth - 1}`, 'numbers without a gap');
  refuseIfWrong(problems.all);
  return actions;
}

/** Those that would wait for ever: the first may have any number, and each of the others needs the one before it. */
function afterGap<Row>(numbered: ReadonlyMap<number, Row>): readonly (readonly [number, Row])[] {
  const first = Math.min(...numbered.keys());
  return [...numbered].filter(([nth]) => nth !== first && !numbered.has(nth - 1));
}
