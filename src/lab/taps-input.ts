import { readFileSync } from 'node:fs';
import { refuseIfWrong, TuraError } from '../core/error.ts';
import type { Device } from '../onboard/device.ts';
import type { PlayedTap } from '../onboard/reader/played-tap.ts';
import { readTaps } from '../onboard/reader/taps-file.ts';

/** A taps file for these vehicles and cards. Throws `bad-input` with every problem of the file. */
export function readTapsFor(
  file: string,
  devices: readonly Device[],
  cards: readonly { id: string }[],
): readonly PlayedTap[] {
  const readers = new Map(devices.map(device => [device.vehicleId, device.readers.map(({ id }) => id)]));
  const [only] = devices;
  const { taps, problems } = readTaps(readText(file), file, {
    cards: cards.map(({ id }) => id),
    // With one vehicle the file need not name it.
    ...(devices.length > 1 ? { vehicles: [...readers.keys()] } : {}),
    readers: vehicle => readers.get(vehicle ?? only?.vehicleId ?? '') ?? [],
  });
  refuseIfWrong(problems);
  return taps;
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const expected = 'a CSV file: fixtures/taps/demo.csv shows one';
    throw new TuraError('bad-input', `no taps file ${file}`, { where: file, expected, cause: error });
  }
}
