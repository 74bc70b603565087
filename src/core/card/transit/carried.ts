/** What of a tariff a card has no room for (`encoding.ts`): said before any card is issued under it or taken by it. */
import type { Tariff } from '../../tariff/tariff.ts';
import { MAX_OF_A_KIND } from './layout.ts';

/** In words, each of them a reason; empty where every rule of the tariff can be kept on a card. */
export function beyondCards(tariff: Tariff): readonly string[] {
  const { mediumByForm, media, openLoop, networks, networkNames } = tariff;
  const medium = media[mediumByForm.transit ?? '']?.index;
  const named = (is: (index: number) => boolean) => networkNames.filter((_, index) => is(index)).join(', ');
  const linked = named(index => networks[index]?.linking !== undefined);
  const guessed = named(index => networks[index]?.autoCompletion !== undefined);
  const many = { transfers: tariff.transfers, caps: tariff.caps, programmes: tariff.loyalty };
  return [
    ...(tariff.bestValue.length > 0 ? ['best value, which needs every day of a period'] : []),
    ...(tariff.sumRounding === undefined ? [] : ['sums that are rounded by journey or day']),
    ...(medium !== undefined && openLoop?.media[medium] === true ? ['rides on credit'] : []),
    ...(linked === '' ? [] : [`journeys that are gone on with after an exit (${linked})`]),
    ...(guessed === '' ? [] : [`journeys completed from habit (${guessed})`]),
    ...Object.entries(many).flatMap(([what, rules]) =>
      rules.length > MAX_OF_A_KIND ? [`${rules.length} ${what}, where ${MAX_OF_A_KIND} have room`] : [],
    ),
  ];
}
