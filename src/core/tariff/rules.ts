/** Where every rule stands that a charge may name, and who published it. */
import type { Path } from '../source/yaml.ts';
import type { TariffSource } from './compile.ts';
import { ruleIdOf } from './leg-rules.ts';
import type { TariffSettings } from './settings.ts';
import type { RuleSource } from './tariff.ts';

type Written = readonly [id: string, path: Path, source: string];

/** `pricesFrom`: who published the prices of this version. */
export function compileRules(
  { settings, tables }: TariffSource,
  pricesFrom: string,
): Record<string, RuleSource> {
  const rules: Record<string, RuleSource> = {};
  if (settings.value === undefined) return rules;
  const { fareLegRules } = tables;
  for (const row of fareLegRules.rows) {
    const { file, line } = fareLegRules.at(row, 'fare_product_id');
    rules[ruleIdOf(row)] ??= { at: `${nameOf(file)}:${line}`, source: pricesFrom };
  }
  for (const [id, path, source] of writtenRules(settings.value)) {
    const { file, line } = settings.positionOf(path);
    rules[id] = { at: `${nameOf(file)}:${line}`, source };
  }
  return rules;
}

function writtenRules(settings: TariffSettings): Written[] {
  const listed = (
    prefix: string,
    section: 'transfers' | 'discounts' | 'caps' | 'passes' | 'bestValue',
  ): Written[] =>
    settings[section].map(({ id, source }, index) => [`${prefix}:${id}`, [section, index], source]);
  return [
    ...settings.concessions.map(
      ({ category, source }, index): Written => [`concession:${category}`, ['concessions', index], source],
    ),
    ...listed('discount', 'discounts'),
    ...listed('transfer', 'transfers'),
    ...listed('cap', 'caps'),
    ...listed('pass', 'passes'),
    ...listed('best-value', 'bestValue'),
    ...Object.entries(settings.categories).map(
      ([name, { source }]): Written => [`category:${name}`, ['categories', name], source],
    ),
    ...Object.entries(settings.quotas).map(
      ([name, { source }]): Written => [`quota:${name}`, ['quotas', name], source],
    ),
    ...Object.entries(settings.media).map(
      ([name, { source }]): Written => [`medium:${name}`, ['media', name], source],
    ),
    ...settings.products.map(
      ({ id }, index): Written => [`product:${id}`, ['products', index], settings.source],
    ),
    ...Object.entries(settings.networks).flatMap(([name, rule]) =>
      NETWORK_RULES.flatMap(([prefix, key]): Written[] =>
        rule[key] === undefined ? [] : [[`${prefix}:${name}`, ['networks', name, key], rule.source]],
      ),
    ),
    ...settings.loyalty.flatMap((programme, index): Written[] => [
      ...programme.accrual.map(
        ({ id, source }, rule): Written => [
          `loyalty:${programme.id}:${id}`,
          ['loyalty', index, 'accrual', rule],
          source,
        ],
      ),
      ...(programme.redemption === undefined
        ? []
        : [[`redemption:${programme.id}`, ['loyalty', index, 'redemption'], programme.source] as const]),
    ]),
    ...(settings.apportionment === undefined
      ? []
      : [['apportionment', ['apportionment'], settings.apportionment.source] as const]),
    ['passback', ['passback'], settings.passback.source],
    ['rounding', ['rounding'], settings.rounding.source],
    ...(settings.purse === undefined ? [] : [['purse', ['purse'], settings.purse.source] as const]),
    ...(settings.openLoop === undefined
      ? []
      : [['open-loop', ['openLoop'], settings.openLoop.source] as const]),
  ];
}

const NETWORK_RULES = [
  ['deposit', 'deposit'],
  ['incomplete', 'incomplete'],
  ['same-stop', 'sameStop'],
  ['auto-completion', 'autoCompletion'],
  ['maximum-time', 'maximumTime'],
  ['linking', 'linking'],
] as const;

/** The folder may stand anywhere: a rule is named by its file alone. */
function nameOf(file: string): string {
  return file.slice(file.lastIndexOf('/') + 1);
}
