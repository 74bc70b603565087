/**
 * YAML that knows where everything stands: text -> a checked value, or every problem with file, line and column.
 */
import { type Document, isMap, isScalar, LineCounter, type Node, parseDocument, visit } from 'yaml';
import { z } from 'zod';
import type { Position, Problem } from '../error.ts';
import { suggest } from '../suggest.ts';
import { sayIssue } from './issue.ts';

const YAML = 'YAML 1.2';

export type Path = readonly (string | number)[];

export interface YamlFile<T> {
  /** Absent when there is a problem. */
  readonly value?: T;
  readonly problems: readonly Problem[];
  /** Where the value at `path` stands, or its nearest ancestor that is in the file. */
  readonly positionOf: (path: Path) => Position;
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
  const syntax = [...document.errors, ...document.warnings].map(error => ({
    at: positionAt(error.pos[0]),
    what: firstLine(error.message),
    expected: YAML,
  }));
  if (syntax.length > 0) return { problems: syntax, positionOf };
  let content: unknown;
  try {
    content = document.toJS();
  } catch (error) {
    return { problems: [aliasProblem(document, error, positionAt)], positionOf };
  }
  const parsed = schema.safeParse(content, { reportInput: true });
  if (parsed.success) return { value: parsed.data, problems: [], positionOf };
  const keyPosition = (path: Path, key: string): Position =>
    positionAt(keyOffset(document.contents, path, key) ?? offsetOf(document.contents, path));
  const problems = parsed.error.issues.flatMap(issue => problemsOf(issue, schema, positionOf, keyPosition));
  return { problems: problems.sort(inFileOrder), positionOf };
}

function problemsOf(
  issue: z.core.$ZodIssue,
  schema: z.ZodType,
  positionOf: (path: Path) => Position,
  keyPosition: (path: Path, key: string) => Position,
): Problem[] {
  const path = issue.path.filter(step => typeof step !== 'symbol');
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map(key => {
        const meant = suggest(key, knownKeys(schema));
        const problem = { at: keyPosition(path, key), what: `unknown key '${key}'` };
        return meant === undefined ? problem : { ...problem, expected: `'${meant}'` };
      });
    case 'invalid_key': {
      const key = String(path.at(-1));
      const at = keyPosition(path.slice(0, -1), key);
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
  return { at: at(offset), what: error instanceof Error ? error.message : String(error), expected: YAML };
}

function firstLine(message: string): string {
  return message.split('\n')[0]?.replace(/ at line \d+, column \d+:?$/, '') ?? message;
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

function keyOffset(root: unknown, path: Path, key: string): number | undefined {
  let node: unknown = root;
  for (const step of path) {
    if (typeof node === 'object' && node !== null && 'get' in node && typeof node.get === 'function') {
      node = node.get(step, true);
    }
  }
  if (!isMap(node)) return undefined;
  const pair = node.items.find(item => isScalar(item.key) && item.key.value === key);
  return isScalar(pair?.key) ? pair.key.range?.[0] : undefined;
}
