/**
 * What a device file leads to: the device, its compiled tariff in all its versions and its keys. They are compiled once
 * and kept as one JSON file of the state folder, so that a validator is ready without loading a YAML parser or a schema library.
 */
import { join } from 'node:path';
import type { TokenKey, TokenKeys } from '../core/card/identity.ts';
import { beyondCards } from '../core/card/transit/carried.ts';
import { namesOf } from '../core/card/transit/names.ts';
import type { TransitKey } from '../core/card/transit/session.ts';
import type { Crypto } from '../core/crypto.ts';
import { type Problem, TuraError } from '../core/error.ts';
import { bytesOfHex, hexOfBytes } from '../core/hex.ts';
import type { Realm } from '../core/tap.ts';
import type { Tariffs } from '../core/tariff/versions.ts';
import type { TrustedKey } from '../core/ticket/ticket.ts';
import { derivedFrom, type Look, lookAt, nameOfPath, noteDerived } from '../disk/derived.ts';
import type { Device } from './device.ts';
import type { Driver } from './driver/pin.ts';
import type { AcquirerKey } from './payment/acquirer-key.ts';

export interface Prepared {
  readonly device: Device;
  readonly tariffs: Tariffs;
  readonly keys: TokenKeys;
  /** Whose tickets a scanner takes. */
  readonly ticketKeys: readonly TrustedKey[];
  /** By which keys transit applications are known. */
  readonly transitKeys: readonly TransitKey[];
  /** Whom bank cards' data are sealed to, where the device file says so. */
  readonly acquirer?: AcquirerKey | undefined;
  /** Who may open a shift, where the device file says so. */
  readonly drivers?: readonly Driver[] | undefined;
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
interface Kept extends Omit<Prepared, 'keys' | 'acquirer' | 'transitKeys'> {
  readonly transitKeys: readonly { readonly keyId: number; readonly secret: string }[];
  readonly keys: readonly { readonly keyId: number; readonly secret: string }[];
  readonly acquirer?: Omit<AcquirerKey, 'publicKey'> & { readonly publicKey: string };
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
  const [
    { readDevice },
    { readTariff },
    { readKeyFiles, readTicketKeys, readTransitKeys },
    { readAcquirerKey },
  ] = await Promise.all([
    import('./device.ts'),
    import('../gtfs/tariff-folder.ts'),
    import('./key-files.ts'),
    import('./payment/acquirer-key.ts'),
  ]);
  const looks = [...lookAt(deviceFile)];
  const device = readDevice(deviceFile);
  const { acquirerKey } = device.payment ?? {};
  const keyFiles = [
    ...device.tokenKeys,
    ...device.ticketKeys,
    ...device.transitKeys,
    ...(acquirerKey === undefined ? [] : [acquirerKey]),
    ...(device.driver.drivers === undefined ? [] : [device.driver.drivers]),
  ];
  looks.push(...lookAt(device.tariff, ...keyFiles));
  const { tariffs, warnings } = readTariff(device.tariff, crypto);
  const { keys, realm } = readKeyFiles(device.tokenKeys);
  refuseOtherRealm(device, 'keys', realm, device.tokenKeys);
  const ticketKeys = readTicketKeys(device.ticketKeys, device.realm);
  const transitKeys = readTransitKeys(device.transitKeys, device.realm);
  if (transitKeys.length > 0) refuseBeyondCards(device, tariffs);
  const acquirer = acquirerKey === undefined ? undefined : readAcquirerKey(acquirerKey);
  const drivers = await driversOf(device);
  if (acquirer !== undefined)
    refuseOtherRealm(device, "an acquirer's key", acquirer.realm, [String(acquirerKey)]);
  return { prepared: { device, tariffs, keys, ticketKeys, transitKeys, acquirer, drivers, warnings }, looks };
}

/** What a card has no room for would be forgotten between two rides, and nobody would be told. */
function refuseBeyondCards({ file, tariff }: Device, tariffs: Tariffs): void {
  namesOf(tariffs);
  const [beyond] = tariffs.flatMap(beyondCards);
  if (beyond === undefined) return;
  const what = `${file}: transitKeys, and a tariff that no card can carry: ${beyond}`;
  throw new TuraError('bad-input', what, {
    where: file,
    expected: `another tariff than ${tariff}, or no transitKeys`,
  });
}

/** What is made with a test key must never pass for production, nor a production key lie about in a test. */
async function driversOf(device: Device): Promise<readonly Driver[] | undefined> {
  const file = device.driver.drivers;
  if (file === undefined) return undefined;
  const [{ readDrivers }, { readText }] = await Promise.all([
    import('./driver/drivers.ts'),
    import('../disk/read-text.ts'),
  ]);
  const { realm, drivers } = readDrivers(readText(file, 'drivers file', 'a file of drivers'), file);
  refuseOtherRealm(device, 'drivers', realm, [file]);
  return drivers;
}

function refuseOtherRealm(
  { file, realm }: Device,
  what: string,
  keyRealm: Realm,
  files: readonly string[],
): void {
  if (keyRealm === realm) return;
  throw new TuraError('bad-input', `${file}: realm '${realm}' with ${what} of realm '${keyRealm}'`, {
    where: file,
    expected: `the realm of ${files.join(', ')}`,
  });
}

function kept({ keys, transitKeys, acquirer, ...rest }: Prepared): Kept {
  const plain = keys.flatMap(key => (key === undefined ? [] : [key]));
  const written = { ...rest, keys: plain.map(inHex), transitKeys: transitKeys.map(inHex) };
  if (acquirer === undefined) return written;
  return { ...written, acquirer: { ...acquirer, publicKey: hexOfBytes(acquirer.publicKey) } };
}

function inHex({ keyId, secret }: TokenKey | TransitKey): Kept['keys'][number] {
  return { keyId, secret: hexOfBytes(secret) };
}

function inBytes({ keyId, secret }: Kept['keys'][number]): TokenKey & TransitKey {
  return { keyId, secret: bytesOfHex(secret) };
}

function revived({ keys, transitKeys, acquirer, drivers, ...rest }: Kept): Prepared {
  const [current, previous] = keys.map(inBytes);
  if (current === undefined) throw new Error('broken invariant: a device has a token key');
  return {
    ...rest,
    keys: previous === undefined ? [current] : [current, previous],
    drivers,
    transitKeys: transitKeys.map(inBytes),
    acquirer: acquirer && { ...acquirer, publicKey: bytesOfHex(acquirer.publicKey) },
  };
}
