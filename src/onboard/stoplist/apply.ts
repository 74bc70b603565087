/** The stop list's bundles into the vehicle's file. */
import { TuraError } from '../../core/error.ts';
import { MAX_BIN_RANGES } from '../../core/list/stop-entry.ts';
import { kindBounds } from '../../wire/list/key.ts';
import type { BundleSource } from '../../wire/list/read-bundle.ts';
import { type Applied, type ApplyOptions, applyList } from '../list/apply.ts';

/** As `applyList`. Lookups go on while it runs, on the version they began with. */
export function applyStopList(source: BundleSource, file: string, options: ApplyOptions): Promise<Applied> {
  return applyList('stop-list', source, file, options, database => {
    const ranges = database.prepare('SELECT count(*) FROM entry WHERE key >= ? AND key < ?').pluck();
    const count = Number(ranges.get(...kindBounds('binRange')));
    if (count <= MAX_BIN_RANGES) return;
    throw new TuraError('bad-input', `${source.name}: ${count} BIN ranges`, {
      where: source.name,
      expected: `at most ${MAX_BIN_RANGES}`,
    });
  });
}
