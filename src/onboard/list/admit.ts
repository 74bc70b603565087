/** Whether a bundle may take the place of what stands there, judged by the two envelopes alone. */
import { TuraError } from '../../core/error.ts';
import { freshnessAt, type ListEnvelope, type ListKind } from '../../core/list/envelope.ts';
import type { Realm } from '../../core/tap.ts';
import type { EpochMs } from '../../core/time.ts';

export interface Gate {
  readonly name: string;
  readonly kind: ListKind;
  readonly atMs: EpochMs;
  readonly realm: Realm | undefined;
}

interface Refusal {
  readonly refuses: boolean;
  readonly what: string;
  readonly expected: string;
}

/** True when this very version stands there already. Throws bad-input, naming the first thing that is wrong. */
export function admit(incoming: ListEnvelope, standing: ListEnvelope | undefined, gate: Gate): boolean {
  const wrong = refusals(incoming, standing, gate).find(({ refuses }) => refuses);
  if (wrong !== undefined) {
    throw new TuraError('bad-input', `${gate.name}: ${wrong.what}`, {
      where: gate.name,
      expected: wrong.expected,
    });
  }
  return standing?.version === incoming.version;
}

function refusals(incoming: ListEnvelope, standing: ListEnvelope | undefined, gate: Gate): Refusal[] {
  const { kind, listId, issuer, version, baseVersion } = incoming;
  const realm = gate.realm ?? standing?.realm ?? incoming.realm;
  const list = standing ?? incoming;
  const isSame = standing?.version === version && standing.rootHash === incoming.rootHash;
  return [
    { refuses: kind !== gate.kind, what: `a bundle of kind ${kind}`, expected: gate.kind },
    {
      refuses: list.kind !== kind,
      what: `a bundle of kind ${kind}`,
      expected: `${list.kind}, which stands here`,
    },
    { refuses: incoming.realm !== realm, what: `a bundle of the realm ${incoming.realm}`, expected: realm },
    {
      refuses: listId !== list.listId || issuer !== list.issuer,
      what: `the list ${listId} of ${issuer}`,
      expected: `${list.listId} of ${list.issuer}, which stands here`,
    },
    {
      refuses: freshnessAt(incoming, gate.atMs) === 'early',
      what: `version ${version} is not in effect yet`,
      expected: `to be applied from ${new Date(incoming.effectiveAt).toISOString()}`,
    },
    {
      refuses: standing !== undefined && version <= standing.version && !isSame,
      what: `version ${version} where version ${standing?.version} stands`,
      expected: 'a version that rises',
    },
    {
      refuses: !isSame && baseVersion !== undefined && baseVersion !== standing?.version,
      what: `a delta on version ${baseVersion} where ${standing === undefined ? 'no list' : `version ${standing.version}`} stands`,
      expected: `version ${baseVersion} first, or the whole list`,
    },
  ];
}
