import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Runs `work` with a database file of its own, in a folder that is gone afterwards. */
export async function withFile(work: (file: string) => unknown): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'tura-list-'));
  try {
    await work(join(folder, 'list.db'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
