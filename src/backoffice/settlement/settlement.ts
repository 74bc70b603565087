/**
 * What the records of a ledger come to, token by token: an account is rated by all of its taps, and of a card that
 * carries its rider's state only what was written on it is charged, each write once. All rides of a ledger stand in
 * memory meanwhile, about a kilobyte each.
 */
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
  /** What else its records call it: under the key that rotates out, and other numbers of one bank card. */
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

/** One token's records, as they are gathered. */
interface Gathered {
  readonly token: Token;
  readonly further: Map<string, Token>;
  readonly taps: AccountTap[];
  readonly voids: string[];
  readonly ofCard: JournalRecord[];
}

export class Settlement {
  readonly #tariffs: Tariffs;
  readonly #tokens = new Map<string, Gathered>();

  constructor(tariffs: Tariffs) {
    this.#tariffs = tariffs;
  }

  /** In any order; each identity once, as a ledger has it. */
  take(record: JournalRecord): void {
    const { token } = record;
    if (token === undefined) return;
    const gathered = this.#gathered(token);
    for (const other of record.furtherTokens ?? []) gathered.further.set(tokenKey(other), other);
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
    for (const gathered of this.#tokens.values()) yield this.#settled(gathered, through);
  }

  #gathered(token: Token): Gathered {
    const key = tokenKey(token);
    const standing = this.#tokens.get(key);
    if (standing !== undefined) return standing;
    const gathered: Gathered = { token, further: new Map(), taps: [], voids: [], ofCard: [] };
    this.#tokens.set(key, gathered);
    return gathered;
  }

  #settled({ token, further, taps, voids, ofCard }: Gathered, through: ServiceDate): SettledToken {
    const who = { token, further: [...further.values()] };
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

function paidIn(charges: readonly Pick<Charge, 'lines'>[]): number {
  return charges.reduce((sum, { lines }) => sum + riderAmount(lines), 0);
}

/** Money that the operator's list put on the card: booked to its purse, and no fare. */
export function loadedBy(done: CardRides['done']): number {
  return done.reduce((sum, { action }) => sum + (action.amountMinor ?? 0), 0);
}
