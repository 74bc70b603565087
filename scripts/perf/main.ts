/**
 * `npm run perf`: every figure against its peer, measured in one run.
 *
 *   npm run perf                    a table for people
 *   npm run perf -- tap             one of them
 *   npm run -s perf -- --json       one line a figure: {figure, value, unit, goal, peer, ratio, met}
 */
import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { build } from 'esbuild';
import { TuraError } from '../../src/core/error.ts';
import { expectedOneOf } from '../../src/core/suggest.ts';
import { BUNDLE } from '../bundle.ts';
import type { Figure } from './figure.ts';

interface Bench {
  figures(): Promise<readonly Figure[]>;
}

const BENCHES: Readonly<Record<string, () => Promise<Bench>>> = {
  tap: () => bundled('tap'),
  itineraries: () => bundled('itineraries'),
  rate: () => bundled('rate'),
  engines: () => bundled('engines'),
  settle: () => bundled('settle'),
  compare: () => bundled('compare', { 'share-process': 'src/lab/compare/share-process.ts' }),
  search: () => bundled('search'),
  position: () => bundled('position'),
  start: () => import('./start.ts'),
  import: () => import('./import.ts'),
};

const words = process.argv.slice(2);
const json = words.includes('--json');
const asked = words.filter(word => !word.startsWith('--'));
for (const name of asked) {
  if (name in BENCHES) continue;
  throw new TuraError('bad-usage', `no bench '${name}'`, {
    expected: expectedOneOf(name, Object.keys(BENCHES)),
  });
}

for (const [name, load] of Object.entries(BENCHES)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  if (!json) process.stderr.write(`${name} ...\n`);
  const { figures } = await load();
  for (const figure of await figures())
    process.stdout.write(`${json ? JSON.stringify(figure) : row(figure)}\n`);
}

/**
 * A bench of what runs inside a process is measured as people run it: from a bundle as deep below the root as here, in a
 * process of its own without the loader that runs this source. `beside`: what it starts itself, by name.
 */
async function bundled(name: string, beside: Readonly<Record<string, string>> = {}): Promise<Bench> {
  const root = new URL('../..', import.meta.url).pathname;
  await build({
    ...BUNDLE,
    absWorkingDir: root,
    external: [...BUNDLE.external, '@gorules/zen-engine'],
    entryPoints: { [name]: `scripts/perf/${name}.ts`, ...beside },
    outdir: 'dist/perf',
  });
  const program = `import { figures } from ${JSON.stringify(`${root}dist/perf/${name}.js`)}; console.log(JSON.stringify(await figures()));`;
  return {
    figures: async () => {
      const child = spawn(process.execPath, ['--input-type=module', '--eval', program], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      const said = await text(child.stdout);
      const lines = said.trimEnd().split('\n');
      const figures = lines.pop();
      // What a bench says beside its figures: that it was skipped.
      for (const line of lines) process.stderr.write(`${line}\n`);
      if (figures === undefined || !figures.startsWith('['))
        throw new Error(`the bench ${name} gave no figures`);
      return JSON.parse(figures) as Figure[];
    },
  };
}

function row({ figure, value, unit, goal, peer, ratio, met }: Figure): string {
  const numbers = `${value.toFixed(1).padStart(9)} ${unit.padEnd(3)} ${ratio.toFixed(2).padStart(6)} x`;
  return `${met ? 'met   ' : 'MISSED'} ${figure.padEnd(38)} ${numbers}  (${goal}; ${peer})`;
}
