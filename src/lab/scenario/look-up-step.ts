/** What the steps of a scenario say, looked up in the tariff. */
import type { Path } from '../../core/source/yaml.ts';
import { expectedOneOf } from '../../core/suggest.ts';
import { type EpochMs, epoch } from '../../core/time.ts';
import { creditOf } from './bank-card.ts';
import { STEP, type StepCells } from './columns.ts';
import type { Looking } from './looking.ts';
import { momentOf } from './moment.ts';
import type { Card, Scenario, Step } from './scenario.ts';
import type { WrittenScenario } from './written.ts';

export function stepsOf(
  looking: Looking,
  { steps, positionOf }: WrittenScenario,
  cards: Scenario['cards'],
): readonly Step[] {
  const lastOf = new Map<string, EpochMs>();
  let before: EpochMs | undefined;
  return steps.map(({ at, card = '', ...texts }, index) => {
    const path = ['steps', index];
    checkCard(looking, [...path, 'card'], card, cards);
    const atMs = momentAt(looking, [...path, 'at'], at, before);
    before = atMs ?? before;
    const last = lastOf.get(card);
    if (atMs !== undefined && last !== undefined && atMs < last)
      looking.wrong([...path, 'at'], `'${at}' is before this card's last step`, 'the order of time');
    if (atMs !== undefined) lastOf.set(card, atMs);
    const cells = looking.cells(path, texts, STEP);
    checkDeed(looking, path, cells, cards[card]);
    return { ...cells, where: positionOf(path), card, atMs: atMs ?? epoch(0) };
  });
}

function checkCard(looking: Looking, path: Path, card: string, cards: Scenario['cards']): void {
  const names = Object.keys(cards);
  if (names.includes(card)) return;
  if (card === '') looking.wrong(path, 'no card is named', names.join(' | '));
  else looking.wrong(path, `no card '${card}'`, expectedOneOf(card, names));
}

function momentAt(
  looking: Looking,
  path: Path,
  text: string,
  before: EpochMs | undefined,
): EpochMs | undefined {
  const moment = momentOf(looking.tariff.zone, text, before);
  if (moment !== undefined) return moment;
  const alone = before === undefined ? '' : ', or 07:31 of the same day';
  looking.wrong(path, `'${text}' is no moment`, `2026-03-02 07:30${alone}`);
  return undefined;
}

/** What a step says must be about what it does. */
function checkDeed(
  looking: Looking,
  path: Path,
  { does, amount, asks }: StepCells,
  card: Card | undefined,
): void {
  const isPayment = does === 'paid' || does === 'refused';
  if (does === 'load' && amount === undefined)
    looking.wrong([...path, 'does'], 'nothing is loaded', 'amount: 10.00');
  if (amount !== undefined && does !== 'load' && !isPayment)
    looking.wrong([...path, 'amount'], 'an amount, and no money is moved', 'does: load | paid | refused');
  if (!isPayment && asks === undefined) return;
  if (card === undefined || creditOf(looking.tariff, card.mediumClass) !== undefined) return;
  const at = [...path, isPayment ? 'does' : 'asks'];
  looking.wrong(at, `a ${card.mediumClass} is never asked to pay`, 'a medium of openLoop');
}
