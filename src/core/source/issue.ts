/** What zod says of a value, in the words of an error: what stands there, and what was expected. */
import type { z } from 'zod';
import { expectedOneOf } from '../suggest.ts';

/** `expected` first: schemas of ours write their messages so, and say in them what only they know. */
export interface Said {
  readonly what: string;
  readonly expected?: string;
}

type Issue = z.core.$ZodIssue;

/** Where a value may be of several forms, what is wrong with it in the form that it comes nearest to. */
export function flatIssues(issues: readonly Issue[]): Issue[] {
  return issues.flatMap(issue => {
    // A form that is told by one of its keys says itself what that key may be.
    if (issue.code !== 'invalid_union' || issue.errors.length === 0) return [issue];
    const forms = issue.errors.map(flatIssues).sort((a, b) => strangenessOf(a) - strangenessOf(b));
    const [nearest = []] = forms;
    const inner = nearest.some(isOfNoForm)
      ? anyForm(forms.flatMap(form => form.filter(isOfNoForm)))
      : nearest;
    return inner.map(within => ({ ...within, path: [...issue.path, ...within.path] }));
  });
}

/** A slip inside a value is likelier than a key too few, and that than another value altogether. */
function strangenessOf(form: readonly Issue[]): number {
  return form.reduce((sum, issue) => sum + (isOfNoForm(issue) ? 100 : issue.input === undefined ? 10 : 1), 0);
}

function isOfNoForm({ code, path }: Issue): boolean {
  return path.length === 0 && code !== 'unrecognized_keys';
}

/** One issue that expects what any of them does, or the one word that was nearly right. */
function anyForm(issues: readonly Issue[]): Issue[] {
  const first = issues.find(({ code }) => code === 'invalid_value') ?? issues[0];
  const all = issues.flatMap(issue => expectedOf(issue) ?? []);
  const word = all.find(expected => /^'.*'$/.test(expected));
  const expected = word ?? [...new Set(all)].join(' | ');
  return first === undefined ? [] : [{ ...first, message: `expected ${expected}` }];
}

/** `subject` names the value for people: `transfers.0.window`. */
export function sayIssue(subject: string, issue: Issue): Said {
  const expected = expectedOf(issue);
  if (expected === undefined) return { what: `${subject}: ${issue.message}` };
  return { what: `${subject}: ${found(issue)}`, expected };
}

function expectedOf(issue: Issue): string | undefined {
  return /^expected (.+)$/s.exec(issue.message)?.[1] ?? expectedBy(issue);
}

function expectedBy(issue: Issue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return TYPES[issue.expected] ?? issue.expected;
    case 'invalid_value':
      return wordsExpected(issue.input, issue.values);
    case 'too_small':
      return `at least ${issue.minimum}${COUNTED[issue.origin] ?? ''}`;
    case 'too_big':
      return `at most ${issue.maximum}${COUNTED[issue.origin] ?? ''}`;
    case 'not_multiple_of':
      return `a multiple of ${issue.divisor}`;
    default:
      return undefined;
  }
}

function wordsExpected(input: unknown, values: readonly unknown[]): string {
  const words = values.map(String);
  return typeof input === 'string' ? expectedOneOf(input, words) : words.join(' | ');
}

const TYPES: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'keys with values',
  record: 'keys with values',
};

const COUNTED: Readonly<Record<string, string>> = { array: ' entries', string: ' characters' };

/** What was found. What should be text is never repeated unless it is one of few words: it may be a key's secret. */
function found(issue: Issue): string {
  const { input } = issue;
  if (input === undefined) return 'missing';
  if (input === null) return 'empty';
  if (Array.isArray(input)) {
    if (issue.code === 'too_big') return `${input.length} entries`;
    return input.length === 0 ? 'an empty list' : 'a list';
  }
  if (typeof input === 'object') return 'keys with values';
  if (issue.code === 'invalid_type' && issue.expected === 'string') return 'not text';
  if (typeof input !== 'string') return String(input);
  if (issue.code === 'invalid_value' || issue.code === 'custom') return `'${input}'`;
  if (issue.code === 'invalid_type') return 'text';
  return input === '' ? 'empty' : 'of another form';
}
