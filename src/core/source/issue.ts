/** What zod says of a value, in the words of an error: what stands there, and what was expected. */
import type { z } from 'zod';
import { expectedOneOf } from '../suggest.ts';

/** `expected` first: schemas of ours write their messages so, and say in them what only they know. */
export interface Said {
  readonly what: string;
  readonly expected?: string;
}

/** `subject` names the value for people: `transfers.0.window`. */
export function sayIssue(subject: string, issue: z.core.$ZodIssue): Said {
  const own = /^expected (.+)$/s.exec(issue.message)?.[1];
  const expected = own ?? expectedBy(issue);
  if (expected === undefined) return { what: `${subject}: ${issue.message}` };
  return { what: `${subject}: ${found(issue)}`, expected };
}

function expectedBy(issue: z.core.$ZodIssue): string | undefined {
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
function found(issue: z.core.$ZodIssue): string {
  const { input } = issue;
  if (input === undefined) return 'missing';
  if (input === null) return 'empty';
  if (Array.isArray(input)) return input.length === 0 ? 'an empty list' : 'a list';
  if (typeof input === 'object') return 'keys with values';
  if (issue.code === 'invalid_type' && issue.expected === 'string') return 'not text';
  if (typeof input !== 'string') return String(input);
  if (issue.code === 'invalid_value' || issue.code === 'custom') return `'${input}'`;
  if (issue.code === 'invalid_type') return 'text';
  return input === '' ? 'empty' : 'of another form';
}
