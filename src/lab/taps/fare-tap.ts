/** Taps of a file, one after another, as the tariffs that rate them take them. */

import type { EntitlementTerms } from '../../core/entitlement.ts';
import type { Problem } from '../../core/error.ts';
import type { AccountTap } from '../../core/fare/account.ts';
import type { Token } from '../../core/tap.ts';
import type { Tariff } from '../../core/tariff/tariff.ts';
import type { Report } from '../../gtfs/problems.ts';

/** What taps are read for. */
export interface TapsFor {
  /** One, or several whose prices are compared: a name that one of them knows is right. */
  readonly tariffs: readonly Tariff[];
  /** Told what is wrong before any card is known: with the columns, or with a line that cannot be read. */
  readonly report: Report;
  /** Told that a wanted card's tap is left out; where nobody will read why, the reason is not made. */
  readonly leaveOut: (line: number, why: () => Problem) => void;
  /** What the back office knew of a recorded token, where it is asked. */
  readonly termsOf?: (token: Token) => EntitlementTerms | undefined;
  /** Told the identity text of a tap that was taken back. */
  readonly takeBack?: (ref: string) => void;
  /** Asked before a tap is looked at. Absent: all are wanted. */
  readonly isWanted?: (card: string) => boolean;
}

/** Is given each tap as every one of the tariffs takes it: the same object where they read it alike. */
export type TakeTap = (card: string, line: number, taps: readonly AccountTap[]) => void;

/** Reads a whole text of one form; `file` is how problems name it. */
export type ReadText = (text: string, file: string, taps: TapsFor, take: TakeTap) => void;

/** NDJSON of records, by how the file begins; else a table. */
export function isRecords(text: string): boolean {
  return text.trimStart().startsWith('{');
}

export interface FareTap {
  readonly card: string;
  readonly line: number;
  readonly tap: AccountTap;
}

export interface FareTaps {
  /** In the file's order. */
  readonly taps: readonly FareTap[];
  /** Identity texts of those that were taken back. */
  readonly voided: ReadonlySet<string>;
  readonly problems: readonly Problem[];
}

/** A whole text for one tariff. */
export function readTaps(
  read: ReadText,
  text: string,
  file: string,
  tariff: Tariff,
  more: Pick<TapsFor, 'termsOf'> = {},
): FareTaps {
  const taps: FareTap[] = [];
  const voided = new Set<string>();
  const problems: Problem[] = [];
  const told: TapsFor = {
    ...more,
    tariffs: [tariff],
    report: problem => problems.push(problem),
    leaveOut: (_line, why) => problems.push(why()),
    takeBack: ref => voided.add(ref),
  };
  read(text, file, told, (card, line, [tap]) => {
    if (tap !== undefined) taps.push({ card, line, tap });
  });
  return { taps, voided, problems };
}

/** Of each tariff, the first one that reads a tap as it does: by the same clock, defaults and networks. */
export function readAlike(tariffs: readonly Tariff[]): readonly number[] {
  const written = tariffs.map(tariff => JSON.stringify(readBy(tariff)));
  return written.map(own => written.indexOf(own));
}

function readBy({ zone, dayStartS, resolutionMs, mediumNames, defaultCategory, networkOfRoute }: Tariff) {
  return [zone, dayStartS, resolutionMs, mediumNames[0], defaultCategory, networkOfRoute];
}
