/**
 * YAML that knows where everything stands: text -> a checked value, or every problem with file, line and column.
 */
import { type Document, isMap, isScalar, LineCounter, type Node, parseDocument, visit } from 'yaml';
import { z } from 'zod';
import { type Position, type Problem, whyOf } from '../error.ts';
import { suggest } from '../suggest.ts';
import { flatIssues, sayIssue } from './issue.ts';
import { saySyntax, YAML } from './yaml-syntax.ts';

export type Path = readonly (string | number)[];

export interface YamlFile<T> {
  /** Absent when there is a problem. */
  readonly value?: T;
  readonly problems: readonly Problem[];
  /** Where the value at `path` stands, or its nearest ancestor that is in the file. */
  readonly positionOf: (path: Path) => Position;
  /** Where the key stands that the value at `path` has, or as `positionOf`. */
  readonly positionOfKey: (path: Path) => Position;
}

/** `scalars` are read as YAML's core schema has it, or all as the text that stands there: `8.40` is then no float. */
export function readYaml<T>(
  text: string,
  file: string,
  schema: z.ZodType<T>,
  scalars: 'typed' | 'text' = 'typed',
): YamlFile<T> {
  const lines = new LineCounter();
  const unmarked = text.startsWith('\uFEFF') ? text.slice(1) : text;
  // Warnings (a tag that is not known) are problems here, and nothing is written to stderr behind our back.
  const document = parseDocument(unmarked, {
    lineCounter: lines,
    uniqueKeys: true,
    logLevel: 'error',
    schema: scalars === 'text' ? 'failsafe' : 'core',
  });
  const positionAt = (offset: number): Position => {
    const { line, col } = lines.linePos(offset);
    return { file, line, column: col };
  };
  const positionOf = (path: Path): Position => positionAt(offsetOf(document.contents, path));
  const positionOfKey = (path: Path): Position =>
    positionAt(keyOffset(document.contents, path) ?? offsetOf(document.contents, path));
  const places = { positionOf, positionOfKey };
  const syntax = [...document.errors, ...document.warnings].map(error => ({
    at: positionAt(error.pos[0]),
    ...saySyntax(error),
  }));
  if (syntax.length > 0) return { problems: syntax, ...places };
  let content: unknown;
  try {
    content = document.toJS();
  } catch (error) {
    return { problems: [aliasProblem(document, error, positionAt)], ...places };
  }
  const parsed = schema.safeParse(content, { reportInput: true });
  if (parsed.success) return { value: parsed.data, problems: [], ...places };
  const problems = flatIssues(parsed.error.issues).flatMap(issue => problemsOf(issue, schema, places));
  return { problems: problems.sort(inFileOrder), ...places };
}

type Places = Pick<YamlFile<unknown>, 'positionOf' | 'positionOfKey'>;

function problemsOf(
  issue: z.core.$ZodIssue,
  schema: z.ZodType,
  { positionOf, positionOfKey }: Places,
): Problem[] {
  const path = issue.path.filter(step => typeof step !== 'symbol');
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map(key => {
        const meant = suggest(key, knownKeys(schema));
        const at = positionOfKey([...path, key]);
        if (meant === key) return { at, what: `the key '${key}' has no meaning here` };
        const problem = { at, what: `unknown key '${key}'` };
        return meant === undefined ? problem : { ...problem, expected: `'${meant}'` };
      });
    case 'invalid_key': {
      const key = String(path.at(-1));
      const at = positionOfKey(path);
      return issue.issues.map(inner => ({ at, ...sayIssue(`the key '${key}'`, inner) }));
    }
    default:
      return [{ at: positionOf(path), ...sayIssue(path.join('.') || 'the file', issue) }];
  }
}

/** An alias that names no anchor, or aliases of aliases that would unfold without end. */
function aliasProblem(document: Document, error: unknown, at: (offset: number) => Position): Problem {
  let offset = 0;
  visit(document, {
    Alias(_key, alias) {
      if (alias.resolve(document) !== undefined) return undefined;
      offset = alias.range?.[0] ?? 0;
      return visit.BREAK;
    },
  });
  return { at: at(offset), what: whyOf(error), expected: YAML };
}

function inFileOrder(a: Problem, b: Problem): number {
  return (a.at.line ?? 0) - (b.at.line ?? 0) || (a.at.column ?? 0) - (b.at.column ?? 0);
}

/** Every key the schema knows anywhere: a key in the wrong section is a likely slip too. */
function knownKeys(schema: z.ZodType): Set<string> {
  const keys = new Set<string>();
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    for (const [name, child] of Object.entries(node)) {
      if (name === 'properties' && child !== null)
        for (const key of Object.keys(child as object)) keys.add(key);
      visit(child);
    }
  };
  visit(z.toJSONSchema(schema, { unrepresentable: 'any', io: 'input' }));
  return keys;
}

function offsetOf(root: unknown, path: Path): number {
  let node = root as Node | null;
  let offset = node?.range?.[0] ?? 0;
  for (const step of path) {
    if (node === null || !('get' in node) || typeof node.get !== 'function') break;
    const child = node.get(step, true) as Node | undefined;
    if (child === undefined) break;
    node = child;
    offset = node.range?.[0] ?? offset;
  }
  return offset;
}

function keyOffset(root: unknown, path: Path): number | undefined {
  let node: unknown = root;
  for (const step of path.slice(0, -1)) {
    if (typeof node === 'object' && node !== null && 'get' in node && typeof node.get === 'function') {
      node = node.get(step, true);
    }
  }
  if (!isMap(node)) return undefined;
  const pair = node.items.find(item => isScalar(item.key) && String(item.key.value) === String(path.at(-1)));
  return isScalar(pair?.key) ? pair.key.range?.[0] : undefined;
}
