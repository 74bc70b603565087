/** What a scenario file says that no scenario can notice, and why: an explained change is no gap. */
import { changeText, type Mutant } from './mutant.ts';

export interface Unnoticed {
  /** As `changeText` writes it; `*` stands for anything: `tariff.yaml rounding.mode half-up -> *`. */
  readonly change: string;
  readonly why: string;
}

export interface Explained {
  readonly mutant: Mutant;
  readonly why: string;
}

export interface Survivors {
  readonly unexplained: readonly Mutant[];
  readonly explained: readonly Explained[];
  /** They explain nothing: the change is noticed now, or was never one. */
  readonly idle: readonly Unnoticed[];
}

export function explainSurvivors(survivors: readonly Mutant[], unnoticed: readonly Unnoticed[]): Survivors {
  const unexplained: Mutant[] = [];
  const explained: Explained[] = [];
  const idle = new Set(unnoticed);
  const patterns = unnoticed.map(entry => ({ entry, isAbout: matcher(entry.change) }));
  for (const mutant of survivors) {
    const text = changeText(mutant);
    const found = patterns.filter(({ isAbout }) => isAbout(text)).map(({ entry }) => entry);
    for (const entry of found) idle.delete(entry);
    const [first] = found;
    if (first === undefined) unexplained.push(mutant);
    else explained.push({ mutant, why: first.why });
  }
  return { unexplained, explained, idle: [...idle] };
}

function matcher(change: string): (text: string) => boolean {
  const parts = change.split('*').map(part => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const pattern = new RegExp(`^${parts.join('.*')}$`, 's');
  return text => pattern.test(text);
}
