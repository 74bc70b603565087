/** The applications of a virtual card that hold a number, and say it when they are selected. */
import { bytesOfHex } from '../../hex.ts';
import { SW } from '../apdu.ts';
import { expiryBytes, NUMBERED_TAGS, type Numbered, type NumberedApplication } from '../numbered.ts';
import { RESIDENT_AIDS } from '../resident.ts';
import { writeTlv } from '../tlv.ts';
import { refused, type VirtualApplication } from './application.ts';

export function numberedApplication(
  name: Numbered,
  { number, expiry, blocked }: NumberedApplication,
): VirtualApplication {
  const aid = RESIDENT_AIDS[name];
  const digits = bytesOfHex(number.length % 2 === 0 ? number : `${number}f`);
  const said = [
    writeTlv(NUMBERED_TAGS.number, digits),
    ...(expiry === undefined ? [] : [writeTlv(NUMBERED_TAGS.expiry, expiryBytes(expiry))]),
  ];
  const information = writeTlv(
    0x6f,
    writeTlv(0x84, bytesOfHex(aid)),
    ...(blocked ? [] : [writeTlv(0xa5, ...said)]),
  );
  const answer = () => refused(SW.noInstruction);
  return {
    aid,
    select: () => (blocked ? { information, status: SW.blocked, answer } : { information, answer }),
  };
}
