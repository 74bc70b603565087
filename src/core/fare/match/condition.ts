/** What a leg rule may ask beyond the fields it is looked up by: an answer depends on the single ride. */
export type Condition = (travelled: Travelled) => boolean;

export interface Travelled {
  /** Fare distance units of the leg, or of all legs joined into it. Undefined is unknown. */
  readonly distance: number | undefined;
  /** The stops travelled through, both ends among them. */
  readonly stops: readonly number[];
}
