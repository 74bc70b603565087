/**
 * The light and the buzzer of an ACR122U: `FF 00 40 P2 04 T1 T2 N LINK` (DEVICES.md 1). Green with one beep for an
 * accepted rider; both lights, which is orange, with two beeps for one that a person should look at; red with a long
 * beep for everything else.
 */
import type { Shown } from '../../../core/validator/event.ts';

/** What is shown, as the command that shows it. */
export type Lights = (shown: Shown) => Uint8Array;

interface Signal {
  readonly red: boolean;
  readonly green: boolean;
  readonly beeps: number;
  /** Of each beep and of each pause, in 100 ms. */
  readonly length: number;
}

const SIGNALS = {
  plain: { red: false, green: true, beeps: 1, length: 1 },
  accepted: { red: true, green: true, beeps: 2, length: 1 },
  otherwise: { red: true, green: false, beeps: 1, length: 4 },
} as const satisfies Record<string, Signal>;

/** Undefined for a reader whose lights are not known: another one may pass the command on to the card. */
export function lightsOf(readerName: string): Lights | undefined {
  return /acr122u/i.test(readerName) ? shown => commandOf(SIGNALS[signalOf(shown)]) : undefined;
}

function signalOf(shown: Shown): keyof typeof SIGNALS {
  if (shown.kind !== 'answer' || shown.answer.decision !== 'accepted') return 'otherwise';
  return shown.answer.plain ? 'plain' : 'accepted';
}

/** Both lights are set, and neither blinks. */
const BOTH_MASKS = 0b1100;
/** The buzzer sounds while the first period lasts. */
const SOUND_IN_FIRST = 1;

function commandOf({ red, green, beeps, length }: Signal): Uint8Array {
  const lit = BOTH_MASKS | (green ? 0b10 : 0) | (red ? 0b01 : 0);
  const pause = beeps > 1 ? length : 0;
  return Uint8Array.of(0xff, 0x00, 0x40, lit, 0x04, length, pause, beeps, SOUND_IN_FIRST);
}
