/**
 * The applications of the resident card beside its payment (FARES.md 5). Nobody registered their identifiers: F begins
 * what is proprietary (ISO 7816-5), then `TURA` and a number.
 */
export const RESIDENT_AIDS = {
  transit: 'f05455524101',
  /** The policy of compulsory medical insurance: no validator selects it. */
  policy: 'f05455524102',
  loyalty: 'f05455524103',
  /** The cardholder's page. */
  services: 'f05455524104',
} as const;
export type ResidentApplication = keyof typeof RESIDENT_AIDS;
