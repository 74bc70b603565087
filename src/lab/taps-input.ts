import { refuseIfWrong } from '../core/error.ts';
import { readText } from '../disk/read-text.ts';
import type { Device } from '../onboard/device.ts';
import type { PlayedTap } from '../onboard/reader/played-tap.ts';
import { readTaps } from '../onboard/reader/taps-file.ts';

const EXPECTED = 'a CSV file: fixtures/taps/demo.csv shows one';

/** A taps file for these vehicles and cards. Throws `bad-input` with every problem of the file. */
export function readTapsFor(
  file: string,
  devices: readonly Device[],
  cards: readonly { id: string }[],
): readonly PlayedTap[] {
  const { taps, problems } = readTaps(readText(file, 'taps file', EXPECTED), file, {
    cards: cards.map(({ id }) => id),
    vehicles: new Map(devices.map(device => [device.vehicleId, device.readers.map(({ id }) => id)])),
  });
  refuseIfWrong(problems);
  return taps;
}
