/**
 * Nonconsecutive transfers, a draft (google/transit#498): for a journey A > B > C a rule from A to C may price C, as
 * S + AC, S + AC + C or S + AC by its type. 'Multiple transfer rules may apply to a single leg. Data consumers should
 * consider all applicable transfer rules': the rider has the choice among them.
 */
import { NONE } from '../match/names.ts';
import type { Option } from './offer.ts';
import { type Journey, transferred, type Way } from './way.ts';

/**
 * By rules that allow it, from the last ride in each group. Where that is the ride just before, its transfer is a
 * consecutive one, and an earlier ride of its group must not stand in for it: counts would begin anew.
 */
export function nonconsecutive(journey: Journey, way: Way, ride: number, option: Option): readonly Way[] {
  const found: Way[] = [];
  for (const from of lastInEachGroup(way)) {
    if (from === way) continue;
    const rules = journey.transfers
      .between(from.option.group, option.group)
      .filter(rule => rule.nonconsecutive);
    const next = transferred(journey, way, from, ride, option, rules);
    if (next !== undefined) found.push(next);
  }
  return found;
}

/** All that a later ride may ask of this way. */
export function signatureOf(way: Way): string {
  const parts = lastInEachGroup(way).map(({ option, first, key, run }) =>
    [option.group, option.product, first, key, run].join(':'),
  );
  const { option } = way;
  return [option.rule.index, ...parts.sort()].join(' ');
}

function lastInEachGroup(way: Way | undefined): Way[] {
  const groups = new Set<number>();
  const last: Way[] = [];
  for (let at = way; at !== undefined; at = at.before) {
    const { group } = at.option;
    if (group === NONE || groups.has(group)) continue;
    groups.add(group);
    last.push(at);
  }
  return last;
}
