/** What a run of the bench came to, as a person reads it and as `--json` says it. */
import { basename } from 'node:path';
import { formatPosition, formatProblem } from '../core/error.ts';
import { formatLocal } from '../core/time.ts';
import { failureLines } from '../lab/bench/failure-text.ts';
import type { BenchResult, ScenarioResult, SuiteResult } from '../lab/bench/result.ts';
import { sayCounts } from './bench-coverage.ts';
import { colour } from './colour.ts';
import { counted } from './counted.ts';
import type { Output } from './output.ts';

/** A tariff with more scenarios than this is shown as dots. */
const MOST_LINES = 30;
const DOTS_A_LINE = 80;

export function sayResult(output: Output, result: BenchResult, withCounts: boolean): void {
  const { suites } = result;
  for (const suite of suites) saySuite(output, suite);
  if (withCounts) for (const suite of suites) sayCounts(output, suite);
  for (const suite of suites) sayFailures(output, suite);
  sayUnconfirmed(output, suites);
}

function saySuite(output: Output, suite: SuiteResult): void {
  const { name, folder } = suite;
  output.say(`${colour.bold(name)}  ${colour.dim(folder)}`);
  if (suite.kind === 'broken') {
    output.say(`  ${colour.red('✗')} the tariff does not compile`);
    output.emit({ tariff: name, folder, problems: suite.problems });
    return;
  }
  const { scenarios, wrongFiles } = suite;
  for (const line of scenarios.length > MOST_LINES ? dots(scenarios) : scenarios.map(lineOf))
    output.say(`  ${line}`);
  for (const { file, problems } of wrongFiles)
    output.say(
      `  ${colour.red('!')} ${basename(file)}: ${counted(problems.length, 'problem')}, what it is in was not run`,
    );
  for (const result of scenarios) output.emit({ tariff: name, ...scenarioObject(suite, result) });
  for (const { file, problems } of wrongFiles) output.emit({ tariff: name, file, problems });
}

function lineOf({ scenario, verdict }: ScenarioResult): string {
  return `${MARKS[verdict]} ${scenario.title}`;
}

const MARKS = {
  passed: colour.green('✓'),
  failed: colour.red('✗'),
  unconfirmed: colour.yellow('?'),
} as const satisfies Record<ScenarioResult['verdict'], string>;

function dots(results: readonly ScenarioResult[]): string[] {
  const lines: string[] = [];
  for (let from = 0; from < results.length; from += DOTS_A_LINE) {
    const marks = results.slice(from, from + DOTS_A_LINE).map(({ verdict }) => MARKS[verdict]);
    lines.push(marks.join(''));
  }
  return lines;
}

function sayFailures(output: Output, suite: SuiteResult): void {
  if (suite.kind === 'broken') {
    output.say(`\n${colour.red('FAILED')} ${suite.name}: the tariff does not compile`);
    for (const problem of suite.problems) output.say(`  ${formatProblem(problem)}`);
    return;
  }
  for (const result of suite.scenarios.filter(({ verdict }) => verdict === 'failed')) {
    output.say(`\n${colour.red('FAILED')} ${suite.name}: ${colour.bold(result.scenario.title)}`);
    if (result.scenario.source !== undefined) output.say(`  ${colour.dim(result.scenario.source)}`);
    for (const line of failureLines(result, suite.tariff.zone, PAINT)) output.say(`  ${line}`);
  }
  for (const { file, problems } of suite.wrongFiles) {
    output.say(`\n${colour.red('WRONG')} ${suite.name}: ${colour.bold(file)}`);
    for (const problem of problems) output.say(`  ${formatProblem(problem)}`);
  }
}

const PAINT = { expected: colour.green, actual: colour.red, aside: colour.dim };

/** They wait for a person, who is told where to look. */
function sayUnconfirmed(output: Output, suites: readonly SuiteResult[]): void {
  const waiting = suites
    .flatMap(suite => (suite.kind === 'ran' ? suite.scenarios : []))
    .filter(({ verdict }) => verdict === 'unconfirmed');
  if (waiting.length === 0) return;
  output.say(`\n${colour.yellow('UNCONFIRMED')}, until a person has read them and removes the mark:`);
  for (const { scenario, failures } of waiting) {
    const changed = failures.length > 0 ? ' (the answer has changed since)' : '';
    output.say(`  ${formatPosition(scenario.at)}: ${scenario.title}${changed}`);
  }
}

export function saySummary(output: Output, { totals, coverage }: BenchResult, seconds: number): void {
  const { scenarios, passed, failed, unconfirmed, wrongFiles } = totals;
  const counts = [
    colour.green(`${passed} passed`),
    failed > 0 ? colour.red(`${failed} failed`) : '0 failed',
    ...(unconfirmed > 0 ? [colour.yellow(`${unconfirmed} unconfirmed`)] : []),
    ...(wrongFiles > 0 ? [colour.red(`${counted(wrongFiles, 'file')} wrong`)] : []),
  ].join(', ');
  output.say(`\n${counted(scenarios, 'scenario')}: ${counts} ${colour.dim(`(${seconds.toFixed(2)} s)`)}`);
  const { rules, boundaries } = coverage;
  output.say(
    `coverage: ${percent(rules)} of rules and products, ${percent(boundaries)} of both sides of limits`,
  );
  output.emit({ ...totals, ruleCoverage: rules, boundaryCoverage: boundaries });
}

function percent(value: number): string {
  const text = `${value} %`;
  return value === 100 ? colour.green(text) : colour.yellow(text);
}

function scenarioObject({ tariff }: Extract<SuiteResult, { kind: 'ran' }>, result: ScenarioResult): object {
  const { scenario, verdict, failures, ms } = result;
  const { title, source, at } = scenario;
  return {
    scenario: title,
    source,
    file: at.file,
    line: at.line,
    verdict,
    ms: Math.round(ms * 1000) / 1000,
    failures: failures.map(({ number, step, misses, told }) => ({
      step: number,
      line: step.where.line,
      at: formatLocal(tariff.zone, step.atMs),
      misses,
      told,
    })),
  };
}
