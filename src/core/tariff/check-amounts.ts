/** Amounts of money that cannot be: of no currency, too fine for it, or less than what they must exceed. */
import { CURRENCIES, formatAmount, MOST_MINOR, parseAmount } from '../money.ts';
import type { Path } from '../source/yaml.ts';
import type { Checker } from './checker.ts';
import type { TariffSettings } from './settings.ts';

export function checkAmounts(settings: TariffSettings, check: Checker): void {
  const { currency, rounding } = settings;
  check.known(['currency'], 'currency of ISO 4217', currency, CURRENCIES);
  if (!CURRENCIES.includes(currency)) return;
  const aboveZero = (path: Path, what: string, text: string) => {
    if ((parseAmount(text, currency) ?? 0) > 0) return;
    check.wrong(path, `${what} of '${text}'`, `an amount in ${currency} above zero`);
  };
  aboveZero(['rounding', 'step'], 'a step', rounding.step);
  for (const [index, { point }] of settings.loyalty.entries())
    aboveZero(['loyalty', index, 'point'], 'a point', point);
  for (const [path, text] of writtenAmounts(settings)) {
    const amount = parseAmount(text, currency);
    if (amount === undefined)
      check.wrong(path, `amount '${text}'`, `an amount in ${currency}, exact to its minor unit`);
    else if (Math.abs(amount) > MOST_MINOR)
      check.wrong(path, `'${text}', more than any price`, `at most ${formatAmount(MOST_MINOR, currency)}`);
  }
  checkPurse(settings, check);
  checkOpenLoop(settings, check);
}

function writtenAmounts({ caps, discounts, transfers, purse, openLoop }: TariffSettings): [Path, string][] {
  const written: [Path, string | undefined][] = [
    ...caps.map(({ limit }, index): [Path, string | undefined] => [
      ['caps', index, 'limit', 'amount'],
      'amount' in limit ? limit.amount : undefined,
    ]),
    ...discounts.map(({ minus }, index): [Path, string | undefined] => [
      ['discounts', index, 'minus'],
      minus,
    ]),
    ...transfers.map(({ price }, index): [Path, string | undefined] => [
      ['transfers', index, 'price', 'minus'],
      typeof price !== 'string' && 'minus' in price ? price.minus : undefined,
    ]),
    [['purse', 'floor'], purse?.floor],
    [['purse', 'maximum'], purse?.maximum],
    [['openLoop', 'firstRide'], openLoop?.firstRide],
    [['openLoop', 'floorLimit'], openLoop?.floorLimit],
  ];
  return written.flatMap(([path, text]): [Path, string][] => (text === undefined ? [] : [[path, text]]));
}

function checkPurse({ purse, currency }: TariffSettings, check: Checker): void {
  if (purse === undefined) return;
  const [floor, maximum] = [parseAmount(purse.floor, currency), parseAmount(purse.maximum, currency)];
  if (floor !== undefined && floor > 0)
    check.wrong(['purse', 'floor'], `a floor of '${purse.floor}', above zero`, "'0.00', or below: '-10.00'");
  if (floor !== undefined && maximum !== undefined && maximum <= floor)
    check.wrong(
      ['purse', 'maximum'],
      `no more than the floor, '${purse.floor}'`,
      'an amount above the floor',
    );
}

function checkOpenLoop({ openLoop, currency }: TariffSettings, check: Checker): void {
  if (openLoop === undefined) return;
  const { firstRide, floorLimit, retryDays } = openLoop;
  if ((parseAmount(firstRide, currency) ?? 0) > (parseAmount(floorLimit, currency) ?? 0)) {
    const what = `a first ride for '${firstRide}', more than may ever be owed`;
    check.wrong(['openLoop', 'firstRide'], what, `at most floorLimit, '${floorLimit}'`);
  }
  const place = retryDays.findIndex((day, index) => index > 0 && day <= (retryDays[index - 1] ?? 0));
  if (place !== -1)
    check.wrong(
      ['openLoop', 'retryDays', place],
      `day ${retryDays[place]} is not after the day before it`,
      'days in ascending order',
    );
}
