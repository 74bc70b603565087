/**
 * How the page looks. Blue is better off and orange worse, which every kind of colour vision tells apart; figures are as
 * wide as each other; dark where the reader's system is, and black on white in print.
 */
export const STYLE = `:root {
  color-scheme: light dark;
  --paper: #ffffff; --raised: #f6f7f9; --ink: #1a1f26; --soft: #56606c; --line: #dfe3e8;
  --better: #1e6bb0; --worse: #b34a0f; --equal: #c3c9d0; --old: #a7b0ba; --new: #2c3642;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #12161b; --raised: #191e25; --ink: #e7eaee; --soft: #9da7b3; --line: #2c343d;
    --better: #68aeec; --worse: #f0955c; --equal: #4a545f; --old: #5d6874; --new: #d3dae2;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0 auto; padding: 3rem 1.5rem 4rem; max-width: 74rem; background: var(--paper); color: var(--ink);
  font: 1rem/1.5 system-ui, 'Segoe UI', Roboto, 'Helvetica Neue', 'Noto Sans', sans-serif;
  font-variant-numeric: tabular-nums lining-nums; text-rendering: optimizeLegibility;
}
h1 { margin: .25rem 0 .75rem; max-width: 26ch; font-size: clamp(1.75rem, 4.5vw, 2.75rem); line-height: 1.12; letter-spacing: -.02em; font-weight: 650; }
h2 { margin: 3.5rem 0 .25rem; font-size: 1.35rem; letter-spacing: -.01em; }
h3 { margin: 2rem 0 .5rem; font-size: 1rem; }
p { margin: .25rem 0 .75rem; max-width: 46rem; }
a { color: inherit; }
.soft, .kicker, caption, .tick, .about dt { color: var(--soft); }
.kicker { margin: 0; font-size: .8125rem; letter-spacing: .06em; text-transform: uppercase; }
b.better, .number.better { color: var(--better); } b.worse, .number.worse { color: var(--worse); }
nav ul { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; margin: 1.5rem 0 0; padding: .6rem 0; list-style: none; border-block: 1px solid var(--line); font-size: .9375rem; }
nav a { text-decoration: none; } nav a:hover { text-decoration: underline; }
:focus-visible { outline: 2px solid var(--better); outline-offset: 2px; }
.sides { display: grid; grid-template-columns: auto 1fr; gap: .1rem 1rem; margin: 1rem 0 0; }
.sides dt { color: var(--soft); } .sides dd { margin: 0; overflow-wrap: anywhere; }
.tiles { display: flex; flex-wrap: wrap; margin: 2rem 0 1.5rem; border: 1px solid var(--line); border-radius: .5rem; overflow: hidden; }
.tile { flex: 1 1 11rem; margin: 0 -1px -1px 0; padding: 1rem 1.25rem 1.1rem; border: solid var(--line); border-width: 0 1px 1px 0; }
.tile p { margin: 0; font-size: .875rem; color: var(--soft); }
.tile strong { display: block; margin: .15rem 0; font-size: 1.6rem; line-height: 1.2; font-weight: 600; letter-spacing: -.015em; }
.notice { margin: 1.5rem 0; padding: .9rem 1.25rem; background: var(--raised); border-left: 4px solid var(--worse); border-radius: 0 .5rem .5rem 0; }
.notice p { margin: 0; max-width: none; } .notice ul { margin: .5rem 0 0; padding-left: 1.1rem; font-size: .875rem; overflow-wrap: anywhere; }
.chart { margin: 1rem 0 .5rem; overflow-x: auto; }
.chart svg { display: block; width: 100%; min-width: 36rem; height: auto; font-size: 13px; font-variant-numeric: tabular-nums; }
svg text { fill: var(--ink); } svg .tick { fill: var(--soft); font-size: 12px; }
svg .grid { stroke: var(--line); } svg .zero { stroke: var(--soft); }
svg .better { fill: var(--better); } svg .worse { fill: var(--worse); } svg .equal { fill: var(--equal); }
svg .old { fill: var(--old); } svg .new { fill: var(--new); }
.key { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; margin: .5rem 0 0; padding: 0; list-style: none; font-size: .875rem; color: var(--soft); }
.key li::before { content: ''; display: inline-block; width: .75rem; height: .75rem; margin-right: .45rem; border-radius: 2px; vertical-align: -.06rem; background: var(--swatch); }
.key .better { --swatch: var(--better); } .key .worse { --swatch: var(--worse); } .key .equal { --swatch: var(--equal); } .key .old { --swatch: var(--old); } .key .new { --swatch: var(--new); }
.table { margin: 1rem 0; max-height: 34rem; overflow: auto; border: 1px solid var(--line); border-radius: .5rem; }
table { width: 100%; border-collapse: collapse; font-size: .875rem; line-height: 1.35; }
caption { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
th, td { padding: .42rem .6rem; text-align: left; border-bottom: 1px solid var(--line); }
tbody tr:last-child > * { border-bottom: 0; } tbody tr:hover > * { background: var(--raised); }
thead th { position: sticky; top: 0; z-index: 1; background: var(--raised); font-weight: 600; vertical-align: bottom; }
td { white-space: nowrap; } .number { text-align: right; }
th.number { min-width: 4.5rem; }
thead button { all: unset; cursor: pointer; } thead button::before { content: '\\2195'; margin-left: .3em; opacity: .35; }
thead button::after { content: ''; position: absolute; inset: 0; } thead button:focus-visible::after { outline: 2px solid var(--better); outline-offset: -2px; }
thead [aria-sort='ascending'] button::before { content: '\\2191'; opacity: 1; } thead [aria-sort='descending'] button::before { content: '\\2193'; opacity: 1; }
details { border-bottom: 1px solid var(--line); } details:first-of-type { border-top: 1px solid var(--line); }
summary { display: grid; grid-template-columns: minmax(0, 1fr) 6rem 14rem 7rem; gap: .25rem 1rem; text-align: right; padding: .55rem .25rem; cursor: pointer; }
summary:hover { background: var(--raised); } summary > * { overflow-wrap: anywhere; } summary > :first-child { text-align: left; }
summary > :first-child::before { content: '\\25B8'; display: inline-block; width: 1.1em; color: var(--soft); } details[open] > summary > :first-child::before { content: '\\25BE'; }
.taps { margin: 0 0 1.25rem; padding: 0 0 0 1.35rem; list-style: none; font-size: .875rem; }
.taps > li { padding: .6rem 0; border-top: 1px solid var(--line); }
.taps ol { margin: .15rem 0 0; padding-left: 1.1rem; color: var(--soft); }
.both { display: grid; grid-template-columns: repeat(auto-fit, minmax(20rem, 1fr)); gap: .5rem 2rem; margin-top: .35rem; } .both > div { overflow-wrap: anywhere; }
.about { display: grid; grid-template-columns: minmax(9rem, auto) 1fr; gap: .35rem 1.5rem; font-size: .9375rem; } .about dd { margin: 0; max-width: 52rem; }
@media (max-width: 40rem) {
  body { padding: 1.5rem 1rem 3rem; } .about { grid-template-columns: 1fr; } .about dd { margin-bottom: .5rem; }
  summary { grid-template-columns: auto 1fr auto; } summary > :first-child { grid-column: 1 / -1; } .tile { flex-basis: 9rem; padding: .75rem 1rem; } .tile strong { font-size: 1.3rem; }
}
@media print {
  :root { --paper: #fff; --raised: #fff; --ink: #000; --soft: #444; --line: #ccc; --better: #1e6bb0; --worse: #b34a0f; --equal: #c3c9d0; --old: #a7b0ba; --new: #2c3642; }
  @page { size: A4; margin: 15mm; }
  body { padding: 0; max-width: none; font-size: 9.5pt; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  nav, thead button { display: none; }
  h2 { margin-top: 1.6rem; } h2, h3, summary, .key, section > p { break-after: avoid; } .chart, .tiles, tr, summary, .notice { break-inside: avoid; }
  .chart, .table { overflow: visible; max-height: none; } .chart svg { min-width: 0; } .table { border: 0; }
  thead { display: table-header-group; break-inside: avoid; } thead th { position: static; } th, td { padding: .2rem .4rem; font-size: 8pt; } table { font-size: 8pt; }
}`;
