/** Every name that rules speak of, in the order of its index. */
export interface Names {
  readonly media: readonly string[];
  readonly categories: readonly string[];
  /** First '': every network that no leg rule names. */
  readonly networks: readonly string[];
  /** First none: a zone is a set of areas that some stop lies in. */
  readonly zones: readonly (readonly string[])[];
  /** A band is a set of timeframe groups that hold together, at the entry and at the exit. */
  readonly bands: readonly (readonly string[])[];
}
