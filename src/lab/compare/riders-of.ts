/** Which riders were seen in a group: a bit each. */
export class RidersOf {
  #words = new Uint32Array(4);

  add(rider: number): void {
    const word = rider >>> 5;
    if (word >= this.#words.length) {
      const grown = new Uint32Array(Math.max(word + 1, this.#words.length * 2));
      grown.set(this.#words);
      this.#words = grown;
    }
    this.#words[word] = (this.#words[word] ?? 0) | (1 << (rider & 31));
  }

  get count(): number {
    return this.countIn(this);
  }

  /** How many are also among `others`. */
  countIn(others: RidersOf): number {
    const [own, theirs] = [this.#words, others.#words];
    let count = 0;
    for (let word = Math.min(own.length, theirs.length) - 1; word >= 0; word--)
      count += bitsOf((own[word] ?? 0) & (theirs[word] ?? 0));
    return count;
  }
}

function bitsOf(word: number): number {
  let bits = word - ((word >>> 1) & 0x5555_5555);
  bits = (bits & 0x3333_3333) + ((bits >>> 2) & 0x3333_3333);
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f_0f0f, 0x0101_0101) >>> 24;
}
