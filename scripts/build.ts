/**
 * Bundles `tura` into dist/tura.js: one start-up file, the rest in chunks that are loaded when a command asks for them.
 * Native packages stay outside: their binaries belong to the machine.
 */
import { createHash } from 'node:crypto';
import { chmodSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

process.chdir(new URL('..', import.meta.url).pathname);
rmSync('dist', { recursive: true, force: true });

const { metafile } = await build({
  entryPoints: { tura: 'src/cli/main.ts', 'pcsc-host': 'src/onboard/reader/pcsc/host.ts' },
  outdir: 'dist',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  minifySyntax: true,
  minifyWhitespace: true,
  metafile: true,
  external: ['better-sqlite3', 'serialport', 'nfc-pcsc'],
  define: { TURA_BUILD: JSON.stringify(nameOfSource()) },
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

/** The same source gives the same name: what one build keeps in a state folder, another must not take for its own. */
function nameOfSource(): string {
  const files = readdirSync('src', { recursive: true, withFileTypes: true, encoding: 'utf8' })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name));
  const hash = createHash('sha256');
  for (const file of [...files.sort(), 'package-lock.json'])
    hash.update(`${file}\0`).update(readFileSync(file));
  return hash.digest('hex').slice(0, 16);
}
