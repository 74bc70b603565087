/** Bytes or JSON that are not what travels: an expected outcome of reading, answered with a quarantine, not a fault. */
export class Malformed extends Error {
  override readonly name = 'Malformed';

  /** `at` is a field path or a byte offset, whichever the reader knows. */
  constructor(what: string, at?: string) {
    super(at === undefined ? what : `${at}: ${what}`);
  }
}
