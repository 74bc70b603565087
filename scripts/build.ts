/**
 * Bundles `tura` into dist/tura.js: one start-up file, the rest in chunks that are loaded when a command asks for them.
 * Native packages stay outside: their binaries belong to the machine.
 */
import { chmodSync, rmSync } from 'node:fs';
import { build } from 'esbuild';

process.chdir(new URL('..', import.meta.url).pathname);
rmSync('dist', { recursive: true, force: true });

const { metafile } = await build({
  entryPoints: { tura: 'src/cli/main.ts' },
  outdir: 'dist',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  minifySyntax: true,
  minifyWhitespace: true,
  keepNames: true,
  metafile: true,
  external: ['better-sqlite3', 'serialport', 'nfc-pcsc'],
  // CommonJS packages inside an ESM bundle still ask for Node's own modules by require.
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
  },
  logLevel: 'warning',
});

chmodSync('dist/tura.js', 0o755);
const bytes = Object.values(metafile.outputs).reduce((sum, output) => sum + output.bytes, 0);
process.stdout.write(
  `dist/tura.js and ${Object.keys(metafile.outputs).length - 1} chunks, ${Math.round(bytes / 1024)} kB\n`,
);
