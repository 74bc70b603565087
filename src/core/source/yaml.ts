/**
 * YAML that knows where everything stands: text -> a checked value, or every problem with file, line and column.
 */
import { isMap, isScalar, LineCounter, type Node, parseDocument } from 'yaml';
import { z } from 'zod';
import type { Position, Problem } from '../error.ts';
import { suggest } from '../suggest.ts';

export type Path = readonly (string | number)[];

export interface YamlFile<T> {
  /** Absent when there is a problem. */
  readonly value?: T;
  readonly problems: readonly Problem[];
  /** Where the value at `path` stands, or its nearest ancestor that is in the file. */
  readonly positionOf: (path: Path) => Position;
}

export function readYaml<T>(text: string, file: string, schema: z.ZodType<T>): YamlFile<T> {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true });
  const positionAt = (offset: number): Position => {
    const { line, col } = lines.linePos(offset);
    return { file, line, column: col };
  };
  const positionOf = (path: Path): Position => positionAt(offsetOf(document.contents, path));
  const syntax = document.errors.map(error => ({
    at: positionAt(error.pos[0]),
    what: error.message.split('\n')[0]?.replace(/ at line \d+, column \d+:?$/, '') ?? error.code,
    expected: 'YAML 1.2',
  }));
  if (syntax.length > 0) return { problems: syntax, positionOf };
  const parsed = schema.safeParse(document.toJS(), { reportInput: true });
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
  const name = path.join('.');
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map(key => {
        const meant = suggest(key, knownKeys(schema));
        const problem = { at: keyPosition(path, key), what: `unknown key '${key}'` };
        return meant === undefined ? problem : { ...problem, expected: `'${meant}'` };
      });
    case 'invalid_value':
      return [{ at: positionOf(path), what: `${name}: '${issue.input}'`, expected: wordsExpected(issue) }];
    case 'invalid_type':
      return [
        { at: positionOf(path), what: `${name || 'the file'}: ${received(issue)}`, expected: issue.expected },
      ];
    default:
      return [{ at: positionOf(path), what: name === '' ? issue.message : `${name}: ${issue.message}` }];
  }
}

function received(issue: z.core.$ZodIssue): string {
  return issue.message.includes('undefined') ? 'missing' : 'of another type';
}

function wordsExpected(issue: z.core.$ZodIssueInvalidValue): string {
  const words = issue.values.map(String);
  const meant = suggest(String(issue.input), words);
  return meant === undefined ? words.join(' | ') : `'${meant}'`;
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
