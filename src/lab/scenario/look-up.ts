/** What a scenario says, looked up in the tariff it is about: names, moments and amounts, or all that is wrong. */
import type { Problem } from '../../core/error.ts';
import type { Said } from '../../core/source/issue.ts';
import type { Path } from '../../core/source/yaml.ts';
import { expectedOneOf } from '../../core/suggest.ts';
import type { Tariff } from '../../core/tariff/tariff.ts';
import { type EpochMs, epoch } from '../../core/time.ts';
import { creditOf } from './bank-card.ts';
import { type Cells, day, month, named, type ReadCell, whole, yesOrNo } from './cells.ts';
import { CARD, STEP, type StepCells } from './columns.ts';
import { momentOf } from './moment.ts';
import type { Names } from './names.ts';
import type { Card, Scenario, Step } from './scenario.ts';
import type { WrittenCard, WrittenPass, WrittenScenario, WrittenStep } from './written.ts';

/** More than anybody reads aloud. */
const MOST_STEPS = 10_000;

type Columns = Readonly<Record<string, ReadCell<unknown>>>;

const NO_CARD: WrittenCard = {};

export class LookUp {
  readonly #written: WrittenScenario;
  readonly #tariff: Tariff;
  readonly #names: Names;
  readonly #problems: Problem[] = [];

  constructor(written: WrittenScenario, tariff: Tariff, names: Names) {
    this.#written = written;
    this.#tariff = tariff;
    this.#names = names;
  }

  get problems(): readonly Problem[] {
    return this.#problems;
  }

  /** Undefined where there is a problem. */
  scenario(): Scenario | undefined {
    const { scenario, source, unconfirmed, unnoticed = [], steps, positionOf } = this.#written;
    if (steps.length > MOST_STEPS) this.#wrong([], `${steps.length} steps`, `at most ${MOST_STEPS}`);
    const read: Scenario = {
      title: scenario,
      source,
      at: positionOf([]),
      unconfirmed: this.#cell(['unconfirmed'], unconfirmed, yesOrNo) ?? false,
      unnoticed,
      cards: this.#cards(),
      steps: this.#steps(),
    };
    return this.#problems.length === 0 ? read : undefined;
  }

