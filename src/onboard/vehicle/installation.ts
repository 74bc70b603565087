/** What of a vehicle never changes while it runs, as its device file says it. */
import { createHash } from 'node:crypto';
import type { Installation } from '../../core/validator/decide.ts';
import type { Device } from '../device.ts';
import { tapPoints } from '../tap-points.ts';

export function installationOf(device: Device, feedVersion: string, isShared: boolean): Installation {
  const { carrierId, vehicleId, driver, text } = device;
  const points = tapPoints(device);
  return {
    carrierId,
    vehicleId,
    actions: Object.fromEntries(
      points.flatMap(({ id, action }) => (action === undefined ? [] : [[id, action]])),
    ),
    doors: Object.fromEntries(points.flatMap(({ id, door }) => (door === undefined ? [] : [[id, door]]))),
    duty: { shift: driver.shift, voidWithinMs: driver.voidWithinS * 1000 },
    isShared,
    versions: { feedVersion, settingsHash: createHash('sha256').update(text).digest('hex') },
  };
}
