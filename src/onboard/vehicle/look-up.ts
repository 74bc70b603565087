/** What the vehicle knows of a medium, read at the moment it decides: its own journal, and the lists on board. */
import type { Medium } from '../../core/card/identity.ts';
import type { RiderState } from '../../core/fare/rider.ts';
import { known } from '../../core/known.ts';
import type { Freshness } from '../../core/list/envelope.ts';
import { type Asked, CLEAR, type Verdict } from '../../core/list/verdict.ts';
import type { Token } from '../../core/tap.ts';
import type { Tariffs } from '../../core/tariff/versions.ts';
import type { EpochMs } from '../../core/time.ts';
import type { Facts } from '../../core/validator/event.ts';
import { heldState } from '../../core/validator/held-card.ts';
import { readableRecord } from '../../wire/record/record.ts';
import type { Actions } from '../actions/actions.ts';
import type { Cards } from '../cards/cards.ts';
import type { Device } from '../device.ts';
import type { Journal } from '../journal/journal.ts';
import type { Standing } from '../share/shared-taps.ts';
import type { StopList } from '../stoplist/stop-list.ts';
import type { Timers } from '../timers.ts';
import { MendingList, type OpenedList } from './mending-list.ts';

export interface LookUpParts {
  readonly device: Device;
  readonly journal: Journal;
  readonly stopList: OpenedList<StopList>;
  readonly cards: OpenedList<Cards> | undefined;
  /** What is to be done to cards; absent: nothing. */
  readonly actions?: OpenedList<Actions> | undefined;
  readonly timers: Timers;
  readonly tariffs: Tariffs;
  /** The other computers aboard; absent: this one is alone. */
  readonly companions?: Companions | undefined;
}

export interface Companions {
  /** How a rider stands by what all of them know. */
  newest(tokens: readonly Token[]): Standing | undefined;
  /** Told of a rider's tap, or of its void. */
  tell(standing: Standing): void;
}

type Identified = Extract<Medium, { kind: 'identified' }>;
type Found = Pick<Facts, 'identity' | 'rider' | 'entitlement' | 'verdict'>;

const LISTS_EVERY_MS = 30_000;

const GOOD: readonly Freshness[] = ['fresh', 'stale'];

export class LookUp {
  readonly #device: Device;
  readonly #tariffs: Tariffs;
  readonly #journal: Journal;
  readonly #stopList: MendingList<StopList>;
  readonly #cards: MendingList<Cards> | undefined;
  readonly #actions: MendingList<Actions> | undefined;
  readonly #companions: Companions | undefined;
  #listsAtMs = 0;

  constructor(parts: LookUpParts, onFault: (fault: unknown) => void) {
    const { device, tariffs, journal, stopList, cards, actions, timers, companions } = parts;
    this.#companions = companions;
    this.#device = device;
    this.#tariffs = tariffs;
    this.#journal = journal;
    this.#stopList = new MendingList(stopList, timers, onFault);
    this.#cards = cards && new MendingList(cards, timers, onFault);
    this.#actions = actions && new MendingList(actions, timers, onFault);
  }

  /** Throws what the journal throws. A list that cannot be read is stale, or knows of no entitlement. */
  factsOf(medium: Medium, atMs: EpochMs, inspects: boolean): Facts {
    const identity = this.#journal.next();
    if (medium.kind !== 'identified') return this.#facts({ identity, verdict: CLEAR }, atMs);
    const tokens = [medium.token, ...medium.further];
    const entitlement = this.#cards?.ask(cards => first(tokens, token => cards.lookup(token)));
    const { carrierId, mode } = this.#device;
    const { bin, ticket } = medium;
    const category = this.#categoryOf(medium, entitlement);
    const asked = { tokens, bin, category, issuerKey: ticket?.issuerKey, carrierId, mode };
    const verdict = this.#verdictOn(asked, atMs);
    const standing = this.#companions?.newest(tokens);
    const rider = standing?.state ?? first(tokens, token => this.#journal.rider(token));
    // After the questions: an answer that failed says that the list cannot be read.
    const facts = this.#facts({ identity, rider, entitlement, verdict }, atMs);
    if (!inspects) return medium.card === undefined ? facts : { ...facts, ...this.#errands(tokens, atMs) };
    const { stopId } = standing ?? {};
    return { ...facts, boardedAt: stopId === undefined ? this.#boardedAt(rider) : { stopId } };
  }

  /** An expired list declines; a block that would stay on the card, nobody may want any more. */
  #verdictOn(asked: Asked, atMs: EpochMs): Verdict {
    const verdict = this.#stopList.ask(list => list.lookup(asked, atMs)) ?? CLEAR;
    if (verdict.kind === 'clear' || verdict.effect !== 'block-on-card') return verdict;
    const isGood = GOOD.includes(this.#stopList.list?.freshness(atMs) ?? 'missing');
    return isGood ? verdict : { ...verdict, effect: 'decline' };
  }

  /** What an expired list asks for, nobody may want any more; what was done already, the card knows. */
  #errands(tokens: readonly Token[], atMs: EpochMs): Pick<Facts, 'actions' | 'actionVersion'> {
    const list = this.#actions;
    const isGood = GOOD.includes(list?.list?.freshness(atMs) ?? 'missing');
    if (list === undefined || !isGood) return {};
    const actions = list.ask(asked => tokens.flatMap(token => asked.lookup(token)));
    return { actions, actionVersion: list.list?.version };
  }

  /** By which a category block names it: a ticket and a card bring their own, and no list knows better. */
  #categoryOf({ ticket, card }: Identified, entitlement: Facts['entitlement']): string | undefined {
    if (card !== undefined) return heldState(this.#tariffs, card, [])?.category;
    return ticket?.category ?? entitlement?.category;
  }

  /** Of a ride that this journal knows of. */
  #boardedAt(rider: RiderState | undefined): Facts['boardedAt'] {
    const { deviceId, epoch } = this.#journal.next();
    const own = `${deviceId}/${epoch}/`;
    const ref = rider?.lastRide?.ref;
    if (ref?.startsWith(own) !== true) return undefined;
    const sequence = Number(ref.slice(own.length));
    const [sealed] = this.#journal.range(sequence, sequence);
    return sealed === undefined ? undefined : known({ stopId: readableRecord(sealed.bytes)?.stopId });
  }

  /** The lists that cannot be read. */
  unreadable(): readonly string[] {
    return [this.#stopList, this.#cards, this.#actions].flatMap(list =>
      list === undefined || list.list !== undefined ? [] : [list.what],
    );
  }

  #facts({ identity, rider, entitlement, verdict }: Found, atMs: EpochMs): Facts {
    return {
      identity,
      rider,
      entitlement,
      verdict,
      stopListStale: this.#stopList.list?.freshness(atMs) !== 'fresh',
      stopListVersion: this.#stopList.list?.version,
      entitlementVersion: this.#cards?.list?.version,
    };
  }

  /** A list that was put in force meanwhile is looked into from the next tap on, at the latest after so long. */
  goOverToNewLists(nowMs: number): void {
    if (nowMs - this.#listsAtMs < LISTS_EVERY_MS) return;
    this.#listsAtMs = nowMs;
    this.#stopList.refresh();
    this.#cards?.refresh();
    this.#actions?.refresh();
  }

  stop(): void {
    this.#stopList.stop();
    this.#cards?.stop();
    this.#actions?.stop();
  }
}

function first<From, To>(
  candidates: readonly From[],
  find: (candidate: From) => To | undefined,
): To | undefined {
  for (const candidate of candidates) {
    const found = find(candidate);
    if (found !== undefined) return found;
  }
  return undefined;
}
