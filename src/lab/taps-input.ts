import { refuseIfWrong } from '../core/error.ts';
import { readText } from '../disk/read-text.ts';
import type { Device } from '../onboard/device.ts';
import { readTaps, type TapsFile } from '../onboard/reader/taps-file.ts';

const EXPECTED = 'a CSV file: fixtures/taps/demo.csv shows one';

/** A taps file for these vehicles and cards; what problems are left are warnings. Throws `bad-input` with all others. */
export function readTapsFor(
  file: string,
  devices: readonly Device[],
  cards: readonly { id: string }[],
): TapsFile {
  const read = readTaps(readText(file, 'taps file', EXPECTED), file, {
    cards: cards.map(({ id }) => id),
    vehicles: new Map(devices.map(device => [device.vehicleId, device.readers.map(({ id }) => id)])),
  });
  refuseIfWrong(read.problems);
  return read;
}
