/** The page of a comparison, as text. What a browser makes of it is proven in `test/real`. */
import { createHash } from 'node:crypto';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { Figures } from '../../../src/lab/compare/figures.ts';
import { html, Markup } from '../../../src/lab/compare/page/markup.ts';
import { pageOf } from '../../../src/lab/compare/page/page.ts';
import { nodeCrypto } from '../../../src/wire/node-crypto.ts';
import { compareTaps, row, TYUMEN, TYUMEN_CHANGED, table } from './bench.ts';

const SPITEFUL = '<img src=x onerror=alert(1)>"\'&';

const rows = [
  row({ at: '2026-03-02 07:30', card: SPITEFUL.replaceAll('"', ''), route: '<b>25</b>', stop: 'a&b' }),
  row({ at: '2026-03-02 08:30', card: 'vera', category: 'pupil', route: 'tram-1' }),
  row({ at: 'noon', card: 'boris', route: '</ul><script>' }),
];
const comparison = await compareTaps(table(rows), TYUMEN, TYUMEN_CHANGED);
const page = pageOf(comparison, nodeCrypto);

test('whatever the taps are called is shown and never run', () => {
  assert.not.match(page, '<img');
  assert.not.match(page, '<b>25</b>');
  assert.match(page, '&lt;b&gt;25&lt;/b&gt;');
  assert.match(page, '&lt;img src=x onerror=alert(1)&gt;&#39;&amp;');
  assert.is(page.match(/<script/g)?.length, 1);
});

test('its policy lets nothing run but its own style and script', () => {
  const hash = (element: string) => {
    const text = new RegExp(`<${element}>([^]*?)</${element}>`).exec(page)?.[1] ?? '';
    return `'sha256-${createHash('sha256').update(text).digest('base64')}'`.replaceAll("'", '&#39;');
  };
  assert.match(page, `style-src ${hash('style')}; script-src ${hash('script')}`);
  assert.match(page, 'default-src &#39;none&#39;');
  assert.not.match(page, /<[^>]* (style|on[a-z]+)=|https?:/);
});

test('it says first what the change comes to, and what is left out', () => {
  assert.match(page, '<h1>Riders pay 1.70 RUB less</h1>');
  assert.match(page, '<b>1 line is left out</b>');
  assert.match(page, /:4:1: &#39;noon&#39; is no moment/);
});

test('a warning is no line that is left out', async () => {
  const text = 'at,card,driver\n2026-03-02 07:30,anna,ivan\n';
  const warned = pageOf(await compareTaps(text, TYUMEN, TYUMEN), nodeCrypto);
  assert.match(warned, /<b>The file is not as it should be<\/b>.*:1:9: .*driver/s);
  assert.not.match(warned, 'left out</b>');
});

test('the same comparison is the same page', () => {
  assert.is(pageOf(comparison, nodeCrypto), page);
});

test('a comparison without a tap is a page all the same', async () => {
  const empty = pageOf(await compareTaps(table([]), TYUMEN, TYUMEN), nodeCrypto);
  assert.match(empty, '<h1>Riders pay the same in all</h1>');
  assert.not.match(empty.replace(/<script>.*/s, ''), /NaN|undefined|Infinity/);
});

test('markup is put into markup as it is, and text is escaped', () => {
  const inner = html`<i>${'<&>'}</i>`;
  assert.is(html`<p>${[inner, ' and ', 3]}${undefined}</p>`.text, '<p><i>&lt;&amp;&gt;</i> and 3</p>');
  assert.is(html`${new Markup('<br>')}`.text, '<br>');
});

const FIGURES: readonly [currency: string, minor: number, amount: string, change: string][] = [
  ['RUB', 0, '0.00', '0.00'],
  ['RUB', 99_999, '999.99', '+999.99'],
  ['RUB', -123_456_789, '\u22121,234,567.89', '\u22121,234,567.89'],
  ['JPY', 1_234_567, '1,234,567', '+1,234,567'],
  ['KWD', -1_000_500, '\u22121,000.500', '\u22121,000.500'],
];

for (const [currency, minor, amount, change] of FIGURES) {
  test(`${minor} minor units of ${currency} read ${amount}`, () => {
    const figures = new Figures(currency);
    assert.equal([figures.amount(minor), figures.change(minor)], [amount, change]);
  });
}

test.run();
