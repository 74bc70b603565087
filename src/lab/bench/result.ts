/** What a run of the bench came to, as data for whoever shows it. */
import type { Problem } from '../../core/error.ts';
import type { Tariff } from '../../core/tariff/tariff.ts';
import { type Counted, percentMet } from '../coverage/coverage.ts';
import type { Miss } from '../scenario/judge.ts';
import type { Scenario, Step } from '../scenario/scenario.ts';

export interface BenchResult {
  readonly suites: readonly SuiteResult[];
  readonly totals: Totals;
  /** How much of the tariffs the scenarios touched, in percent. */
  readonly coverage: CoverageTotals;
}

export interface CoverageTotals {
  /** Rules and products. */
  readonly rules: number;
  /** Sides of limits. */
  readonly boundaries: number;
}

export function coverageOf(suites: readonly SuiteResult[]): CoverageTotals {
  const counted = suites.flatMap(suite => (suite.kind === 'ran' ? suite.counted : []));
  return {
    rules: percentMet(counted.filter(({ kind }) => kind !== 'side')),
    boundaries: percentMet(counted.filter(({ kind }) => kind === 'side')),
  };
}

/** A tariff with its scenarios; of one that does not compile nothing can be run. */
export type SuiteResult =
  | {
      readonly kind: 'broken';
      readonly folder: string;
      readonly name: string;
      readonly problems: readonly Problem[];
    }
  | {
      readonly kind: 'ran';
      readonly folder: string;
      readonly name: string;
      readonly tariff: Tariff;
      readonly scenarios: readonly ScenarioResult[];
      /** How often each thing of the tariff decided, in scenarios that a person has confirmed. */
      readonly counted: readonly Counted[];
      /** Scenarios in files that are wrong are not run; what is sound in the same file is. */
      readonly wrongFiles: readonly WrongFile[];
    };

export interface WrongFile {
  readonly file: string;
  readonly problems: readonly Problem[];
}

export interface ScenarioResult {
  readonly scenario: Scenario;
  /** `unconfirmed`: whatever it missed. */
  readonly verdict: 'passed' | 'failed' | 'unconfirmed';
  /** Steps that missed something, in order. */
  readonly failures: readonly StepFailure[];
  readonly ms: number;
}

export interface StepFailure {
  /** From 1. */
  readonly number: number;
  readonly step: Step;
  readonly misses: readonly Miss[];
  /** Why the step came to what it came to, a sentence a line. */
  readonly told: readonly string[];
}

/** A tariff that does not compile counts as one scenario that failed. */
export interface Totals {
  readonly scenarios: number;
  readonly passed: number;
  readonly failed: number;
  readonly unconfirmed: number;
  /** Files that are wrong. */
  readonly wrongFiles: number;
}

export function totalsOf(suites: readonly SuiteResult[]): Totals {
  const results = suites.flatMap(suite => (suite.kind === 'ran' ? suite.scenarios : []));
  const broken = suites.filter(({ kind }) => kind === 'broken').length;
  const count = (verdict: ScenarioResult['verdict']) =>
    results.filter(result => result.verdict === verdict).length;
  return {
    scenarios: results.length + broken,
    passed: count('passed'),
    failed: count('failed') + broken,
    unconfirmed: count('unconfirmed'),
    wrongFiles: suites.reduce((sum, suite) => sum + (suite.kind === 'ran' ? suite.wrongFiles.length : 0), 0),
  };
}
