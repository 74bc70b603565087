/** A scenario as it stands in its file, all of it text: the same of YAML and of CSV. */
import type { Position } from '../../core/error.ts';
import type { Path } from '../../core/source/yaml.ts';
import type { CARD, STEP } from './columns.ts';
import type { Unnoticed } from './scenario.ts';

type Texts<Columns> = { readonly [Name in keyof Columns]?: string | undefined };

export interface WrittenCard extends Texts<typeof CARD> {
  readonly passes?: readonly WrittenPass[] | undefined;
  readonly quotaUsed?: { readonly month: string; readonly used: string } | undefined;
  /** By programme. */
  readonly points?: Readonly<Record<string, string>> | undefined;
}

export interface WrittenPass {
  readonly pass: string;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

export interface WrittenStep extends Texts<typeof STEP> {
  readonly at: string;
  readonly card?: string | undefined;
}

export interface WrittenScenario {
  readonly scenario: string;
  readonly source?: string | undefined;
  readonly unconfirmed?: string | undefined;
  readonly unnoticed?: readonly Unnoticed[] | undefined;
  /** The card that needs no name. */
  readonly card?: WrittenCard | undefined;
  readonly cards?: Readonly<Record<string, WrittenCard>> | undefined;
  readonly steps: readonly WrittenStep[];
  /** Where what is at the path stands: `['steps', 3, 'pay']`. */
  readonly positionOf: (path: Path) => Position;
}
