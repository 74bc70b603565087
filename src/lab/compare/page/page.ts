/**
 * A comparison as one page that stands alone: it asks nothing of any server, reads without a script, and says by its own
 * policy that nothing but its one style and its one script may run.
 */
import type { Crypto } from '../../../core/crypto.ts';
import type { Comparison } from '../comparison.ts';
import { Figures } from '../figures.ts';
import { html, Markup } from './markup.ts';
import { headline, opening } from './opening.ts';
import { SECTIONS, sections } from './sections.ts';
import { SORT } from './sort.ts';
import { STYLE } from './style.ts';

/** The same comparison gives the same bytes. */
export function pageOf(comparison: Comparison, crypto: Crypto): string {
  const figures = new Figures(comparison.currency);
  const policy = `default-src 'none'; img-src data:; style-src ${hashOf(STYLE, crypto)}; script-src ${hashOf(SORT, crypto)}; base-uri 'none'; form-action 'none'`;
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${headline(comparison, figures)}</title>
<link rel="icon" href="data:,">
<style>${new Markup(STYLE)}</style>
</head>
<body>
<header>
${opening(comparison, figures)}
<nav aria-label="On this page"><ul>${SECTIONS.map(({ id, title }) => html`<li><a href="#${id}">${title}</a></li>`)}</ul></nav>
</header>
<main>
${sections(comparison, figures)}
</main>
<script>${new Markup(SORT)}</script>
</body>
</html>
`;
  return page.text;
}

function hashOf(text: string, crypto: Crypto): string {
  const bytes = crypto.sha256(new TextEncoder().encode(text));
  return `'sha256-${btoa(String.fromCharCode(...bytes))}'`;
}
