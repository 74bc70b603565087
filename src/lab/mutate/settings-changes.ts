/**
 * Every change of one value of `tariff.yaml`, by the schema it is written in: what may stand at a place says what else
 * might have stood there.
 */
import {
  type Document,
  isMap,
  isNode,
  isPair,
  isScalar,
  isSeq,
  type Node,
  parseDocument,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import { z } from 'zod';
import type { Path } from '../../core/source/yaml.ts';
import {
  amount,
  date,
  dayOfYear,
  durationMs,
  percent,
  product,
  signedAmount,
  timeOfDay,
} from '../../core/tariff/settings/words.ts';
import { settingsSchema } from '../../core/tariff/settings.ts';
import { type Change, REMOVED } from './mutant.ts';
import {
  amounts,
  dates,
  daysOfYear,
  durations,
  type Grain,
  type Near,
  percents,
  timesOfDay,
  wholes,
} from './near.ts';
import { isSpared } from './spared.ts';
import { removed, replaced, spanOf } from './yaml-text.ts';

type Schema = z.core.$ZodType;

/** How the tariff's own words change; any other text is a name, and stays. */
const WORDS: ReadonlyMap<Schema, Near> = new Map<Schema, Near>([
  [amount, amounts],
  [signedAmount, amounts],
  [percent, percents],
  [durationMs, durations],
  [date, dates],
  [dayOfYear, daysOfYear],
  [timeOfDay, timesOfDay],
  // It stands for the name of what is sold.
  [product, () => []],
]);

/** In the file's order. `text` is sound: whoever changes a tariff has compiled it as it is. */
export function settingsChanges(text: string, grain: Grain): readonly Change[] {
  const document = parseDocument(text.replace(/^\uFEFF/, '\n'));
  const changes = [...new Walk(text, document, grain).changes(settingsSchema, document.contents, [])];
  return changes.sort((a, b) => a.offset - b.offset);
}

class Walk {
  readonly #text: string;
  readonly #document: Document;
  readonly #grain: Grain;

  constructor(text: string, document: Document, grain: Grain) {
    this.#text = text;
    this.#document = document;
    this.#grain = grain;
  }

  *changes(schema: Schema, node: unknown, path: Path): Generator<Change> {
    if (isSpared(path)) return;
    if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault)
      yield* this.changes(schema.unwrap(), node, path);
    else if (schema instanceof z.ZodUnion) yield* this.#ofUnion(schema, node, path);
    // An alias is neither: it changes with its anchor.
    else if (isMap(node) || isSeq(node)) yield* this.#ofEntries(schema, node, path);
    else if (isScalar(node)) yield* this.#ofWord(schema, node, path);
  }

  /** Within the form that was chosen, and to the words that another form has. */
  *#ofUnion({ options }: z.ZodUnion, node: unknown, path: Path): Generator<Change> {
    if (!isNode(node)) return;
    const value = node.toJS(this.#document);
    const chosen = options.find(option => z.safeParse(option, value).success);
    if (chosen === undefined) return;
    yield* this.changes(chosen, node, path);
    for (const other of options) if (other !== chosen) yield* this.#to(wordsOf(other), node, path);
  }

  *#ofWord(schema: Schema, node: Node, path: Path): Generator<Change> {
    const near = WORDS.get(schema) ?? (schema instanceof z.ZodNumber ? wholes : undefined);
    if (near === undefined) return yield* this.#to(wordsOf(schema), node, path);
    const isAllowed = (word: string) =>
      z.safeParse(schema, schema instanceof z.ZodNumber ? Number(word) : word).success;
    yield* this.#to(near(this.#brief(node), this.#grain).filter(isAllowed), node, path);
  }

  *#ofEntries(schema: Schema, node: YAMLMap | YAMLSeq, path: Path): Generator<Change> {
    for (const [place, entry] of node.items.entries()) {
      const [key, value] = isPair(entry) ? [String(entry.key), entry.value] : [place, entry];
      const inner = schemaAt(schema, key);
      const at = [...path, key];
      if (inner === undefined || isSpared(at)) continue;
      const changes = [...this.changes(inner, value, at)];
      yield* changes;
      if (schema instanceof z.ZodObject && !this.#mayBeAbsent(inner, value, changes)) continue;
      const { start } = spanOf(entry);
      const edit = removed(node, place);
      yield { path: at.join('.'), from: this.#brief(value), to: REMOVED, offset: start, edit };
    }
  }

  /** Where it then says something else, which no other change makes it say. */
  #mayBeAbsent(schema: Schema, value: unknown, changes: readonly Change[]): boolean {
    if (!(schema instanceof z.ZodDefault)) return schema instanceof z.ZodOptional;
    const { defaultValue } = schema.def;
    // Of an empty list or record: its entries are taken away one by one.
    if (typeof defaultValue === 'object') return false;
    const word = String(defaultValue);
    return (
      this.#brief(value) !== word &&
      !changes.some(({ to, offset }) => to === word && offset === spanOf(value).start)
    );
  }

  *#to(words: readonly string[], node: Node, path: Path): Generator<Change> {
    const from = this.#brief(node);
    for (const to of words) {
      if (to === from) continue;
      yield { path: path.join('.'), from, to, offset: spanOf(node).start, edit: replaced(node, to) };
    }
  }

  /** A value as it is written, a rule by its name, anything else by how it begins. */
  #brief(node: unknown): string {
    if (isScalar(node))
      return typeof node.value === 'string' ? node.value : (node.source ?? String(node.value));
    const name = isMap(node) ? (node.get('id') ?? node.get('category')) : undefined;
    if (typeof name === 'string') return name;
    const { start, end } = spanOf(node);
    const text = this.#text.slice(start, end).replace(/\s+/g, ' ');
    return text.length <= BRIEF ? text : `${text.slice(0, BRIEF - 1)}…`;
  }
}

const BRIEF = 40;

function schemaAt(schema: Schema, key: string | number): Schema | undefined {
  if (schema instanceof z.ZodArray) return schema.element;
  if (schema instanceof z.ZodRecord) return schema.valueType;
  return schema instanceof z.ZodObject ? schema.shape[key] : undefined;
}

/** The closed list that a word is chosen from; of a number that stands beside one, the least. */
function wordsOf(schema: Schema): readonly string[] {
  if (schema instanceof z.ZodEnum) return schema.options.map(String);
  if (schema instanceof z.ZodLiteral) return [...schema.values].map(String);
  if (schema instanceof z.ZodBoolean) return ['true', 'false'];
  if (schema instanceof z.ZodUnion) return schema.options.flatMap(wordsOf);
  return schema instanceof z.ZodNumber && schema.minValue !== null ? [String(schema.minValue)] : [];
}
