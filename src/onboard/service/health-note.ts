/**
 * What a running validator says of itself to whoever may not open its journal meanwhile: one small file, written over
 * in place and to the disk, so that each note also proves that the disk answers.
 */
import { constants } from 'node:fs';
import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { EpochMs } from '../../core/time.ts';
import { diskFault } from '../../disk/sqlite.ts';

export interface HealthNote {
  readonly atMs: EpochMs;
  /** Records in the outbox; absent while the journal cannot be read. */
  readonly waiting?: number;
  /** When the oldest of them was tapped. */
  readonly oldestMs?: EpochMs;
  /** When the back office last acknowledged a record. */
  readonly acknowledgedMs?: EpochMs;
}

/** One sector: the disk writes it whole or not at all, and it never needs another block. */
const NOTE_BYTES = 512;

export function healthFile(home: string): string {
  return join(home, 'health.json');
}

/** Settles when it is on disk. Throws `TuraError` for the disk. */
export async function writeHealthNote(file: string, note: HealthNote): Promise<void> {
  try {
    const handle = await open(file, constants.O_WRONLY | constants.O_CREAT, 0o600);
    try {
      await handle.write(JSON.stringify(note).padEnd(NOTE_BYTES), 0);
      await handle.datasync();
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw diskFault(error, file, 'health note');
  }
}

/** Undefined where none stands, or none that can be read. */
export async function readHealthNote(file: string): Promise<HealthNote | undefined> {
  try {
    const note: unknown = JSON.parse(await readFile(file, 'utf8'));
    return isNote(note) ? note : undefined;
  } catch {
    return undefined;
  }
}

function isNote(value: unknown): value is HealthNote {
  if (typeof value !== 'object' || value === null || !('atMs' in value)) return false;
  return Object.values(value).every(number => Number.isSafeInteger(number));
}
