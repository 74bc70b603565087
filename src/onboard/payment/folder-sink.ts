/**
 * Sealed payments as files in a folder, one each, from which the acquirer's own program takes them: `REF.cbor` is there
 * whole or not at all, and whoever holds it safely acknowledges it by deleting it. Taken twice, it is known by its name.
 */
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type { SealedPayment } from '../../core/card/identity.ts';
import { TuraError } from '../../core/error.ts';
import { diskFault } from '../../disk/sqlite.ts';
import type { PaymentSink } from './payments.ts';

/** Beyond, no bank card is taken: some days of a full vehicle, and 80 MB of a disk that others need too. */
const MAX_WAITING = 20_000;

const WHAT = 'payment folder';
const [WHOLE, UNFINISHED] = ['.cbor', '.unfinished'];

/** Throws `TuraError` for the disk. `most`: how many may wait. */
export function openFolderSink(folder: string, most = MAX_WAITING): PaymentSink {
  const guarded = <Value>(work: () => Value): Value => {
    try {
      return work();
    } catch (error) {
      throw diskFault(error, folder, WHAT);
    }
  };
  const clear = () => {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const names = readdirSync(folder);
    // What a kill left half written was never named by a record.
    for (const name of names) if (name.endsWith(UNFINISHED)) rmSync(join(folder, name), { force: true });
    return names.filter(name => name.endsWith(WHOLE)).length;
  };
  /** At least as many as wait: what was taken meanwhile is found when they are counted anew. */
  let waiting = guarded(clear);
  return {
    keep: payment =>
      guarded(() => {
        if (waiting >= most) waiting = clear();
        if (waiting >= most) throw full(folder, waiting);
        writeDurably(folder, payment);
        waiting += 1;
      }),
  };
}

function full(folder: string, waiting: number): TuraError {
  const what = `${WHAT} ${folder}: ${waiting} payments wait`;
  return new TuraError('payments-waiting', what, {
    where: folder,
    expected: "the acquirer's program to take them",
  });
}

function writeDurably(folder: string, { ref, bytes }: SealedPayment): void {
  const [whole, unfinished] = [join(folder, ref + WHOLE), join(folder, ref + UNFINISHED)];
  try {
    writeFileSync(unfinished, bytes, { mode: 0o600, flush: true });
    renameSync(unfinished, whole);
  } catch (error) {
    // On a full disk what was written of it would stand in its own way.
    rmSync(unfinished, { force: true });
    throw error;
  }
  // The rename itself is durable only with the folder.
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
