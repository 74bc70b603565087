/**
 * Who may open a shift, and with which PIN: the drivers file. It names nobody and holds no PIN, only what the operator's
 * token key makes of them, so that whoever finds it without the key learns neither.
 */
import { z } from 'zod';
import { assert, refuseIfWrong } from '../../core/error.ts';
import { readYaml } from '../../core/source/yaml.ts';
import { REALMS, type Realm } from '../../core/tap.ts';
import type { Driver } from './pin.ts';

const driver = z.strictObject({
  driverId: z.string().regex(/^[0-9a-f]{16}$/, 'expected 8 bytes in lower-case hex, in quotes'),
  keyId: z.int().min(1),
  pin: z.string().regex(/^[0-9a-f]{64}$/, 'expected 32 bytes in lower-case hex, in quotes'),
});

const driversFile = z.strictObject({ realm: z.enum(REALMS), drivers: z.array(driver).min(1).max(10_000) });

/** Throws `bad-input` with every problem of the file. */
export function readDrivers(
  text: string,
  file: string,
): { readonly realm: Realm; readonly drivers: readonly Driver[] } {
  const { value, problems } = readYaml(text, file, driversFile);
  refuseIfWrong(problems);
  assert(value !== undefined, 'a drivers file without problems has a value');
  return value;
}
