/** Folders that are gone after the test, and a while without any right to write. */
import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** In memory where there is such a place: what a disk's caches do is proven in `test/real`, and every commit waits for them. */
const PLACE = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

/** Waits for `use` where that takes its time. */
export function withFolder<T>(use: (folder: string) => T): T {
  const folder = mkdtempSync(join(PLACE, 'tura-'));
  const clear = () => rmSync(folder, { recursive: true, force: true });
  let result: T;
  try {
    result = use(folder);
  } catch (error) {
    clear();
    throw error;
  }
  if (result instanceof Promise) return result.finally(clear) as T;
  clear();
  return result;
}

const NOBODY = 65_534;

/** Runs `use` while `folder` may not be written to: root, whom no mode stops, is nobody meanwhile. */
export function withoutRights<T>(folder: string, use: () => T): T {
  const isRoot = process.geteuid?.() === 0;
  chmodSync(folder, 0o555);
  if (isRoot) process.seteuid?.(NOBODY);
  try {
    return use();
  } finally {
    if (isRoot) process.seteuid?.(0);
    chmodSync(folder, 0o755);
  }
}
