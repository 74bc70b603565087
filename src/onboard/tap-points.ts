import type { Device } from './device.ts';

type TapPoint = Device['readers'][number] | Extract<Device['serial'][number], { kind: 'scanner' }>;

/** Everything that one taps at: the readers, and the scanners among the serial lines. */
export function tapPoints({ readers, serial }: Device): readonly TapPoint[] {
  return [...readers, ...serial.filter(line => line.kind === 'scanner')];
}
