/** What an acquirer needs of a card to be paid by it later, as TLV: it is sealed as it is made, and kept nowhere else. */
import type { CardData } from './payment.ts';
import { TERMINAL_TAGS, type Terminal, terminalData } from './terminal.ts';
import { writeTlv } from './tlv.ts';

/** What the card said, if it did. Its holder's name is nobody's business. */
const OF_THE_CARD = [
  0x84, // application
  0x57, // track 2 equivalent
  0x5a, // number
  0x5f24, // expiry
  0x5f34, // sequence number
  0x9f24, // account reference
  0x82, // interchange profile
  0x9f10, // issuer's data
  0x9f26, // cryptogram
  0x9f27, // its kind
  0x9f36, // transaction counter
  0x9f6e, // form factor
] as const;

export function paymentData(data: CardData, terminal: Terminal): Uint8Array {
  const said = terminalData(terminal);
  const parts = [
    ...OF_THE_CARD.map(tag => [tag, data.get(tag)] as const),
    ...Object.values(TERMINAL_TAGS).map(tag => [tag, said.get(tag)] as const),
  ];
  const written = parts.flatMap(([tag, value]) => (value === undefined ? [] : [...writeTlv(tag, value)]));
  return Uint8Array.from(written);
}
