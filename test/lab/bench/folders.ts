/** Tariff folders of a test: a city, and scenarios beside it. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { runBench } from '../../../src/lab/bench/run-bench.ts';
import { nodeCrypto } from '../../../src/wire/node-crypto.ts';
import { cityFiles } from '../../core/fare/city.ts';
import { withFolder } from '../../temporary.ts';

type Files = Readonly<Record<string, string>>;

/** Gives `use` a folder with these files, by their paths in it. */
export function withFiles<T>(files: Files, use: (folder: string) => T): T {
  return withFolder(folder => {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    return use(folder);
  });
}

/** The city in `folder`, with these scenarios, and with words of its settings changed. */
export function cityIn(folder: string, scenarios: Files, edits?: Parameters<typeof cityFiles>[1]): Files {
  const tariff = Object.entries(cityFiles('', edits)).map(([name, text]) => [`${folder}/${name}`, text]);
  const beside = Object.entries(scenarios).map(([name, text]) => [`${folder}/scenarios/${name}`, text]);
  return Object.fromEntries([...tariff, ...beside]);
}

/** A ride by bus, which costs a euro. */
export const ride = (title: string, pay: string, more = ''): string =>
  `scenario: ${title}\n${more}steps: [{ at: 2026-03-02 08:00, network: bus, pay: ${pay} }]\n`;

/** So long takes a look at it. */
export const TICK_MS = 250;

export function run(suites: Parameters<typeof runBench>[0], filter?: string): ReturnType<typeof runBench> {
  let now = 0;
  const clock = () => {
    now += TICK_MS;
    return now;
  };
  return runBench(suites, { crypto: nodeCrypto, clock, filter });
}
