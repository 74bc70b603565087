/**
 * What a device file leads to: the device, its compiled tariff and its token keys. They are compiled once and kept as
 * one JSON file of the state folder, so that a validator is ready without loading a YAML parser or a schema library.
 */
import { join } from 'node:path';
import type { TokenKey, TokenKeys } from '../core/card/identity.ts';
import type { Crypto } from '../core/crypto.ts';
import type { Problem } from '../core/error.ts';
import { bytesOfHex, hexOfBytes } from '../core/hex.ts';
import type { Tariff } from '../core/tariff/tariff.ts';
import { derivedFrom, nameOfPath, noteDerived } from '../disk/derived.ts';
import type { Device } from './device.ts';

export interface Prepared {
  readonly device: Device;
  readonly tariff: Tariff;
  readonly keys: TokenKeys;
  readonly warnings: readonly Problem[];
}

export interface PrepareOptions {
  readonly stateFolder: string;
  readonly firmware: string;
  readonly crypto: Crypto;
}

/** As it stands in the file: bytes in hex. */
interface Kept extends Omit<Prepared, 'keys'> {
  readonly keys: readonly { readonly keyId: number; readonly secret: string }[];
}

/** Throws `bad-input` with every problem of the device, the tariff or the keys. */
export async function prepare(deviceFile: string, options: PrepareOptions): Promise<Prepared> {
  const { stateFolder, firmware } = options;
  const note = join(stateFolder, 'prepared', `${nameOfPath(deviceFile)}.json`);
  const standing = derivedFrom<Kept>(note, firmware);
  if (standing?.current) return revived(standing.value);
  const prepared = await compile(deviceFile, options);
  const { device } = prepared;
  noteDerived(note, firmware, [deviceFile, device.tariff, ...device.tokenKeys], kept(prepared));
  return prepared;
}

async function compile(deviceFile: string, { crypto }: PrepareOptions): Promise<Prepared> {
  const [{ readDevice }, { readTariff }, { readKeyFiles }] = await Promise.all([
    import('./device.ts'),
    import('../gtfs/tariff-folder.ts'),
    import('./key-files.ts'),
  ]);
  const device = readDevice(deviceFile);
  const { tariff, warnings } = readTariff(device.tariff, crypto);
  return { device, tariff, keys: readKeyFiles(device.tokenKeys).keys, warnings };
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
