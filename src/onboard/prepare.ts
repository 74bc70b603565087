/**
 * What a device file leads to: the device, its compiled tariff in all its versions and its token keys. They are compiled once and kept as
 * one JSON file of the state folder, so that a validator is ready without loading a YAML parser or a schema library.
 */
import { join } from 'node:path';
import type { TokenKey, TokenKeys } from '../core/card/identity.ts';
import type { Crypto } from '../core/crypto.ts';
import { type Problem, TuraError } from '../core/error.ts';
import { bytesOfHex, hexOfBytes } from '../core/hex.ts';
import type { Realm } from '../core/tap.ts';
import type { Tariffs } from '../core/tariff/versions.ts';
import type { TrustedKey } from '../core/ticket/ticket.ts';
import { derivedFrom, type Look, lookAt, nameOfPath, noteDerived } from '../disk/derived.ts';
import type { Device } from './device.ts';

export interface Prepared {
  readonly device: Device;
  readonly tariffs: Tariffs;
  readonly keys: TokenKeys;
  /** Whose tickets a scanner takes. */
  readonly ticketKeys: readonly TrustedKey[];
  readonly warnings: readonly Problem[];
}

export interface PrepareOptions {
  readonly stateFolder: string;
  readonly crypto: Crypto;
  /**
   * Names the program that compiles: another one may compile the same tariff otherwise. Absent where it has no name,
   * running from its source: then nothing is kept.
   */
  readonly build?: string | undefined;
}

/** As it stands in the file: bytes in hex. */
interface Kept extends Omit<Prepared, 'keys'> {
  readonly keys: readonly { readonly keyId: number; readonly secret: string }[];
}

/** Throws `bad-input` with every problem of the device, the tariff or the keys. */
export async function prepare(
  deviceFile: string,
  { stateFolder, build, crypto }: PrepareOptions,
): Promise<Prepared> {
  if (build === undefined) return (await compile(deviceFile, crypto)).prepared;
  const note = join(stateFolder, 'prepared', `${nameOfPath(deviceFile)}.json`);
  const standing = derivedFrom<Kept>(note, build);
  if (standing?.current) return revived(standing.value);
  const { prepared, looks } = await compile(deviceFile, crypto);
  noteDerived(note, build, looks, kept(prepared));
  return prepared;
}

async function compile(
  deviceFile: string,
  crypto: Crypto,
): Promise<{ prepared: Prepared; looks: readonly Look[] }> {
  const [{ readDevice }, { readTariff }, { readKeyFiles, readTicketKeys }] = await Promise.all([
    import('./device.ts'),
    import('../gtfs/tariff-folder.ts'),
    import('./key-files.ts'),
  ]);
  const looks = [...lookAt(deviceFile)];
  const device = readDevice(deviceFile);
  looks.push(...lookAt(device.tariff, ...device.tokenKeys, ...device.ticketKeys));
  const { tariffs, warnings } = readTariff(device.tariff, crypto);
  const { keys, realm } = readKeyFiles(device.tokenKeys);
  refuseOtherRealm(device, realm);
  const ticketKeys = readTicketKeys(device.ticketKeys, device.realm);
  return { prepared: { device, tariffs, keys, ticketKeys, warnings }, looks };
}

/** What is made with a test key must never pass for production, nor a production key lie about in a test. */
function refuseOtherRealm({ file, realm, tokenKeys }: Device, keyRealm: Realm): void {
  if (keyRealm === realm) return;
  throw new TuraError('bad-input', `${file}: realm '${realm}' with keys of realm '${keyRealm}'`, {
    where: file,
    expected: `the realm of ${tokenKeys.join(', ')}`,
  });
}

function kept({ keys, ...rest }: Prepared): Kept {
  const plain = keys.flatMap(key => (key === undefined ? [] : [key]));
  return { ...rest, keys: plain.map(({ keyId, secret }) => ({ keyId, secret: hexOfBytes(secret) })) };
}

function revived({ keys, ...rest }: Kept): Prepared {
  const [current, previous] = keys.map(
    ({ keyId, secret }): TokenKey => ({ keyId, secret: bytesOfHex(secret) }),
  );
  if (current === undefined) throw new Error('broken invariant: a device has a token key');
  return { ...rest, keys: previous === undefined ? [current] : [current, previous] };
}