  #cards(): Record<string, Card> {
    const { card, cards = {} } = this.#written;
    const named = Object.entries(cards).map(
      ([name, each]) => [name, this.#card(['cards', name], each)] as const,
    );
    const isOnly = card !== undefined || named.length === 0;
    return Object.fromEntries(isOnly ? [['', this.#card(['card'], card ?? NO_CARD)], ...named] : named);
  }

  #card(path: Path, written: WrittenCard): Card {
    const { passes = [], quotaUsed, points = {}, ...texts } = written;
    const cells = this.#cells(path, texts, CARD);
    const { medium = this.#tariff.mediumNames[0] ?? '', category = this.#tariff.defaultCategory } = cells;
    const { purse, proofExpired = false, categoryExpiry, paidOn } = cells;
    const mediumClass = medium;
    if (purse !== undefined && this.#tariff.purse?.media[this.#tariff.media[medium]?.index ?? -1] !== true)
      this.#wrong([...path, 'purse'], `no purse on a ${medium}`, "one of the media of the tariff's purse");
    if (paidOn !== undefined && creditOf(this.#tariff, mediumClass) === undefined)
      this.#wrong([...path, 'paidOn'], `a ${medium} pays at once`, 'one of the media of openLoop');
    return {
      mediumClass,
      category,
      proofExpired,
      passes: passes.flatMap((pass, index) => this.#pass([...path, 'passes', index], pass)),
      points: Object.entries(points).flatMap(([programme, text]) =>
        this.#points([...path, 'points', programme], programme, text),
      ),
      ...(purse === undefined ? {} : { purseMinor: purse }),
      ...(categoryExpiry === undefined ? {} : { categoryExpiry }),
      ...(paidOn === undefined ? {} : { paidOn }),
      ...(quotaUsed === undefined ? {} : this.#quotaUsed([...path, 'quotaUsed'], quotaUsed)),
    };
  }

  #pass(path: Path, written: WrittenPass): NonNullable<Card['passes']> {
    const pass = this.#cell([...path, 'pass'], written.pass, named('pass'));
    const from = this.#cell([...path, 'from'], written.from, day);
    const to = this.#cell([...path, 'to'], written.to, day);
    if (pass === undefined) return [];
    return [{ pass, ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) }];
  }

  #points(path: Path, name: string, text: string): Card['points'] {
    const programme = this.#cell(path, name, named('programme'));
    const points = this.#cell(path, text, whole(0, 999_999_999));
    return programme === undefined || points === undefined ? [] : [{ programme, points }];
  }

  #quotaUsed(path: Path, written: NonNullable<WrittenCard['quotaUsed']>): Pick<Card, 'quotaUsed'> {
    const inMonth = this.#cell([...path, 'month'], written.month, month);
    const used = this.#cell([...path, 'used'], written.used, whole(0, 9999));
    return inMonth === undefined || used === undefined ? {} : { quotaUsed: { month: inMonth, used } };
  }

  #steps(): Step[] {
    const steps: Step[] = [];
    const lastOf = new Map<string, EpochMs>();
    let before: EpochMs | undefined;
    for (const [index, written] of this.#written.steps.entries()) {
      const path = ['steps', index];
      const card = this.#cardName(path, written);
      const atMs = this.#moment([...path, 'at'], written.at, before);
      before = atMs ?? before;
      const last = lastOf.get(card);
      if (atMs !== undefined && last !== undefined && atMs < last)
        this.#wrong([...path, 'at'], `'${written.at}' is before this card's last step`, 'the order of time');
      if (atMs !== undefined) lastOf.set(card, atMs);
      const { at: _at, card: _card, ...texts } = written;
      const cells = this.#cells(path, texts, STEP);
      this.#checkDeed(path, card, cells);
      steps.push({ ...cells, where: this.#written.positionOf(path), card, atMs: atMs ?? epoch(0) });
    }
    return steps;
  }

  #cardName(path: Path, { card = '' }: WrittenStep): string {
    const { card: only, cards = {} } = this.#written;
    const names = Object.keys(cards);
    const isKnown = card === '' ? only !== undefined || names.length === 0 : names.includes(card);
    if (!isKnown && card === '') this.#wrong([...path, 'card'], 'no card is named', names.join(' | '));
    else if (!isKnown) this.#wrong([...path, 'card'], `no card '${card}'`, expectedOneOf(card, names));
    return card;
  }

  #moment(path: Path, text: string, before: EpochMs | undefined): EpochMs | undefined {
    const moment = momentOf(this.#tariff.zone, text, before);
    if (moment === undefined) {
      const alone = before === undefined ? '' : ', or 07:31 of the same day';
      this.#wrong(path, `'${text}' is no moment`, `2026-03-02 07:30${alone}`);
    }
    return moment;
  }

  /** What a step says must be about what it does. */
  #checkDeed(path: Path, card: string, { does, amount, asks }: StepCells): void {
    const { card: only = NO_CARD, cards = {} } = this.#written;
    const { medium = this.#tariff.mediumNames[0] ?? '' } = card === '' ? only : (cards[card] ?? NO_CARD);
    const isPayment = does === 'paid' || does === 'refused';
    if (does === 'load' && amount === undefined)
      this.#wrong([...path, 'does'], 'nothing is loaded', 'amount: 10.00');
    if (amount !== undefined && does !== 'load' && !isPayment)
      this.#wrong([...path, 'amount'], 'an amount, and no money is moved', 'does: load | paid | refused');
    if ((isPayment || asks !== undefined) && creditOf(this.#tariff, medium) === undefined)
      this.#wrong(
        [...path, isPayment ? 'does' : 'asks'],
        `a ${medium} is never asked to pay`,
        'a medium of openLoop',
      );
  }

  #cells<C extends Columns>(
    path: Path,
    texts: { readonly [Name in keyof C]?: string | undefined },
    columns: C,
  ) {
    const cells: Record<string, unknown> = {};
    for (const name of Object.keys(columns)) {
      const read = columns[name];
      const value = read === undefined ? undefined : this.#cell([...path, name], texts[name], read);
      if (value !== undefined) cells[name] = value;
    }
    // Each column gave what it reads, which is what `Cells` says.
    return cells as Cells<C>;
  }

  #cell<T>(path: Path, text: string | undefined, read: ReadCell<T>): T | undefined {
    if (text === undefined) return undefined;
    const cell = read(text, this.#names);
    if ('value' in cell) return cell.value;
    this.#say(path, cell);
    return undefined;
  }

  #wrong(path: Path, what: string, expected: string): void {
    this.#say(path, { what, expected });
  }

  #say(path: Path, said: Said): void {
    this.#problems.push({ at: this.#written.positionOf(path), ...said });
  }
}
