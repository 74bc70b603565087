/** `serial` of a device file: one entry a line. What an entry leaves out is what the line's own standard says. */
import { z } from 'zod';
import { id } from '../id.ts';
import { FRAMINGS } from '../scanner/codes.ts';

const BAUDS = [1200, 2400, 4800, 9600, 19_200, 38_400, 57_600, 115_200] as const;

const BYTES_OF_7 = { dataBits: 7, parity: 'even', stopBits: 2 } as const;
const BYTES_OF_8 = { dataBits: 8, parity: 'none', stopBits: 1 } as const;

/** VDV 300, NMEA 0183, and what scanners leave the factory with. */
const STANDARDS = {
  ibis: { baud: 1200, ...BYTES_OF_7 },
  nmea: { baud: 4800, ...BYTES_OF_8 },
  scanner: { baud: 9600, ...BYTES_OF_8 },
} as const;

function line<const Kind extends keyof typeof STANDARDS>(kind: Kind) {
  const { baud, dataBits, parity, stopBits } = STANDARDS[kind];
  return {
    id,
    kind: z.literal(kind),
    /** `/dev/serial/by-id/…` stays the same adapter's, whatever else is plugged in. */
    path: z
      .string()
      .regex(/^(\/.+|COM\d{1,3})$/, 'expected a port: /dev/serial/by-id/…, /dev/ttyUSB0 or COM3'),
    baud: z.literal(BAUDS, { error: `expected ${BAUDS.join(', ')}` }).default(baud),
    dataBits: z.literal([7, 8]).default(dataBits),
    parity: z.enum(['none', 'even', 'odd']).default(parity),
    stopBits: z.literal([1, 2]).default(stopBits),
  };
}

const nmea = z.strictObject(line('nmea'));

const ibis = z.strictObject({
  ...line('ibis'),
  /** Our own on the bus, whose status polls are answered. Absent: we only listen. */
  address: z.int().min(0).max(15).optional(),
});

const scanner = z.strictObject({
  ...line('scanner'),
  door: z.string().optional(),
  /** What a tap here is; absent: an exit where the rider's journey is open, else an entry. */
  action: z.enum(['entry', 'exit']).optional(),
  /** What it sends: codes as lines of text, or their bytes with silence between them. */
  sends: z.enum(FRAMINGS).default('lines'),
});

export const serialLine = z.discriminatedUnion('kind', [nmea, ibis, scanner], {
  error: ({ code }) => (code === 'invalid_union' ? 'expected nmea | ibis | scanner' : undefined),
});

export type SerialLine = z.output<typeof serialLine>;
