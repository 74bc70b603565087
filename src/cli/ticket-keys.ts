/** The halves of a ticket key that a command needs. */
import { TuraError } from '../core/error.ts';
import { bytesOfHex, hexOfBytes } from '../core/hex.ts';
import type { KeyHalf } from '../core/ticket/key-file.ts';
import { nodeEd25519 } from '../wire/node-ed25519.ts';

/** In hex: as it stands, or derived. */
export function publicKeyOf(half: KeyHalf): string {
  if (half.kind === 'public') return half.publicKey;
  return hexOfBytes(nodeEd25519.publicKeyOf(bytesOfHex(half.secret)));
}

/** Throws bad-input for a public key: it signs nothing. */
export function secretOf(half: KeyHalf, file: string): Uint8Array {
  if (half.kind === 'secret') return bytesOfHex(half.secret);
  throw new TuraError('bad-input', `${file}: a public key signs nothing`, {
    where: file,
    expected: 'a file with the secret key',
  });
}
