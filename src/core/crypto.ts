/** The cryptography that core asks for: synchronous, so that a step of the machine stays one call. */
export interface Crypto {
  /** 32 bytes. */
  sha256(bytes: Uint8Array): Uint8Array;
  /** 32 bytes. */
  hmacSha256(key: Uint8Array, bytes: Uint8Array): Uint8Array;
}

/** Signatures (RFC 8032), apart from `Crypto`: whoever only hashes need not bring them. */
export interface Ed25519 {
  /** False for whatever is no signature of `message` by this key, whatever its bytes are. */
  verify(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean;
  /** 64 bytes; `seed` is the secret key's 32. */
  sign(seed: Uint8Array, message: Uint8Array): Uint8Array;
  /** 32 bytes. */
  publicKeyOf(seed: Uint8Array): Uint8Array;
}

/** The cipher of cards that prove themselves (FIPS 197), apart from `Crypto` for the same reason. */
export interface Aes128 {
  /** Whole blocks of 16 bytes, chained (CBC) from a block of zeros, as many bytes as went in; `key`: 16 bytes. */
  encrypt(key: Uint8Array, blocks: Uint8Array): Uint8Array;
}
