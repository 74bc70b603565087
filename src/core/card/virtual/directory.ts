/** The directory of a virtual card (PPSE): its payment applications, the first of them the most preferred. */
import { bytesOfHex, hexOfBytes } from '../../hex.ts';
import { SW } from '../apdu.ts';
import { bytesOfAscii } from '../ascii.ts';
import { PPSE_NAME } from '../ppse.ts';
import { writeTlv } from '../tlv.ts';
import { refused, type VirtualApplication } from './application.ts';
import type { PaymentApplication } from './bank.ts';

export function directoryOf(payments: readonly PaymentApplication[]): VirtualApplication {
  const entries = payments.map(({ aid, label, kernel }, index) =>
    writeTlv(
      0x61,
      writeTlv(0x4f, bytesOfHex(aid)),
      writeTlv(0x50, bytesOfAscii(label)),
      writeTlv(0x87, Uint8Array.of(index + 1)),
      writeTlv(0x9f2a, Uint8Array.of(kernel)),
    ),
  );
  const list = writeTlv(0xa5, writeTlv(0xbf0c, ...entries));
  const information = writeTlv(0x6f, writeTlv(0x84, PPSE_NAME), list);
  return {
    aid: hexOfBytes(PPSE_NAME),
    select: () => ({ information, answer: () => refused(SW.noInstruction) }),
  };
}
