/**
 * Real feeds are not ours to ship: a test finds them in the folder TURA_FEEDS, by default `../shared/feeds` beside
 * the repository. Where they are missing it says so and passes; in CI, where they must be, it fails.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = process.env.TURA_FEEDS ?? join(import.meta.dirname, '../../shared/feeds');

/** A test's body that is given the path of the feed `name`. */
export function withFeed(name: string, body: (path: string) => void | Promise<void>): () => Promise<void> {
  return async () => {
    const path = join(FOLDER, name);
    if (existsSync(path)) return body(path);
    if (process.env.CI) throw new Error(`no feed ${path}: set TURA_FEEDS to the folder of the real feeds`);
    process.stdout.write(`skipped: no feeds (${name}; set TURA_FEEDS)\n`);
  };
}
