/** What may come over a vehicle's own network and to its driver's terminal: any bytes, any line, any object. */
import * as fc from 'fast-check';
import { commandOfLine, commandOfObject } from '../../src/onboard/driver/commands.ts';
import { FrameReader } from '../../src/wire/aboard/frames.ts';
import { messageBytes, readMessage } from '../../src/wire/aboard/messages.ts';
import { Malformed } from '../../src/wire/malformed.ts';
import type { Target } from './target.ts';

/** A message is read or refused; what is read is written as the same bytes. */
const aboard: Target = () => {
  const bytes = fc
    .tuple(fc.nat(5), fc.uint8Array({ maxLength: 120 }))
    .map(([kind, rest]) => Uint8Array.of(kind, ...rest));
  return fc.property(
    bytes,
    fc.array(fc.uint8Array({ maxLength: 60 }), { maxLength: 4 }),
    (message, pieces) => {
      refusing(() => {
        if (!Buffer.from(messageBytes(readMessage(message))).equals(message)) {
          throw new Error('read and written as other bytes');
        }
      });
      const frames = new FrameReader();
      refusing(() => {
        for (const piece of pieces) frames.push(piece);
      });
    },
  );
};

/** A command is understood, or met with what is wrong and what is right. */
const command: Target = () => {
  const word = fc.constantFrom(
    'shift',
    'open',
    'close',
    'void',
    'rider',
    'to',
    'pin',
    '+1',
    '4711',
    'constructor',
  );
  const line = fc.oneof(
    fc.string({ maxLength: 60 }),
    fc.array(word, { maxLength: 8 }).map(words => words.join(' ')),
  );
  return fc.property(line, fc.jsonValue(), (typed, value) => {
    for (const meant of [commandOfLine(typed), commandOfObject(value)]) {
      if (meant.kind === 'misspelt' && (meant.what === '' || meant.expected === '')) {
        throw new Error('a slip that nothing is said of');
      }
    }
  });
};

function refusing(read: () => void): void {
  try {
    read();
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
  }
}

export const ABOARD_TARGETS: Readonly<Record<string, Target>> = { aboard, command };
