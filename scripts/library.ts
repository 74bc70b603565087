/** Makes `tura/fare`, the fare engine as a library: one file for browsers and Node alike, and its types. */
import { execFileSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BuildOptions, build } from 'esbuild';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** For a browser: whatever asks for a module of Node's does not build. */
export const LIBRARY = {
  absWorkingDir: ROOT,
  entryPoints: ['src/fare.ts'],
  bundle: true,
  format: 'esm',
  platform: 'browser',
  target: 'es2023',
  minify: true,
  logLevel: 'warning',
} as const satisfies BuildOptions;

export async function library(folder: string): Promise<void> {
  await build({ ...LIBRARY, outfile: join(folder, 'fare.js') });
  declare(join(ROOT, folder, 'types'));
}

/** The declarations of the source itself. They keep its doc comments: units, errors, where each rule comes from. */
function declare(outDir: string): void {
  rmSync(outDir, { recursive: true, force: true });
  const project = join(ROOT, 'dist', 'library.tsconfig.json');
  const compilerOptions = {
    ...{ noEmit: false, declaration: true, emitDeclarationOnly: true, rewriteRelativeImportExtensions: true },
    ...{ outDir, rootDir: join(ROOT, 'src') },
  };
  const settings = {
    extends: join(ROOT, 'tsconfig.json'),
    compilerOptions,
    files: [join(ROOT, 'src/fare.ts')],
    include: [],
  };
  writeFileSync(project, JSON.stringify(settings));
  const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');
  execFileSync(process.execPath, [tsc, '-p', project], { stdio: 'inherit' });
  rmSync(project);
}
