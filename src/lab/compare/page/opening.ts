/** What is read first: the outcome in a sentence, the few numbers that matter, and what they do not cover. */
import { formatProblem } from '../../../core/error.ts';
import { formatDate } from '../../../core/time.ts';
import type { Comparison, Named, Verdict } from '../comparison.ts';
import { changeShare, count, type Figures, percent } from '../figures.ts';
import type { Both } from '../sides.ts';
import { differenceOf, othersPay, shareOf } from '../tables.ts';
import { html, type Markup } from './markup.ts';

export function opening(comparison: Comparison, figures: Figures): Markup {
  const { sides, file, counts, days } = comparison;
  const period = days === undefined ? '' : `, ${formatDate(days[0])} to ${formatDate(days[1])}`;
  return html`<p class="kicker">Two tariffs over the same taps</p>
<h1>${headline(comparison, figures)}</h1>
<dl class="sides">
<dt>Old</dt><dd>${sideName(sides[0])}</dd>
<dt>New</dt><dd>${sideName(sides[1])}</dd>
<dt>Taps</dt><dd>${file} <span class="soft">${count(counts.taps)} taps of ${count(counts.cards)} cards${period}</span></dd>
</dl>
${tiles(comparison, figures)}
${notices(comparison)}`;
}

/** `Riders pay 839,679.00 RUB more`. */
export function headline({ total, currency }: Comparison, figures: Figures): string {
  const change = differenceOf(total.paidMinor.rider);
  if (change === 0) return 'Riders pay the same in all';
  return `Riders pay ${figures.amount(Math.abs(change))} ${currency} ${change > 0 ? 'more' : 'less'}`;
}

function sideName({ name, tariffId, revision, hash }: Named): Markup {
  return html`${name} <span class="soft">${tariffId}, revision ${revision}, ${hash.slice(0, 12)}</span>`;
}

function tiles({ total, currency }: Comparison, figures: Figures): Markup {
  const { better, worse, equal } = total.riders;
  const all = Math.max(1, better + worse + equal);
  const riders = (title: string, verdict: Verdict, number: number) =>
    tile(title, html`<b class="${verdict}">${count(number)}</b>`, html`${percent(number / all)} of riders`);
  return html`<div class="tiles">
${paidTile(`Riders pay, ${currency}`, total.paidMinor.rider, figures)}
${paidTile(`Others pay, ${currency}`, othersPay(total), figures)}
${riders('Better off', 'better', better)}
${riders('Worse off', 'worse', worse)}
${riders('Unchanged', 'equal', equal)}
</div>`;
}

function paidTile(title: string, sums: Both<number>, figures: Figures): Markup {
  const share = shareOf(sums);
  const change = `${figures.change(differenceOf(sums))}${share === undefined ? '' : `, ${changeShare(share)}`}`;
  return tile(title, html`${figures.amount(sums[1])}`, html`${change}<br>from ${figures.amount(sums[0])}`);
}

function tile(title: string, number: Markup, below: Markup): Markup {
  return html`<div class="tile"><p>${title}</p><strong>${number}</strong><p>${below}</p></div>`;
}

/** So many problems are read here. */
const PROBLEMS_SHOWN = 8;

/** What the numbers leave out, or take for something it is not. */
function notices({ counts, problems }: Comparison): Markup {
  const { leftOut, repeats, declined } = counts;
  const told = problems.slice(0, PROBLEMS_SHOWN).map(problem => html`<li>${formatProblem(problem)}</li>`);
  return html`${
    problems.length === 0
      ? undefined
      : notice(
          html`<p><b>${count(leftOut)} ${leftOut === 1 ? 'line is' : 'lines are'} left out</b> of every number here.</p><ul>${told}</ul>`,
        )
  }${declinedNotice(declined[1], 'The new tariff declines', 'the old one accepts', 'counts as a saving')}${declinedNotice(
    declined[0],
    'The new tariff accepts',
    'the old one declines',
    'counts as a burden',
  )}${repeats === 0 ? undefined : notice(html`<p>${count(repeats)} taps came twice and were rated once.</p>`)}`;
}

function declinedNotice(rides: number, does: string, other: string, counts: string): Markup | undefined {
  if (rides === 0) return undefined;
  return notice(
    html`<p>${does} <b>${count(rides)} rides</b> that ${other}: their fare ${counts}, which it is not.</p>`,
  );
}

function notice(content: Markup): Markup {
  return html`<div class="notice">${content}</div>
`;
}
