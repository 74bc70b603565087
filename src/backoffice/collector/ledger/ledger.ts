/**
 * The port of what keeps collected records for ever: SQLite here, another database elsewhere.
 *
 * Promised: when `keep` settles, the whole batch is on disk; each identity stands in it once, whatever was repeated,
 * reordered or sent twice at the same time; nothing that arrived is dropped silently.
 * Not promised: anything after a disk fault. `keep` then refuses until the ledger is opened again.
 */
import type { TuraError } from '../../../core/error.ts';
import type { TapIdentity } from '../../../core/tap.ts';
import type { EpochMs } from '../../../core/time.ts';
import type { Answer } from '../../../wire/answer.ts';
import type { Judged } from '../judge.ts';

export interface Ledger {
  /**
   * One durable commit: a result for each piece in order, and how far each sequence it touched is held without a gap.
   * Rejects with `TuraError` disk-full, disk-read-only, state-in-use or disk-fault; then nothing of it was kept.
   */
  keep(batch: readonly Judged[], receivedAtMs: EpochMs): Promise<Kept>;
  /** Records of one device and epoch from sequence `from`, ascending; undefined when nothing of it is known. */
  records(query: RecordQuery): Promise<readonly HeldRecord[] | undefined>;
  totals(): Promise<LedgerTotals>;
  /** Runs of sequences that must exist, since later ones are held, and have not arrived. */
  gaps(limit: number): Promise<readonly Gap[]>;
  quarantine(page: Page): Promise<readonly QuarantineEntry[]>;
  conflicts(page: Page): Promise<readonly ConflictEntry[]>;
  /** Why nothing can be kept any more, when that is so. */
  fault(): TuraError | undefined;
  close(): Promise<void>;
}

export type Kept = Pick<Answer, 'results' | 'acknowledged'>;

export interface RecordQuery {
  readonly deviceId: string;
  readonly epoch: string;
  readonly from: number;
  readonly limit: number;
}

/** A record as it is held: a disk may have spoilt its bytes since, and its place is known all the same. */
export interface HeldRecord {
  readonly sequence: number;
  /** Canonical. */
  readonly bytes: Uint8Array;
}

/** Entries after entry `after` (0 for the first page), oldest first. */
export interface Page {
  readonly after: number;
  readonly limit: number;
}

export interface Gap {
  readonly deviceId: string;
  readonly epoch: string;
  /** Both inclusive. */
  readonly first: number;
  readonly last: number;
}

interface Entry {
  /** Ascending in order of arrival. */
  readonly id: number;
  readonly receivedAtMs: EpochMs;
  readonly bytes: Uint8Array;
}

export interface QuarantineEntry extends Entry {
  readonly why: string;
  readonly claims?: TapIdentity;
}

/** A second record with an identity that is already held with another hash: a cloned or restored device. */
export interface ConflictEntry extends Entry {
  readonly identity: TapIdentity;
  /** SHA-256 of what is held, and of this one, in hex. */
  readonly heldHash: string;
  readonly hash: string;
}

/** Counts of the ledger proper: what is quarantined or in conflict is not in them. */
export interface Tally {
  readonly records: number;
  readonly accepted: number;
  readonly declined: number;
  /** Sum of the riders' own lines in minor units, by currency. */
  readonly riderMinor: Readonly<Record<string, number>>;
}

/** What needs a person's eye. */
export interface Exceptions {
  readonly quarantined: number;
  readonly conflicts: number;
  /** Records whose prevHash is not the hash of the record held before them. */
  readonly brokenLinks: number;
}

export interface DeviceTotals extends Tally, Exceptions {
  readonly deviceId: string;
  readonly epoch: string;
  /** Every sequence up to and including this one is held. */
  readonly through: number;
  readonly highest: number;
}

export interface LedgerTotals extends Tally, Exceptions {
  /** Sequences that are missing below a held one, over all devices. */
  readonly missing: number;
  /** One row a device and epoch. */
  readonly devices: readonly DeviceTotals[];
}
