/**
 * JSON that knows where everything stands. JSON is YAML 1.2 in its flow style, so that what is sound JSON is then read
 * as YAML is; but YAML takes more than JSON does, and whoever writes JSON is told the first place where it is none.
 */
import type { z } from 'zod';
import type { Problem } from '../error.ts';
import { readYaml, type YamlFile } from './yaml.ts';

/** Deeper than anything of ours; a reader that follows a million brackets would end the program. */
const DEPTH = 32;

export function readJson<T>(text: string, file: string, schema: z.ZodType<T>): YamlFile<T> {
  const unmarked = text.startsWith('\uFEFF') ? text.slice(1) : text;
  const fault = new Scanner(unmarked).fault();
  if (fault === undefined) return readYaml(unmarked, file, schema);
  const before = unmarked.slice(0, fault.offset);
  const line = before.split('\n').length;
  const column = fault.offset - before.lastIndexOf('\n');
  const problem: Problem = { at: { file, line, column }, what: fault.what, expected: fault.expected };
  return { problems: [problem], positionOf: () => problem.at, positionOfKey: () => problem.at };
}

interface JsonFault {
  readonly offset: number;
  readonly what: string;
  readonly expected: string;
}

const SPACE = /[ \t\r\n]*/y;
/**
 * Anything from a space on but a quote and a backslash, and what a backslash may begin. Each text matches in one way
 * only: a string that never ends is refused in the time it takes to read it.
 */
const STRING = /"[ !#-[\]-\u{10ffff}]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[ !#-[\]-\u{10ffff}]*)*"/uy;
const OTHER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.])|(?:true|false|null)(?!\w)/y;

/** Goes through JSON (RFC 8259) up to the first thing that is none. */
class Scanner {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  fault(): JsonFault | undefined {
    try {
      this.#value(0);
      this.#skipSpace();
      return this.#at < this.#text.length ? this.#refused('the end of the JSON') : undefined;
    } catch (fault) {
      if (isFault(fault)) return fault;
      throw fault;
    }
  }

  #value(depth: number): void {
    this.#skipSpace();
    if (depth > DEPTH) throw this.#refused(`at most ${DEPTH} values inside each other`);
    const first = this.#text[this.#at];
    if (first === '{') this.#list('}', () => this.#member(depth));
    else if (first === '[') this.#list(']', () => this.#value(depth + 1));
    else if (!this.#take(STRING) && !this.#take(OTHER)) throw this.#refused('a JSON value');
  }

  #member(depth: number): void {
    this.#skipSpace();
    if (!this.#take(STRING)) throw this.#refused('a key in double quotes');
    this.#skipSpace();
    if (!this.#takeMark(':')) throw this.#refused("':'");
    this.#value(depth + 1);
  }

  #list(end: string, item: () => void): void {
    this.#at += 1;
    this.#skipSpace();
    if (this.#takeMark(end)) return;
    for (;;) {
      item();
      this.#skipSpace();
      if (this.#takeMark(end)) return;
      if (!this.#takeMark(',')) throw this.#refused(`',' or '${end}'`);
    }
  }

  #skipSpace(): void {
    this.#take(SPACE);
  }

  #takeMark(mark: string): boolean {
    if (this.#text[this.#at] !== mark) return false;
    this.#at += 1;
    return true;
  }

  #take(pattern: RegExp): boolean {
    pattern.lastIndex = this.#at;
    if (!pattern.test(this.#text)) return false;
    this.#at = pattern.lastIndex;
    return true;
  }

  #refused(expected: string): JsonFault {
    const found = this.#text[this.#at];
    const what = found === undefined ? 'the JSON ends here' : `no JSON from '${found}' on`;
    return { offset: this.#at, what, expected };
  }
}

function isFault(thrown: unknown): thrown is JsonFault {
  return typeof thrown === 'object' && thrown !== null && 'offset' in thrown;
}
