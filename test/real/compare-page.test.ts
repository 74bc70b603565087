/** The page of a comparison in a browser: it sorts, asks nobody for anything, and is there for every reader. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { AxeResults } from 'axe-core';
import { type Browser, chromium, type Page } from 'playwright-core';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { pageOf } from '../../src/lab/compare/page/page.ts';
import { nodeCrypto } from '../../src/wire/node-crypto.ts';
import { compareTaps, row, TYUMEN, TYUMEN_CHANGED, table } from '../lab/compare/bench.ts';
import { needs } from './needs.ts';

const CHROMIUM = '/usr/bin/chromium';
const FLAGS = [
  ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
  ...['--disable-component-update', '--disable-sync'],
];

const withChromium = needs({ file: CHROMIUM, install: 'apt install chromium' });

const ROWS = Array.from({ length: 60 }, (_, index) =>
  row({
    at: `2026-03-${String(2 + (index % 20)).padStart(2, '0')} ${7 + (index % 12)}:${10 + (index % 50)}`,
    card: `card-${index % 23}`,
    route: `bus-${index % 7}`,
    stop: `stop-${index % 11}`,
    category: ['general', 'pupil', 'student', 'pensioner'][index % 4] ?? '',
  }),
);

/** One browser and one report for all: each test looks at it on a page of its own. */
interface Bench {
  readonly browser: Browser;
  readonly url: string;
}

const folder = mkdtempSync(join(tmpdir(), 'tura-page-'));
let bench: Bench | undefined;

async function opened(): Promise<Bench> {
  if (bench !== undefined) return bench;
  const taps = table([...ROWS, row({ at: 'noon', card: 'x' })]);
  const file = join(folder, 'report.html');
  writeFileSync(file, pageOf(await compareTaps(taps, TYUMEN, TYUMEN_CHANGED), nodeCrypto));
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
  bench = { browser, url: pathToFileURL(file).href };
  return bench;
}

test.after(async () => {
  await bench?.browser.close();
  rmSync(folder, { recursive: true, force: true });
});

interface Shown {
  readonly page: Page;
  /** What it said on its console, and whom it asked for something. */
  readonly heard: () => readonly string[];
}

async function show(scheme: 'light' | 'dark', use: (shown: Shown) => Promise<void>): Promise<void> {
  const { browser, url } = await opened();
  const page = await browser.newPage({ colorScheme: scheme });
  const heard: string[] = [];
  page.on('console', message => heard.push(message.text()));
  page.on('pageerror', error => heard.push(error.message));
  page.on('request', request => heard.push(request.url()));
  await page.goto(url);
  await use({ page, heard: () => heard.filter(said => said !== url && !said.startsWith('data:')) });
  await page.close();
}

withChromium('the page asks nobody for anything and runs without an error', () =>
  show('light', async ({ page, heard }) => {
    await page.getByRole('button', { name: 'Sort by Taps' }).click();
    assert.equal(heard(), []);
    assert.match(await page.locator('h1').innerText(), /^Riders pay [\d.,]+ RUB (more|less)$/);
  }),
);

withChromium('a click on a title sorts by it, the most first, and another turns it round', () =>
  show('light', async ({ page }) => {
    const lines = page.locator('#line table');
    const riders = () => lines.locator('tbody td:nth-child(2)').allInnerTexts();
    const head = lines.locator('thead th:nth-child(2)');
    const title = head.getByRole('button', { name: 'Sort by Riders' });
    await title.click();
    const most = (await riders()).map(Number);
    assert.equal(
      most,
      [...most].sort((a, b) => b - a),
    );
    assert.is(await head.getAttribute('aria-sort'), 'descending');
    await title.click();
    assert.equal((await riders()).map(Number), most.reverse());
    assert.is(await head.getAttribute('aria-sort'), 'ascending');
    assert.is(await lines.locator('[aria-sort]').count(), 1);
  }),
);

for (const scheme of ['light', 'dark'] as const) {
  withChromium(`it is there for every reader, ${scheme}`, () =>
    show(scheme, async ({ page }) => {
      await page.locator('#winners summary').first().click();
      // Through the debugger: the page's own policy lets no other script in.
      await page.evaluate(
        readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8'),
      );
      const { violations } = await page.evaluate<AxeResults>('axe.run()');
      const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
      assert.equal(
        serious.map(({ id, nodes }) => [id, nodes[0]?.html]),
        [],
      );
    }),
  );
}

withChromium('it fits a telephone, and prints', () =>
  show('light', async ({ page }) => {
    await page.setViewportSize({ width: 390, height: 844 });
    assert.is(await page.evaluate('document.documentElement.scrollWidth'), 390);
    const printed = await page.pdf({ preferCSSPageSize: true });
    assert.is(printed.subarray(0, 5).toString(), '%PDF-');
  }),
);

test.run();
