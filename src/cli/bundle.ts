/** What the commands of every list have in common: the keys its numbers become tokens with, and a bundle looked through. */
import type { Command } from 'commander';
import { type Base, readBase } from '../backoffice/lists/build.ts';
import { type Terms, termsFrom } from '../backoffice/lists/terms.ts';
import { writeBundle } from '../backoffice/lists/write-bundle.ts';
import type { KeyRing } from '../core/card/token-key.ts';
import type { Tokeniser } from '../core/list/subject-text.ts';
import { REALMS, type Realm } from '../core/tap.ts';
import { type EpochMs, epoch } from '../core/time.ts';
import { readKeyFiles } from '../onboard/key-files.ts';
import type { Applied, ApplyOptions } from '../onboard/list/apply.ts';
import type { AppliedList } from '../onboard/list/snapshot.ts';
import { bundleFile } from '../wire/list/bundle-file.ts';
import type { WireEnvelope } from '../wire/list/envelope.ts';
import { type BundleSource, verifyBundle } from '../wire/list/read-bundle.ts';
import { nodeCrypto } from '../wire/node-crypto.ts';
import { choice, count } from './arguments.ts';
import { createOutput, type Output } from './output.ts';

export const KEY = ['--key <files...>', 'the token key, and the one that rotates out'] as const;

export function keyRing(files: readonly string[] | undefined): KeyRing | undefined {
  return files === undefined ? undefined : readKeyFiles(files);
}

export function tokeniserOf(ring: KeyRing | undefined): Tokeniser | undefined {
  return ring === undefined ? undefined : { keys: ring.keys, crypto: nodeCrypto };
}

export interface BuildOptions {
  readonly out: string;
  readonly version: number;
  readonly base?: string;
  readonly key?: readonly string[];
  readonly realm: Realm;
  readonly json?: boolean;
}

/** `build`, under the command of any list; what only this list asks for, its help and its action are added to it. */
export function describeBuild(command: Command): Command {
  return command
    .command('build')
    .description('make a bundle from a plain CSV file')
    .argument('<plain>', 'the list as people write it')
    .requiredOption('--out <bundle>', 'the bundle to write')
    .option('--version <n>', 'must rise with every bundle', count, 1)
    .option('--base <bundle>', 'write only what changed since this bundle')
    .option(...KEY)
    .option('--realm <realm>', 'where no key says it', choice(REALMS), 'test')
    .option('--json', 'one JSON object on stdout');
}

type Make = (tokeniser: Tokeniser | undefined, terms: Terms, base: Base | undefined) => Uint8Array;

export async function build(listId: string, options: BuildOptions, make: Make): Promise<void> {
  const ring = keyRing(options.key);
  const base = options.base === undefined ? undefined : await readBase(bundleFile(options.base));
  const { version } = options;
  const realm = ring?.realm ?? options.realm;
  const terms = termsFrom(epoch(Date.now()), { listId, issuer: 'tura', realm, version });
  writeBundle(options.out, make(tokeniserOf(ring), terms, base));
  await tellBuilt(options.out, createOutput(options.json === true));
}

/** What was built is read once more, and told. */
async function tellBuilt(bundle: string, output: Output): Promise<void> {
  const envelope = await verifyBundle(bundleFile(bundle));
  output.say(`${bundle}: ${envelopeText(envelope)}`);
  output.emit({ bundle, ...envelope });
}

type Apply = (source: BundleSource, file: string, options: ApplyOptions) => Promise<Applied>;

/** `apply`, under the command `name` of any list. */
export function describeApply(command: Command, name: string, what: string, put: Apply): void {
  command
    .command('apply')
    .description('put a bundle in force: all or nothing, the version must rise')
    .argument('<bundle>')
    .requiredOption('--db <file>', `the vehicle's ${what}`)
    .option('--json', 'one JSON object on stdout')
    .addHelpText('after', `\nExample:\n  tura ${name} apply list.cbor --db list.db`)
    .action(async (bundle: string, options: { readonly db: string; readonly json?: boolean }) => {
      const output = createOutput(options.json === true);
      tellApplied(await put(bundleFile(bundle), options.db, { atMs: epoch(Date.now()) }), output);
    });
}

function tellApplied(applied: Applied, output: Output): void {
  const what = applied.outcome === 'already' ? 'stands already' : 'is in force';
  output.say(`version ${applied.envelope.version} ${what}: ${applied.entries} entries, ${applied.freshness}`);
  output.emit(applied);
}

/** `verify`, under the command of any list. */
export function describeVerify(command: Command, name: string): void {
  command
    .command('verify')
    .description('read a whole bundle and check its count and hash')
    .argument('<bundle>')
    .option('--json', 'one JSON object on stdout')
    .addHelpText('after', `\nExample:\n  tura ${name} verify list.cbor`)
    .action(verify);
}

async function verify(bundle: string, options: { readonly json?: boolean }): Promise<void> {
  const output = createOutput(options.json === true);
  const envelope = await verifyBundle(bundleFile(bundle));
  output.say(`${bundle}: ${envelopeText(envelope)}; whole and as its hash says`);
  output.emit({ bundle, ...envelope });
}

/** Of the list that was asked: `list version 3, fresh`. */
export function listText({ version, freshness }: AppliedList, atMs: EpochMs): string {
  return version === undefined ? 'list missing' : `list version ${version}, ${freshness(atMs)}`;
}

function envelopeText({ kind, version, baseVersion, count, realm }: WireEnvelope): string {
  const since = baseVersion === undefined ? '' : ` since version ${baseVersion}`;
  return `${kind}, version ${version}${since}, ${count} entries, realm ${realm}`;
}
