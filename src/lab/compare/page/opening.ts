/** What is read first: the outcome in a sentence, the few numbers that matter, and what they do not cover. */
import { formatProblem, type Problem } from '../../../core/error.ts';
import { formatDate } from '../../../core/time.ts';
import type { Comparison, Named, Verdict } from '../comparison.ts';
import { changeShare, count, counted, type Figures, percent } from '../figures.ts';
import { type Both, differenceOf } from '../sides.ts';
import { othersPay, shareOf } from '../tables.ts';
import { html, type Markup } from './markup.ts';

export function opening(comparison: Comparison, figures: Figures): Markup {
  const { sides, file, counts, days } = comparison;
  const period = days === undefined ? '' : `, ${formatDate(days[0])} to ${formatDate(days[1])}`;
  return html`<p class="kicker">Two tariffs over the same taps</p>
<h1>${headline(comparison, figures)}</h1>
<dl class="sides">
<dt>Old</dt><dd>${sideName(sides[0])}</dd>
<dt>New</dt><dd>${sideName(sides[1])}</dd>
<dt>Taps</dt><dd>${file} <span class="soft">${counted(counts.taps, 'tap')} of ${counted(counts.cards, 'card')}${period}</span></dd>
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
function notices({ counts, problems, later }: Comparison): Markup {
  const { leftOut, repeats, takenBack, declined } = counts;
  const lines = leftOut === 1 ? '1 line is' : `${count(leftOut)} lines are`;
  const [wrong, doubtful] = [problems.filter(isError), problems.filter(problem => !isError(problem))];
  return html`${notice(leftOut, html`<b>${lines} left out</b> of every number here.`, list(wrong))}
${notice(doubtful.length, html`<b>The file is not as it should be</b>, though every number counts what it holds.`, list(doubtful))}
${notice(declined[1], html`The new tariff declines <b>${count(declined[1])} rides</b> that the old one accepts: their fare counts as a saving, which it is not.`)}
${notice(declined[0], html`The new tariff accepts <b>${count(declined[0])} rides</b> that the old one declines: their fare counts as a burden, which it is not.`)}
${notice(repeats, html`<b>${count(repeats)} taps</b> came twice and were rated once.`)}
${notice(takenBack, html`<b>${count(takenBack)} rides</b> were taken back by their drivers: they are in no number here.`)}
${later === undefined ? undefined : notice(1, html`The new tariff has a version of ${formatDate(later)}, which rates none of these taps: --new-as-of ${formatDate(later)} does.`)}`;
}

/** Nothing where there is nothing of it. */
function notice(number: number, said: Markup, more?: Markup): Markup | undefined {
  return number === 0 ? undefined : html`<div class="notice"><p>${said}</p>${more}</div>`;
}

function isError({ severity }: Problem): boolean {
  return severity !== 'warning';
}

function list(problems: readonly Problem[]): Markup {
  const shown = problems.slice(0, PROBLEMS_SHOWN).map(problem => html`<li>${formatProblem(problem)}</li>`);
  return html`<ul>${shown}</ul>`;
}
