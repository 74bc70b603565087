import { watch } from 'node:fs';
import { TuraError, whyOf } from '../../core/error.ts';
import type { WatchFolder } from './watch.ts';

/** A folder of the disk; not those inside it. Throws `TuraError` where it cannot be watched. */
export const watchFolder: WatchFolder = (folder, onChange) => {
  try {
    const watching = watch(folder, (_event, name) => onChange(name ?? ''));
    // A folder that is gone changes no more; the next run says so.
    watching.on('error', () => watching.close());
    return () => watching.close();
  } catch (cause) {
    const why = whyOf(cause);
    throw new TuraError('disk-fault', `${folder} cannot be watched: ${why}`, { where: folder, cause });
  }
};
