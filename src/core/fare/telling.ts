/** A ride as a person would explain it: which rules were looked at, which decided, the arithmetic, and where each stands. */
import { formatAmount, type MinorUnits } from '../money.ts';
import { riderText } from '../reason.ts';
import type { ChargeLine } from '../record.ts';
import type { Tariff } from '../tariff/tariff.ts';
import type { Rated } from './rated.ts';
import type { Trace } from './trace.ts';

interface Looked {
  readonly ruleId: string;
  readonly said: string;
  readonly decided: boolean;
}

/** Listens to one rating. */
export class Listener implements Trace {
  readonly looked: Looked[] = [];

  applied(ruleId: string, said: string): void {
    this.looked.push({ ruleId, said, decided: true });
  }

  passed(ruleId: string, why: string): void {
    this.looked.push({ ruleId, said: why, decided: false });
  }

  /** How near it was is for whoever counts. */
  compared(): void {}
}

/** One sentence a line of the charge, then one for each rule that was looked at. */
export function tell(
  tariff: Tariff,
  { reason, lines }: Pick<Rated, 'reason' | 'lines'>,
  { looked }: Listener,
): string[] {
  const amount = (minor: number) => `${formatAmount(minor as MinorUnits, tariff.currency)}`;
  const charged = lines.map(
    line => `${line.funder} ${amount(line.amountMinor)}: ${sumOf(tariff, line, amount)}`,
  );
  const said = looked.map(({ ruleId, said: words, decided }) => {
    return `${decided ? 'applied' : 'looked at'} ${nameOf(ruleId)}: ${words}${placeOf(tariff, ruleId)}`;
  });
  return [`${riderText(reason, 'en')}`, ...charged, ...said];
}

/** `50 % of 42.00, concession of student (tariff.yaml:67, published: …)`. */
function sumOf(
  tariff: Tariff,
  { productId, amountMinor, referenceMinor, ruleIds }: ChargeLine,
  amount: (minor: number) => string,
): string {
  const product = tariff.productNames[productId]?.en;
  const named = product === undefined ? '' : `${product}, `;
  const rules = ruleIds.map(ruleId => `${nameOf(ruleId)}${placeOf(tariff, ruleId)}`).join(', then ');
  if (referenceMinor === undefined || referenceMinor === 0) return `${named}${rules}`;
  const percent = Math.round((amountMinor / referenceMinor) * 10_000) / 100;
  return `${named}${percent} % of ${amount(referenceMinor)} = ${amount(amountMinor)}; ${rules}`;
}

const KINDS: Readonly<Record<string, string>> = {
  leg: 'fare',
  concession: 'concession of',
  category: 'category',
  quota: 'quota of',
  transfer: 'transfer',
  discount: 'discount',
  cap: 'cap',
  pass: 'pass',
  'best-value': 'best value',
  purse: 'purse',
  passback: 'passback',
  deposit: 'deposit of',
  incomplete: 'incomplete journey in',
  'same-stop': 'out where one came in, in',
  'auto-completion': 'completed from habit in',
  'maximum-time': 'maximum time in',
  linking: 'linked stops in',
  loyalty: 'points of',
  redemption: 'points paid back by',
};

/** `transfer:general-60` -> `transfer general-60`. */
function nameOf(ruleId: string): string {
  const colon = ruleId.indexOf(':');
  if (colon === -1) return KINDS[ruleId] ?? ruleId;
  const name = ruleId
    .slice(colon + 1)
    .split(':')
    .filter(part => part !== '')
    .join(' ');
  return `${KINDS[ruleId.slice(0, colon)] ?? ruleId.slice(0, colon)} ${name}`;
}

function placeOf({ rules }: Tariff, ruleId: string): string {
  const rule = rules[ruleId];
  return rule === undefined ? '' : ` (${rule.at}, ${rule.source})`;
}
