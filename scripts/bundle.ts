/**
 * Bundles `tura`: one start-up file, the rest in chunks that are loaded when a command asks for them. Native packages
 * stay outside: their binaries belong to the machine.
 */
import { createHash } from 'node:crypto';
import { chmodSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BuildOptions, build } from 'esbuild';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** What every bundle has: the program's, and those of the benches that measure what people run. */
export const BUNDLE = {
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  minifySyntax: true,
  minifyWhitespace: true,
  external: ['better-sqlite3', 'serialport', 'nfc-pcsc', 'zxing-wasm'],
  // CommonJS packages inside an ESM bundle still ask for Node's own modules by require.
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
  },
  logLevel: 'warning',
} as const satisfies BuildOptions;

export interface Bundled {
  /** The start-up file. */
  readonly program: string;
  readonly chunks: number;
  readonly bytes: number;
}

/** `folder` is one or two levels below the repository's own, where the bundle finds fixtures and packages; it is emptied. */
export async function bundle(folder: string): Promise<Bundled> {
  rmSync(join(ROOT, folder), { recursive: true, force: true });
  const { metafile } = await build({
    ...BUNDLE,
    absWorkingDir: ROOT,
    entryPoints: {
      tura: 'src/cli/main.ts',
      'pcsc-host': 'src/onboard/reader/pcsc/host.ts',
      'disk-probe': 'src/onboard/doctor/node/disk-probe.ts',
    },
    outdir: folder,
    splitting: true,
    metafile: true,
    define: { TURA_BUILD: JSON.stringify(nameOfSource()) },
  });
  const program = join(ROOT, folder, 'tura.js');
  chmodSync(program, 0o755);
  const outputs = Object.values(metafile.outputs);
  return { program, chunks: outputs.length - 1, bytes: outputs.reduce((sum, { bytes }) => sum + bytes, 0) };
}

/** The same source gives the same name: what one build keeps in a state folder, another must not take for its own. */
function nameOfSource(): string {
  const files = readdirSync(join(ROOT, 'src'), { recursive: true, withFileTypes: true, encoding: 'utf8' })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name));
  const hash = createHash('sha256');
  for (const file of [...files.sort(), join(ROOT, 'package-lock.json')])
    hash.update(readFileSync(file)).update('\0');
  return hash.digest('hex').slice(0, 16);
}
