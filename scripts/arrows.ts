/**
 * The dependency-direction check. dependency-cruiser passes when it reads nothing at all, so two things are asserted
 * first: that it read the source, and that it finds violations planted for it.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { cruise, type ICruiseOptions, type ICruiseResult } from 'dependency-cruiser';

const root = fileURLToPath(new URL('..', import.meta.url));
process.chdir(root);
const configuration = createRequire(import.meta.url)('../.dependency-cruiser.cjs');

/** What is planted, and the rule that must find it. */
const PLANTED = [
  { file: 'src/core/planted-upward.ts', text: "import '../wire/malformed.ts';\n", rule: 'core-stays-below' },
  { file: 'src/core/planted-node.ts', text: "import 'node:fs';\n", rule: 'core-is-pure' },
  {
    file: 'src/onboard/planted-across.ts',
    text: "import '../backoffice/planted-end.ts';\n",
    rule: 'onboard-stays-below',
  },
  { file: 'src/backoffice/planted-end.ts', text: 'export {};\n', rule: undefined },
] as const;

const planted = await withPlanted(read);
const missed = PLANTED.filter(({ file, rule }) => rule !== undefined && !finds(planted, file, rule));
const clean = await read();
const violations = clean.summary.violations.map(({ rule, from, to }) => `  ${rule.name}: ${from} -> ${to}`);

if (clean.modules.length < 20) fail(`only ${clean.modules.length} modules were read`);
if (missed.length > 0) fail(`planted and not found: ${missed.map(({ rule }) => rule).join(', ')}`);
if (violations.length > 0) fail(`${violations.length} forbidden imports\n${violations.join('\n')}`);
process.stdout.write(`arrows: ${clean.modules.length} modules, none points the wrong way\n`);

async function read(): Promise<ICruiseResult> {
  const options: ICruiseOptions = {
    ...configuration.options,
    ruleSet: { forbidden: configuration.forbidden },
    validate: true,
  };
  const { output } = await cruise(['src'], options, undefined, {});
  if (typeof output === 'string') throw new Error(output);
  return output;
}

async function withPlanted<T>(work: () => Promise<T>): Promise<T> {
  try {
    for (const { file, text } of PLANTED) {
      mkdirSync(file.slice(0, file.lastIndexOf('/')), { recursive: true });
      writeFileSync(file, text);
    }
    return await work();
  } finally {
    for (const { file } of PLANTED) rmSync(file, { force: true });
  }
}

function finds(result: ICruiseResult, file: string, rule: string): boolean {
  return result.summary.violations.some(violation => violation.from === file && violation.rule.name === rule);
}

function fail(why: string): never {
  process.stderr.write(`arrows: ${why}\n`);
  process.exit(1);
}
