/** What a card starts with, looked up in the tariff. */
import type { Path } from '../../core/source/yaml.ts';
import { creditOf } from './bank-card.ts';
import { day, month, named, whole } from './cells.ts';
import { CARD } from './columns.ts';
import type { Looking } from './looking.ts';
import type { Card } from './scenario.ts';
import type { WrittenCard, WrittenPass } from './written.ts';

export function cardOf(looking: Looking, path: Path, written: WrittenCard): Card {
  const { passes = [], quotaUsed, points = {}, ...texts } = written;
  const { medium, category, purse, proofExpired, categoryExpiry, paidOn } = looking.cells(path, texts, CARD);
  const { mediumNames, media, defaultCategory, purse: rules } = looking.tariff;
  const mediumClass = medium ?? mediumNames[0] ?? '';
  if (purse !== undefined && rules?.media[media[mediumClass]?.index ?? -1] !== true)
    looking.wrong(
      [...path, 'purse'],
      `no purse on a ${mediumClass}`,
      "one of the media of the tariff's purse",
    );
  if (paidOn !== undefined && creditOf(looking.tariff, mediumClass) === undefined)
    looking.wrong([...path, 'paidOn'], `a ${mediumClass} pays at once`, 'one of the media of openLoop');
  return {
    mediumClass,
    category: category ?? defaultCategory,
    proofExpired: proofExpired ?? false,
    passes: passes.flatMap((pass, index) => passOf(looking, [...path, 'passes', index], pass)),
    points: Object.entries(points).flatMap(pair => pointsOf(looking, [...path, 'points', pair[0]], pair)),
    ...(purse === undefined ? {} : { purseMinor: purse }),
    ...(categoryExpiry === undefined ? {} : { categoryExpiry }),
    ...(paidOn === undefined ? {} : { paidOn }),
    ...(quotaUsed === undefined ? {} : quotaOf(looking, [...path, 'quotaUsed'], quotaUsed)),
  };
}

function passOf(looking: Looking, path: Path, written: WrittenPass): NonNullable<Card['passes']> {
  const pass = looking.cell([...path, 'pass'], written.pass, named('pass'));
  const from = looking.cell([...path, 'from'], written.from, day);
  const to = looking.cell([...path, 'to'], written.to, day);
  if (pass === undefined) return [];
  return [{ pass, ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) }];
}

function pointsOf(looking: Looking, path: Path, [name, text]: readonly [string, string]): Card['points'] {
  const programme = looking.cell(path, name, named('programme'));
  const points = looking.cell(path, text, whole(0, 999_999_999));
  return programme === undefined || points === undefined ? [] : [{ programme, points }];
}

function quotaOf(
  looking: Looking,
  path: Path,
  written: NonNullable<WrittenCard['quotaUsed']>,
): Pick<Card, 'quotaUsed'> {
  const inMonth = looking.cell([...path, 'month'], written.month, month);
  const used = looking.cell([...path, 'used'], written.used, whole(0, 9999));
  return inMonth === undefined || used === undefined ? {} : { quotaUsed: { month: inMonth, used } };
}
