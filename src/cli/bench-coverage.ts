/** How often each thing of a tariff decided, and what no scenario ever touched. */
import type { SuiteResult } from '../lab/bench/result.ts';
import type { Counted } from '../lab/coverage/coverage.ts';
import { colour } from './colour.ts';
import type { Output } from './output.ts';

const KINDS = {
  rule: 'rules',
  product: 'products',
  side: 'sides of limits',
} as const satisfies Record<Counted['kind'], string>;

export function sayCounts(output: Output, suite: SuiteResult): void {
  if (suite.kind === 'broken') return;
  const { name, counted } = suite;
  for (const [kind, title] of Object.entries(KINDS)) {
    const own = counted.filter(each => each.kind === kind);
    if (own.length === 0) continue;
    const met = own.filter(({ times }) => times > 0).length;
    output.say(`\n${colour.bold(name)}: ${met} of ${own.length} ${title}`);
    for (const one of own) output.say(`  ${lineOf(one)}`);
  }
  for (const one of counted) output.emit({ tariff: name, coverage: one });
}

function lineOf({ name, at, times }: Counted): string {
  const count = times === 0 ? colour.red('never'.padStart(7)) : String(times).padStart(7);
  return `${count}  ${name} ${colour.dim(at)}`;
}
