/**
 * What the records of a ledger come to, token by token: an account is rated by all of its taps, and of a card that
 * carries its rider's state only what was written on it is charged, each write once. All rides of a ledger stand in
 * memory meanwhile, about a kilobyte each.
 */
import { assert } from '../../core/error.ts';
import { type AccountTap, type Charge, NEW_ACCOUNT } from '../../core/fare/account.ts';
import { type CardRides, cardRides } from '../../core/fare/card-rides.ts';
import { recordedTap, recordedVoid } from '../../core/fare/recorded.ts';
import { closeDays, settle } from '../../core/fare/settle.ts';
import { type JournalRecord, riderAmount } from '../../core/record.ts';
import { type Token, tokenKey } from '../../core/tap.ts';
import type { Tariffs } from '../../core/tariff/versions.ts';
import type { ServiceDate } from '../../core/time.ts';

export type SettledToken = {
  readonly token: Token;
  /** What else its records call it: under the key that rotates out, or the one that came in. */
  readonly further: readonly Token[];
  readonly riderMinor: number;
} & (
  | {
      readonly home: 'account';
      readonly mediumClass: string | undefined;
      readonly charges: readonly Charge[];
    }
  | ({ readonly home: 'card' } & CardRides)
);

/** One medium's records, as they are gathered. */
interface Gathered {
  /** By their keys; the first names it. */
  readonly tokens: Map<string, Token>;
  readonly taps: AccountTap[];
  readonly voids: string[];
  readonly ofCard: JournalRecord[];
}

export class Settlement {
  readonly #tariffs: Tariffs;
  /** By each of its tokens. */
  readonly #gathered = new Map<string, Gathered>();

  constructor(tariffs: Tariffs) {
    this.#tariffs = tariffs;
  }

  /** In any order; each identity once, as a ledger has it. */
  take(record: JournalRecord): void {
    const { token } = record;
    if (token === undefined) return;
    const { furtherTokens = [] } = record;
    const gathered = this.#medium([token, ...furtherTokens.filter(({ kind }) => kind === token.kind)]);
    if (record.home === 'card') {
      gathered.ofCard.push(record);
      return;
    }
    const taken = recordedVoid(record);
    if (taken !== undefined) gathered.voids.push(taken.of);
    // A ledger holds no two records of one identity: there is no hash to tell them by.
    const recorded = recordedTap(record, '', this.#tariffs[0]);
    if (recorded !== undefined) gathered.taps.push(recorded.tap);
  }

  /** With every day up to `through` closed: journeys of before that nobody was seen to leave are incomplete. */
  *tokens(through: ServiceDate): Generator<SettledToken> {
    for (const gathered of new Set(this.#gathered.values())) yield this.#settled(gathered, through);
  }

  /**
   * While a key rotates out, vehicles that have not heard of the new one know a medium by the older alone, and those that
   * have write down both. Another kind of number of a bank card is not this very card (RECORDS.md 2).
   */
  #medium(tokens: readonly Token[]): Gathered {
    const known = new Set(tokens.flatMap(token => this.#gathered.get(tokenKey(token)) ?? []));
    const [gathered = nothingYet(), ...others] = known;
    for (const token of tokens) gathered.tokens.set(tokenKey(token), token);
    for (const { tokens, taps, voids, ofCard } of others) {
      for (const [key, token] of tokens) gathered.tokens.set(key, token);
      for (const tap of taps) gathered.taps.push(tap);
      for (const ref of voids) gathered.voids.push(ref);
      for (const record of ofCard) gathered.ofCard.push(record);
    }
    for (const key of gathered.tokens.keys()) this.#gathered.set(key, gathered);
    return gathered;
  }

  #settled({ tokens, taps, voids, ofCard }: Gathered, through: ServiceDate): SettledToken {
    const [token, ...further] = tokens.values();
    assert(token !== undefined, 'what is gathered has a name');
    const who = { token, further };
    if (ofCard.length > 0) {
      const written = cardRides(ofCard);
      return { ...who, home: 'card', ...written, riderMinor: paidIn(written.rides) };
    }
    const rated = settle(this.#tariffs, NEW_ACCOUNT, taps, voids);
    const closed = closeDays(this.#tariffs, rated.account, through);
    const charges = [...rated.charges, ...closed.charges];
    const mediumClass = taps[0]?.ride.mediumClass;
    return { ...who, home: 'account', mediumClass, charges, riderMinor: paidIn(charges) };
  }
}

function nothingYet(): Gathered {
  return { tokens: new Map(), taps: [], voids: [], ofCard: [] };
}

function paidIn(charges: readonly Pick<Charge, 'lines'>[]): number {
  return charges.reduce((sum, { lines }) => sum + riderAmount(lines), 0);
}

/** Money that the operator's list put on the card: booked to its purse, and no fare. */
export function loadedBy(done: CardRides['done']): number {
  return done.reduce((sum, { action }) => sum + (action.amountMinor ?? 0), 0);
}
