/** One change of a tariff: where it stands, what stood there, what stands there instead. */
import type { Position } from '../../core/error.ts';

/** A tariff folder's texts by file name. */
export type TariffTexts = ReadonlyMap<string, string>;

/** What stands between two offsets of a text is replaced. */
export interface Edit {
  readonly start: number;
  /** Exclusive. */
  readonly end: number;
  readonly text: string;
}

/** As a person names it: by its path in the file, before and after. */
export interface Change {
  /** `caps.0.limit.amount`, or of a table its row and column: `rail/z1/z2/rail-1-2-off.rule_priority`. */
  readonly path: string;
  readonly from: string;
  readonly to: string;
  /** Where what is changed begins in the text; the edit may take in what parts it from its neighbours. */
  readonly offset: number;
  readonly edit: Edit;
}

export interface Mutant extends Change {
  /** The file by its name in the folder, with line and column. */
  readonly at: Position;
}

/** What a row or an entry that is taken away changes to. */
export const REMOVED = 'removed';

/** `tariff.yaml rounding.mode half-up -> up`. */
export function changeText({ at, path, from, to }: Mutant): string {
  return `${at.file} ${path} ${from} -> ${to}`;
}

/** The folder with this one change. */
export function withMutant(files: TariffTexts, { at: { file }, edit }: Mutant): TariffTexts {
  const text = files.get(file) ?? '';
  return new Map(files).set(file, text.slice(0, edit.start) + edit.text + text.slice(edit.end));
}
