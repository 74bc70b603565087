/**
 * Who may not ride on credit any more: a refused payment puts its card on the stop list, a recovered debt takes it off
 * (FARES.md 3, 'open loop'). The list is built whole from the accounts, so that what vehicles get is what changed.
 */
import Papa from 'papaparse';
import type { OpenLoopAccount } from '../../core/fare/open-loop.ts';
import type { StopEntry } from '../../core/list/stop-entry.ts';
import type { Token } from '../../core/tap.ts';

/** A bank card's account, and the tokens it is known by: under either key, replaced cards apart. */
export interface CreditAccount {
  readonly tokens: readonly Token[];
  readonly account: OpenLoopAccount;
}

/** The plain form of the list (`lists/stop-row.ts`), for an operator's own entries to stand beside. */
export function debtorsTable(entries: readonly StopEntry[]): string {
  const rows = entries.flatMap(({ subject, effect, reason, riderText = '' }) =>
    'value' in subject
      ? [[subject.kind, `${subject.keyId}:${subject.value}`, effect, reason, riderText]]
      : [],
  );
  return `${Papa.unparse([['subject_kind', 'subject', 'effect', 'reason', 'rider_text'], ...rows])}\n`;
}

/** An entry for each token of each card that owes for a day that is over. `riderText` is what a reader shows. */
export function debtors(accounts: Iterable<CreditAccount>, riderText?: string): StopEntry[] {
  const entries: StopEntry[] = [];
  for (const { tokens, account } of accounts) {
    if (account.debtMinor <= 0) continue;
    for (const subject of tokens) {
      const entry = { subject, effect: 'decline', reason: 'debt' } as const;
      entries.push(riderText === undefined ? entry : { ...entry, riderText });
    }
  }
  return entries;
}
