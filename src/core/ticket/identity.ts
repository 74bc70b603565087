/** From a scan to the medium that is tapped with. The serial goes no further than here, as a card's number. */
import { type Medium, type TokenKeys, tokenOf } from '../card/identity.ts';
import type { Crypto } from '../crypto.ts';
import { bytesOfHex } from '../hex.ts';
import { known } from '../known.ts';
import type { Scan } from './ticket.ts';

export function identifyTicket(
  scan: Exclude<Scan, { kind: 'unreadable' }>,
  keys: TokenKeys,
  crypto: Crypto,
): Medium {
  if (scan.kind === 'refused') return { kind: 'refused', reason: scan.reason };
  const { ticket, issuerKey, provenAt } = scan;
  const { pass, category, validFrom, validTo, zones, holder } = ticket;
  const serial = bytesOfHex(ticket.serial);
  const [current, previous] = keys;
  return {
    kind: 'identified',
    token: tokenOf('ticket', serial, current, crypto),
    further: previous === undefined ? [] : [tokenOf('ticket', serial, previous, crypto)],
    form: 'barcode',
    assurance: 'authenticated',
    ticket: known({ pass, category, validFrom, validTo, zones, holder, issuerKey, provenAt }),
  };
}
