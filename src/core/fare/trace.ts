/** What the engine looked at and why it chose, told while it rates; without a listener nothing is said or built. */
export interface Trace {
  /** A rule that decided, with its arithmetic in words. */
  applied(ruleId: string, said: string): void;
  /** A rule that was looked at and did not. */
  passed(ruleId: string, why: string): void;
}
