/** Anything made as small as it stays what it is: the first smaller one that still is replaces it, again and again. */

export interface Shrinking<Small extends Candidate, Candidate> {
  /** Each one step simpler; whether it is still what it was is not asked there. */
  readonly simpler: (from: Small) => Iterable<Candidate>;
  readonly weightOf: (candidate: Candidate) => number;
  /** Undefined for a candidate that is no longer what `from` is. */
  readonly kept: (candidate: Candidate, from: Small) => Small | undefined;
  /** So many candidates are looked at: it is small long before. */
  readonly mostTried: number;
}

export function shrunkTo<Small extends Candidate, Candidate>(
  first: Small,
  { simpler, weightOf, kept, mostTried }: Shrinking<Small, Candidate>,
): Small {
  let [smallest, tried] = [first, 0];
  for (let isSmaller = true; isSmaller; ) {
    isSmaller = false;
    const weight = weightOf(smallest);
    for (const candidate of simpler(smallest)) {
      if (tried === mostTried) return smallest;
      tried += 1;
      const next = weightOf(candidate) < weight ? kept(candidate, smallest) : undefined;
      if (next === undefined) continue;
      [smallest, isSmaller] = [next, true];
      break;
    }
  }
  return smallest;
}
