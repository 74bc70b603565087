/** What every application of a virtual card is, and how it answers. */
import { type Command, type Response, SW } from '../apdu.ts';

export interface VirtualApplication {
  /** Its identifier, in lower-case hex. */
  readonly aid: string;
  /** File control information, and what is answered from then on until another one is selected. */
  select(): {
    readonly information: Uint8Array;
    /** Absent: it is selected, and may be used. */
    readonly status?: number;
    readonly answer: (command: Command) => Response;
  };
}

const NOTHING = new Uint8Array(0);

export function refused(status: (typeof SW)[keyof typeof SW]): Response {
  return { status, data: NOTHING };
}

export function given(data: Uint8Array): Response {
  return { status: SW.done, data };
}
