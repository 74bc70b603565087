/** A run of the bench in JUnit's XML, as CI systems read it: a suite a tariff, a case a scenario. */
import { formatPosition, formatProblem, type Position, type Problem } from '../../core/error.ts';
import { failureLines, missText } from './failure-text.ts';
import type { BenchResult, ScenarioResult, SuiteResult } from './result.ts';

/** `seconds`: how long the whole run took. */
export function junitOf({ suites }: BenchResult, seconds: number): string {
  const children = suites.map(suiteElement);
  const root = element(
    'testsuites',
    { name: 'tura bench', ...counted(suites), time: time(seconds) },
    children,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n${root}\n`;
}

function suiteElement(suite: SuiteResult): string {
  const { folder, name } = suite;
  const attributes = { name, file: folder, ...counted([suite]) };
  if (suite.kind === 'broken')
    return element('testsuite', attributes, [brokenCase(name, name, folder, suite.problems)]);
  const seconds = suite.scenarios.reduce((sum, { ms }) => sum + ms, 0) / 1000;
  return element('testsuite', { ...attributes, time: time(seconds) }, [
    ...suite.scenarios.map(result => caseElement(suite, result)),
    ...suite.wrongFiles.map(({ file, problems }) => brokenCase(name, file, file, problems)),
  ]);
}

type Ran = Extract<SuiteResult, { kind: 'ran' }>;

function caseElement({ name: classname, tariff }: Ran, result: ScenarioResult): string {
  const { scenario, verdict, failures, ms } = result;
  const attributes = { name: scenario.title, classname, ...placeOf(scenario.at), time: time(ms / 1000) };
  switch (verdict) {
    case 'passed':
      return element('testcase', attributes, []);
    case 'unconfirmed':
      return element('testcase', attributes, [element('skipped', { message: 'unconfirmed' }, [])]);
    case 'failed': {
      const [first] = failures;
      const message = first === undefined ? '' : missText(first);
      const text = failureLines(result, tariff.zone).join('\n');
      return element('testcase', attributes, [element('failure', { message, type: 'expectation' }, text)]);
    }
    default:
      return verdict satisfies never;
  }
}

/** What could not be run: a tariff that does not compile, a file that is wrong. */
function brokenCase(classname: string, name: string, file: string, problems: readonly Problem[]): string {
  const [first] = problems;
  const message = first === undefined ? '' : first.what;
  const text = problems.map(formatProblem).join('\n');
  const error = element('error', { message, type: 'bad input' }, text);
  return element('testcase', { name, classname, file, time: time(0) }, [error]);
}

function counted(suites: readonly SuiteResult[]): Attributes {
  const ran = suites.filter(suite => suite.kind === 'ran');
  const results = ran.flatMap(({ scenarios }) => scenarios);
  const wrongFiles = ran.reduce((sum, suite) => sum + suite.wrongFiles.length, 0);
  const errors = suites.length - ran.length + wrongFiles;
  const of = (verdict: ScenarioResult['verdict']) => results.filter(each => each.verdict === verdict).length;
  return { tests: results.length + errors, failures: of('failed'), errors, skipped: of('unconfirmed') };
}

function placeOf(at: Position): Attributes {
  return at.line === undefined ? { file: formatPosition(at) } : { file: at.file, line: at.line };
}

function time(seconds: number): string {
  return seconds.toFixed(3);
}

type Attributes = Readonly<Record<string, string | number>>;

function element(name: string, attributes: Attributes, inside: readonly string[] | string): string {
  const said = Object.entries(attributes).map(([key, value]) => ` ${key}="${quoted(String(value))}"`);
  const open = `<${name}${said.join('')}`;
  if (typeof inside === 'string') return `${open}>${escaped(inside)}</${name}>`;
  return inside.length === 0 ? `${open}/>` : `${open}>\n${inside.join('\n')}\n</${name}>`;
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Characters that no XML 1.0 text may hold (its production 2, `Char`), by whatever reference. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: those are the ones
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu;

function escaped(text: string): string {
  return text.replace(FORBIDDEN, '\ufffd').replace(/[&<>"]/g, character => ENTITIES[character] ?? '');
}

/** In an attribute a parser takes white space for a blank, unless it is written as a reference. */
function quoted(text: string): string {
  return escaped(text).replace(/[\t\n\r]/g, space => `&#${space.charCodeAt(0)};`);
}
