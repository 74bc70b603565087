/** A finding as it is told: what it costs either way, one sentence of why, and both ways as scenarios that pass. */
import { assert } from '../../core/error.ts';
import { formatAmount, type MinorUnits } from '../../core/money.ts';
import type { Tariffs } from '../../core/tariff/versions.ts';
import { passes } from '../scenario/play-scenario.ts';
import { readScenarios } from '../scenario/read-scenarios.ts';
import type { Boundary } from './boundary.ts';
import type { Finding } from './finding.ts';
import type { Outing, Played } from './outing.ts';
import type { Payer } from './payers.ts';
import { scenarioText } from './scenario-text.ts';
import type { Trick, TrickKind } from './trick.ts';

export interface Told {
  readonly kind: TrickKind;
  /** One sentence: what both come to, and the rules that make the difference. */
  readonly why: string;
  readonly dear: ToldWay;
  readonly cheap: ToldWay;
  readonly currency: string;
  /** Of waiting: the peak, season or day that ends or begins. */
  readonly boundary?: Boundary;
}

export interface ToldWay {
  readonly name: string;
  /** In major units. */
  readonly amount: string;
  readonly rules: readonly string[];
  /** YAML, in the form of a scenario file. */
  readonly scenario: string;
}

export function tell(tariffs: Tariffs, finding: Finding): Told {
  const { outing, instead, trick, rules, boundaries } = finding;
  const [{ currency }] = tariffs;
  const [boundary] = boundaries;
  const wayOf = (name: string, ridden: Outing, played: Played, decided: readonly string[]): ToldWay => {
    const amount = formatAmount(played.totalMinor as MinorUnits, currency);
    const text = scenarioText(tariffs, `${trick.kind}, ${name}: ${amount}`, ridden, played);
    return { name, amount, rules: decided, scenario: proved(tariffs, text) };
  };
  const [dearly, cheaply] = namesOf(trick, outing);
  const dear = wayOf(dearly, outing, finding.dear, rules.dear);
  const cheap = wayOf(cheaply, instead, finding.cheap, rules.cheap);
  return {
    kind: trick.kind,
    why: `${dearly} ${dear.amount}, ${cheaply} ${cheap.amount}: ${reason(tariffs, [dear, cheap], boundary)}`,
    dear,
    cheap,
    currency,
    ...(boundary === undefined ? {} : { boundary }),
  };
}

type Names = readonly [dear: string, cheap: string];

const NAMES: Readonly<Record<Exclude<TrickKind, 'right'>, Names>> = {
  splitting: ['the way in one ride', 'the same way in two rides'],
  detour: ['left at the nearer stop', 'gone on to a farther one'],
  waiting: ['ridden at once', 'the same a moment later'],
  'riding-more': ['without one ride more', 'with one ride more'],
};

function namesOf(trick: Trick, { payer }: Outing): Names {
  return trick.kind === 'right' ? rightNames(payer, trick.without) : NAMES[trick.kind];
}

function rightNames({ medium, category, passes, redeem }: Payer, without: Payer): Names {
  if (category !== without.category) return [`as ${category}`, `as ${without.category}`];
  if (medium !== without.medium) return [`by ${medium}`, `by ${without.medium}`];
  if (redeem.length > 0) return [`with points of ${redeem.join(', ')}`, 'without them'];
  return [`with the pass ${passes.map(({ pass }) => pass).join(', ')}`, 'without it'];
}

const BOUNDARIES: Readonly<Record<Boundary['kind'], string>> = {
  timeframe: 'another timeframe holds from',
  'charging-day': 'a charging day begins at',
  version: 'other prices hold from',
  season: "the category's season turns on",
  campaign: 'a campaign turns on',
};

function reason(tariffs: Tariffs, ways: readonly ToldWay[], boundary: Boundary | undefined): string {
  const sides = ways.map(({ rules }) => rules.map(rule => placed(tariffs, rule)).join(' and '));
  const rules = [...new Set(sides)].filter(text => text !== '').join(' against ');
  return boundary === undefined ? rules : `${BOUNDARIES[boundary.kind]} ${boundary.at} (${rules})`;
}

/** `concession:student (tariff.yaml:72)`. */
function placed(tariffs: Tariffs, rule: string): string {
  const at = tariffs.at(-1)?.rules[rule]?.at;
  return at === undefined ? rule : `${rule} (${at})`;
}

/** Whatever is told can be played: a scenario that did not pass would be a defect of the search. */
function proved(tariffs: Tariffs, text: string): string {
  const { scenarios, problems } = readScenarios(text, 'finding.yaml', tariffs[0]);
  assert(problems.length === 0, `a finding is a scenario: ${problems.map(({ what }) => what).join(', ')}`);
  for (const scenario of scenarios) assert(passes(tariffs, scenario), 'a finding plays as it was found');
  return text;
}
