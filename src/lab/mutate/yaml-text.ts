/** Changes of YAML as text: one value replaced, one entry taken away; whatever else is written stays as it is. */
import { isCollection, isMap, isNode, isPair, isScalar, type Node, type YAMLMap, type YAMLSeq } from 'yaml';
import { assert } from '../../core/error.ts';
import type { Edit } from './mutant.ts';

/** A value in the quotes that it stands in. */
export function replaced(node: Node, text: string): Edit {
  const quote = isScalar(node) ? (QUOTES[node.type ?? ''] ?? '') : '';
  return { ...spanOf(node), text: `${quote}${text}${quote}` };
}

const QUOTES: Readonly<Record<string, string>> = { QUOTE_SINGLE: "'", QUOTE_DOUBLE: '"' };

/**
 * An entry up to the next one, so that its comma or its line goes too; the last from the end of the one before. Of a
 * block that holds nothing else empty brackets are left.
 */
export function removed(collection: YAMLMap | YAMLSeq, place: number): Edit {
  const [before, entry, next] = [place - 1, place, place + 1].map(at => collection.items[at]);
  const { start, end } = spanOf(entry);
  if (next !== undefined) return { start, end: spanOf(next).start, text: '' };
  if (before !== undefined) return { start: spanOf(before).end, end, text: '' };
  if (collection.flow === true) return { start, end, text: '' };
  return { ...spanOf(collection), text: isMap(collection) ? '{}' : '[]' };
}

interface Span {
  readonly start: number;
  readonly end: number;
}

/** A node, or a key with its value: from its first character to its last, without the comments that a block takes in. */
export function spanOf(entry: unknown): Span {
  if (isPair(entry)) return { start: spanOf(entry.key).start, end: spanOf(entry.value ?? entry.key).end };
  assert(isNode(entry) && entry.range, 'what was parsed has a place');
  const [start, end] = entry.range;
  const last = isCollection(entry) && entry.flow !== true ? entry.items.at(-1) : undefined;
  return { start, end: last === undefined ? end : spanOf(last).end };
}
