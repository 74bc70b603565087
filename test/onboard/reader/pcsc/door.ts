/** One door on scripted hosts and simulated time; what the validator hears stands in words. */
import { bytesOfHex, hexOfBytes } from '../../../../src/core/hex.ts';
import { LIMITS } from '../../../../src/onboard/reader/pcsc/limits.ts';
import { pcscReaders } from '../../../../src/onboard/reader/pcsc/open.ts';
import type { Order, Report } from '../../../../src/onboard/reader/pcsc/protocol.ts';
import type { ReaderEvent } from '../../../../src/onboard/reader/reader.ts';
import { clockwork } from '../../clockwork.ts';

export const ACR = 'ACS ACR122U PICC Interface 00 00';
const STORAGE = bytesOfHex('3b8f8001804f0ca000000306030001000000006a');
export const SEEN: Report = { kind: 'seen' };
export const CONNECTED: Report = { kind: 'connected', atr: STORAGE };
export const GONE: Report = { kind: 'gone' };

interface FakeHost {
  readonly say: (report: Report) => void;
  readonly orders: Order[];
  killed: boolean;
}

/** Not started. */
export function door() {
  const hosts: FakeHost[] = [];
  const told: string[] = [];
  const time = clockwork();
  const reader = pcscReaders([{ readerId: 'door', name: 'ACR122U' }], {
    limits: LIMITS,
    after: time.after,
    random: () => 0,
    openHost: hear => {
      const host: FakeHost = { say: hear, orders: [], killed: false };
      hosts.push(host);
      return {
        send: order => host.orders.push(order),
        kill: async () => {
          host.killed = true;
        },
      };
    },
  });
  const host = () => {
    const newest = hosts.at(-1);
    if (newest === undefined) throw new Error('no host was opened');
    return newest;
  };
  const say = (...reports: Report[]) => {
    for (const report of reports) host().say(report);
  };
  return {
    reader,
    hosts,
    host,
    say,
    told,
    time,
    start: () => reader.start(event => told.push(inWords(event))),
  };
}

/** Up, with what was told on the way forgotten. */
export function doorInService() {
  const here = door();
  here.start();
  here.say({ kind: 'readers', names: [ACR] });
  here.told.length = 0;
  return here;
}

export function inWords(event: ReaderEvent): string {
  switch (event.kind) {
    case 'presented':
      return `presented ${event.face.form} ${hexOfBytes(event.face.uid)}`;
    case 'scanned':
    case 'removed':
      return event.kind;
    case 'unreadable':
    case 'down':
      return `${event.kind}: ${event.why}`;
    case 'up':
      return `up: ${event.name}`;
    default:
      return event satisfies never;
  }
}

export function answer(id: number, hex: string): Report {
  return { kind: 'answer', id, bytes: bytesOfHex(hex) };
}
