/** What is known of a vehicle's place: what it was told to run, what is believed, and what was heard last. */
import type { EpochMs } from '../../../core/time.ts';
import type { Fix } from '../observation.ts';
import { type Belief, NOTHING_KNOWN } from './belief.ts';
import { type Duty, OPEN } from './duty.ts';
import { NEW_SEARCH, type Search } from './search.ts';

export interface Track {
  readonly duty: Duty;
  readonly belief: Belief;
  /** The moment for which it is believed; undefined before the first. */
  readonly atMs: EpochMs | undefined;
  readonly doors: Doors;
  readonly search: Search;
  /** The last of them and those of some seconds before it, oldest first. */
  readonly fixes: readonly Fix[];
  readonly bus: Bus;
  /** When the driver last named a stop. */
  readonly driverMs: EpochMs | undefined;
}

export interface Doors {
  /** Whether any door was ever heard of. */
  readonly heard: boolean;
  /** Those that are open. */
  readonly open: readonly string[];
  /** Where they opened, or were seen open first. */
  readonly at: Fix | undefined;
  /** Fixes in a row that say the vehicle goes all the same. */
  readonly contradicted: number;
}

/** What the vehicle bus said last: it says the same again and again. */
export interface Bus {
  readonly line?: string;
  readonly course?: number;
  readonly destination?: number | string;
  readonly nextStop?: string;
  readonly stop?: string;
  /** When it last named a stop that the feed knows. */
  readonly stopMs?: EpochMs;
  /** The stop it named is none of the feed's, and nothing better came since. */
  readonly strange?: boolean;
}

export const NEW_TRACK: Track = {
  duty: OPEN,
  belief: NOTHING_KNOWN,
  atMs: undefined,
  doors: { heard: false, open: [], at: undefined, contradicted: 0 },
  search: NEW_SEARCH,
  fixes: [],
  bus: {},
  driverMs: undefined,
};
