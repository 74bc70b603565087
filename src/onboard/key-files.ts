import { type KeyRing, readKeyRing } from '../core/card/token-key.ts';
import { readTransitKey } from '../core/card/transit/key-file.ts';
import type { TransitKey } from '../core/card/transit/session.ts';
import { TuraError } from '../core/error.ts';
import type { Realm } from '../core/tap.ts';
import { readIssuerKey } from '../core/ticket/key-file.ts';
import type { TrustedKey } from '../core/ticket/ticket.ts';
import { readText } from '../disk/read-text.ts';

const EXPECTED = 'a token key: fixtures/keys/token-key-test.yaml shows one';

/** The operator's token keys: the current one, and the one that rotates out. Throws `bad-input`. */
export function readKeyFiles(files: readonly string[]): KeyRing {
  return readKeyRing(files.map(file => ({ file, text: readText(file, 'token key', EXPECTED) })));
}

const EXPECTED_TRANSIT = 'a key for transit applications: fixtures/keys/transit-key-test.yaml shows one';

/** By which keys transit applications are known in `realm`. Throws `bad-input`. */
export function readTransitKeys(files: readonly string[], realm: Realm): readonly TransitKey[] {
  return files.map(file => {
    const {
      realm: own,
      keyId,
      secret,
    } = readTransitKey(readText(file, 'transit key', EXPECTED_TRANSIT), file);
    if (own === realm) return { keyId, secret };
    const expected = `one of realm '${realm}'`;
    throw new TuraError('bad-input', `${file}: a key of realm '${own}'`, { where: file, expected });
  });
}

const EXPECTED_ISSUER = "an issuer's public key: fixtures/keys/ticket-issuer-test.yaml shows one";

/** Whose tickets are taken in `realm`. Throws `bad-input`. */
export function readTicketKeys(files: readonly string[], realm: Realm): readonly TrustedKey[] {
  return files.map(file => {
    const key = readIssuerKey(readText(file, 'ticket key', EXPECTED_ISSUER), file);
    const refused = (what: string, expected: string) =>
      new TuraError('bad-input', `${file}: ${what}`, { where: file, expected });
    if (key.realm !== realm) throw refused(`a key of realm '${key.realm}'`, `one of realm '${realm}'`);
    // Whoever takes a validator apart must not be able to sell tickets.
    if (key.half.kind === 'secret')
      throw refused('a secret key on board', 'its public half: tura ticket public');
    return { name: key.name, publicKey: key.half.publicKey };
  });
}
