/** A card's action in bytes, and the key under which it stands in a list. */
import { CARD_OPS, type CardAction, MAX_NTH, OP_FIELDS } from '../../core/list/card-action.ts';
import type { MinorUnits } from '../../core/money.ts';
import type { ServiceDate } from '../../core/time.ts';
import { branded, type Codec, count, integer, oneOf, text } from '../codec.ts';
import { Malformed } from '../malformed.ts';
import { token } from '../record/fields.ts';
import { optional, required, struct, type Unknown } from '../struct.ts';
import { TOKEN_KEY_BYTES, tokenKeyBytes } from './key.ts';

/** All ops in one table of numbers; which fields belong to an op is `OP_FIELDS`. */
interface AnyAction extends Pick<CardAction, 'actionId' | 'token' | 'nth' | 'op'> {
  readonly amountMinor?: MinorUnits;
  readonly currency?: string;
  readonly pass?: string;
  readonly category?: string;
  readonly from?: ServiceDate;
  readonly to?: ServiceDate;
}

const fields = struct<AnyAction>({
  actionId: required(1, text),
  token: required(2, token),
  nth: required(3, count),
  op: required(4, oneOf(CARD_OPS)),
  amountMinor: optional(5, branded(integer)),
  currency: optional(6, text),
  pass: optional(7, text),
  category: optional(8, text),
  from: optional(9, branded(count)),
  to: optional(10, branded(count)),
});

export const cardAction: Codec<CardAction & Unknown> = {
  write: (writer, value) => fields.write(writer, shaped(value)),
  read: reader => shaped(fields.read(reader)),
  check: (value, at) => shaped(fields.check(value, at)),
};

const COMMON = ['actionId', 'token', 'nth', 'op', 'unknown'];

function shaped(value: AnyAction & Unknown): CardAction & Unknown {
  const { required: must, optional: may } = OP_FIELDS[value.op];
  const present = Object.keys(value).filter(name => !COMMON.includes(name));
  const right: readonly string[] = [...must, ...may];
  if (must.some(name => !present.includes(name)) || present.some(name => !right.includes(name))) {
    throw new Malformed(`the op ${value.op} with ${present.join(', ') || 'nothing'}`);
  }
  if (value.nth < 1 || value.nth > MAX_NTH) throw new Malformed(`the action number ${value.nth}`);
  if (value.amountMinor !== undefined && value.amountMinor <= 0) {
    throw new Malformed(`a load of ${value.amountMinor} minor units`);
  }
  // The fields of its op are all there and no other is, which is what the union says.
  return value as CardAction & Unknown;
}

/** The card, then the number: a card's actions stand together and in order. */
export function cardActionKey({ token, nth }: Pick<CardAction, 'token' | 'nth'>): Uint8Array {
  const key = new Uint8Array(TOKEN_KEY_BYTES + 2);
  key.set(tokenKeyBytes(token));
  key[TOKEN_KEY_BYTES] = nth >>> 8;
  key[TOKEN_KEY_BYTES + 1] = nth;
  return key;
}
