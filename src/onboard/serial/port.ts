/** What a line needs of the machine's serial ports, and nothing else, so that a scripted stand-in can play every fault. */

export interface PortSettings {
  /** `/dev/serial/by-id/…`, which stays the same adapter's wherever it is plugged in. */
  readonly path: string;
  readonly baud: number;
  readonly dataBits: 7 | 8;
  readonly parity: 'none' | 'even' | 'odd';
  readonly stopBits: 1 | 2;
}

export interface PortListener {
  /** Good until the call returns. */
  data(bytes: Uint8Array): void;
  /** The port is of no more use; nothing is heard of it after. */
  lost(why: string): void;
}

export interface Port {
  /** False, and nothing sent, while what was written before has not left: late answers are worth nothing. */
  write(bytes: Uint8Array): boolean;
  /** Whether the path still leads to the device that was opened. */
  isThere(): boolean;
  /** Never rejects. */
  close(): Promise<void>;
}

/** Rejects with what the machine says. */
export type OpenPort = (settings: PortSettings, listener: PortListener) => Promise<Port>;

/** `1200 7E2`, as people write it. */
export function settingsText({ baud, dataBits, parity, stopBits }: PortSettings): string {
  return `${baud} ${dataBits}${parity.charAt(0).toUpperCase()}${stopBits}`;
}
