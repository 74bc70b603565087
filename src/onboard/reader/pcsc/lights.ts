/**
 * The light and the buzzer of an ACR122U: `FF 00 40 P2 04 T1 T2 N LINK` (DEVICES.md 1). Green with one beep for an
 * accepted rider; both lights, which is orange, with two beeps for one that a person should look at; red that blinks, with
 * three short beeps, for one who is asked whether the bank application pays; red with a long beep for everything else.
 */
import type { Shown } from '../../../core/validator/event.ts';

/** What is shown, as the command that shows it. */
export type Lights = (shown: Shown) => Uint8Array;

interface Signal {
  readonly red: boolean;
  readonly green: boolean;
  /** Whatever is lit goes out between two beeps. */
  readonly blinks?: true;
  readonly beeps: number;
  /** Of each beep and of each pause, in 100 ms. */
  readonly length: number;
}

const SIGNALS = {
  plain: { red: false, green: true, beeps: 1, length: 1 },
  accepted: { red: true, green: true, beeps: 2, length: 1 },
  asks: { red: true, green: false, blinks: true, beeps: 3, length: 1 },
  otherwise: { red: true, green: false, beeps: 1, length: 4 },
} as const satisfies Record<string, Signal>;

/** Undefined for a reader whose lights are not known: another one may pass the command on to the card. */
export function lightsOf(readerName: string): Lights | undefined {
  return /acr122u/i.test(readerName) ? shown => commandOf(SIGNALS[signalOf(shown)]) : undefined;
}

function signalOf(shown: Shown): keyof typeof SIGNALS {
  if (shown.kind !== 'answer') return 'otherwise';
  const { decision, plain, offersPayment } = shown.answer;
  if (decision === 'accepted') return plain ? 'plain' : 'accepted';
  return offersPayment ? 'asks' : 'otherwise';
}

/** Both lights are set. */
const BOTH_MASKS = 0b1100;
/** From what is set at the end to where a light begins to blink, and from there to whether it blinks. */
const TO_BLINK = 4;
const TO_BLINK_MASK = 6;
/** The buzzer sounds while the first period lasts. */
const SOUND_IN_FIRST = 1;

function commandOf({ red, green, blinks, beeps, length }: Signal): Uint8Array {
  const lit = (green ? 0b10 : 0) | (red ? 0b01 : 0);
  const blinking = blinks ? (lit << TO_BLINK) | (lit << TO_BLINK_MASK) : 0;
  const pause = beeps > 1 ? length : 0;
  return Uint8Array.of(
    0xff,
    0x00,
    0x40,
    BOTH_MASKS | lit | blinking,
    0x04,
    length,
    pause,
    beeps,
    SOUND_IN_FIRST,
  );
}
