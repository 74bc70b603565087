/** Winners and losers: a line each, and inside it the taps that differ with what either tariff says of them. */
import { riderText } from '../../../core/reason.ts';
import type { Told, ToldOutcome, ToldTap } from '../comparison.ts';
import { count, type Figures } from '../figures.ts';
import { type Both, differenceOf } from '../sides.ts';
import { toneOf } from './data-table.ts';
import { html, type Markup } from './markup.ts';

export function toldRiders(riders: readonly Told[], figures: Figures): Markup {
  return html`${riders.map(rider => toldRider(rider, figures))}`;
}

function toldRider({ card, taps, paidMinor, differing, more }: Told, figures: Figures): Markup {
  const change = differenceOf(paidMinor);
  const rest = more === 0 ? undefined : html`<li>and ${count(more)} more taps that differ</li>`;
  return html`<details>
<summary><span>${card}</span><span class="soft">${count(taps)} taps</span><span>${arrow(paidMinor, figures)}</span><b class="${toneOf(change)}">${figures.change(change)}</b></summary>
<ol class="taps">${differing.map(tap => toldTap(tap, figures))}${rest}</ol>
</details>
`;
}

function arrow([old, fresh]: Both<number>, figures: Figures): string {
  return `${figures.amount(old)} → ${figures.amount(fresh)}`;
}

function toldTap({ line, at, action, route, stop, came }: ToldTap, figures: Figures): Markup {
  const place = [action, route, stop].filter(part => part !== undefined && part !== '').join(' · ');
  const where = line === undefined ? undefined : html` <span class="soft">line ${line}</span>`;
  return html`<li>${at === undefined ? undefined : html`<time datetime="${at}">${at.slice(0, 16).replace('T', ' ')}</time> `}${place}${where}
<div class="both">${toldOutcome('Old', came[0], figures)}${toldOutcome('New', came[1], figures)}</div></li>
`;
}

function toldOutcome(side: string, { reason, riderMinor, trace }: ToldOutcome, figures: Figures): Markup {
  const [, ...sentences] = trace;
  const told =
    sentences.length === 0 ? undefined : html`<ol>${sentences.map(said => html`<li>${said}</li>`)}</ol>`;
  return html`<div>${side}: <b>${figures.amount(riderMinor)}</b>, ${riderText(reason, 'en')}${told}</div>`;
}
