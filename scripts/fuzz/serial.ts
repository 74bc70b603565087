/** What comes over a vehicle's wires: any bytes, frames that are nearly right among them, cut anywhere. */
import * as fc from 'fast-check';
import { epoch } from '../../src/core/time.ts';
import { Bus } from '../../src/onboard/position/ibis/bus.ts';
import { frameOf } from '../../src/onboard/position/ibis/frames.ts';
import { Receiver } from '../../src/onboard/position/nmea/receiver.ts';
import { Codes } from '../../src/onboard/scanner/codes.ts';
import type { Target } from './target.ts';

const NOW = epoch(1_772_416_800_000);

/** Any bytes, and pieces of what is nearly right, in one stream. */
function stream(nearly: fc.Arbitrary<Uint8Array>): fc.Arbitrary<Uint8Array> {
  const part = fc.oneof(fc.uint8Array({ maxLength: 40 }), nearly);
  return fc.array(part, { maxLength: 6 }).map(parts => Uint8Array.from(Buffer.concat(parts)));
}

/** In two pieces. */
function cut(bytes: fc.Arbitrary<Uint8Array>): fc.Arbitrary<readonly [Uint8Array, number]> {
  return fc.tuple(bytes, fc.nat({ max: 200 }));
}

const field = fc.oneof(
  fc.constantFrom('A', 'V', 'N', 'S', 'E', 'W', '5709.000', '06532.000', '100000', '020326', '1', '0.9', ''),
  fc.string({ maxLength: 8 }),
);

const sentence = fc
  .tuple(fc.constantFrom('GPRMC', 'GNGGA', 'GPGSV', 'X'), fc.array(field, { maxLength: 15 }))
  .map(([address, fields]) => {
    const text = Buffer.from([address, ...fields].join(','), 'latin1');
    const xor = text.reduce((sum, byte) => sum ^ byte, 0);
    return Buffer.concat([Buffer.from('$'), text, Buffer.from(`*${xor.toString(16).padStart(2, '0')}\r\n`)]);
  });

const telegram = fc
  .tuple(
    fc.constantFrom('l', 'q', 'k', 'z', 'zA', 'e', 'eA', 'eH', 'eT', 'u', 'd', 'v', 'x', 'xI', 'a'),
    fc.string(),
  )
  .map(([letters, rest]) => frameOf(letters + rest));

/** A receiver on a moving clock. No fix lies off the earth. */
const nmea: Target = () =>
  fc.property(cut(stream(sentence)), ([bytes, at]) => {
    const receiver = new Receiver({
      fix: ({ lat, lon }) => {
        if (!(Math.abs(lat) <= 90 && Math.abs(lon) <= 180)) throw new Error(`a fix at ${lat}, ${lon}`);
      },
      noFix: () => undefined,
      misheard: () => undefined,
    });
    receiver.push(bytes.subarray(0, at), NOW);
    receiver.push(bytes.subarray(at), epoch(NOW + 500));
  });

/** Nothing is ever sent but an answer to a poll of its own address. */
const ibis: Target = () =>
  fc.property(cut(stream(telegram)), ([bytes, at]) => {
    const bus = new Bus(5, {
      observed: () => undefined,
      misheard: () => undefined,
      state: () => 'in-order',
      send: frame => {
        if (!Buffer.from(bytes).includes('a5\r') || frame.length !== 4) throw new Error('sent unasked');
      },
    });
    bus.push(bytes.subarray(0, at), { atMs: NOW, monotonicMs: 0 });
    bus.push(bytes.subarray(at), { atMs: NOW, monotonicMs: 1000 });
  });

/** No code is empty, none is longer than the longest. */
const scanner: Target = () =>
  fc.property(cut(fc.uint8Array({ maxLength: 200 })), fc.boolean(), ([bytes, at], isText) => {
    const codes = new Codes(isText ? 'lines' : 'bytes', {
      code: code => {
        if (code.length < 1 || code.length > bytes.length) throw new Error(`a code of ${code.length} bytes`);
      },
      tooLong: () => undefined,
    });
    codes.push(bytes.subarray(0, at));
    codes.push(bytes.subarray(at));
    codes.silence();
  });

export const SERIAL_TARGETS: Readonly<Record<string, Target>> = { nmea, ibis, scanner };
