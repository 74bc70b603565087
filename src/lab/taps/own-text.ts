/**
 * Texts that stand alone. V8 cuts a long cell as a slice that keeps the whole piece of its file alive: what outlives the
 * piece is copied, or memory would grow with the file.
 */

export function ownText(text: string): string {
  // Shorter ones are copied when they are cut; a joined text is written out anew when it is cut.
  return text.length < SLICED_FROM ? text : ` ${text}`.slice(1);
}

const SLICED_FROM = 13;

/** Names that come again and again, such as stops: one copy of each, so that they are also looked up fast. */
export class OwnTexts {
  readonly #texts = new Map<string, string>();

  of(text: string): string;
  of(text: string | undefined): string | undefined;
  of(text: string | undefined): string | undefined {
    if (text === undefined) return undefined;
    const known = this.#texts.get(text);
    if (known !== undefined) return known;
    if (this.#texts.size >= TEXTS_KEPT) this.#texts.clear();
    const own = ownText(text);
    this.#texts.set(own, own);
    return own;
  }
}

/** More stops and lines than any city has; beyond them copies are forgotten together. */
const TEXTS_KEPT = 50_000;
