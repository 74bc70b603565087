/** After a start: cards that were to be written when the process ended, as its journal has them. */

import { identityText } from '../../core/tap.ts';
import type { Tariffs } from '../../core/tariff/versions.ts';
import { type Intent, intentOf } from '../../core/validator/intent.ts';
import { readableRecord } from '../../wire/record/record.ts';
import type { Journal } from '../journal/journal.ts';

/** A card that nobody has shown again for so many records is left to the back office. */
const RECORDS_BACK = 512;

export function unsettledIn(journal: Journal, tariffs: Tariffs): readonly Intent[] {
  const next = journal.next().sequence;
  const open = new Map<string, Intent>();
  for (const { bytes } of journal.range(Math.max(1, next - RECORDS_BACK), next - 1)) {
    const record = readableRecord(bytes);
    if (record === undefined) continue;
    const { schema, realm, deviceId, epoch, sequence, prevHash, firmware, bootId, ...body } = record;
    const intent = intentOf(tariffs, { deviceId, epoch, sequence }, body);
    if (intent !== undefined) open.set(identityText(intent.identity), intent);
    if (body.intentRef !== undefined && body.outcome !== 'unknown') open.delete(body.intentRef);
  }
  return [...open.values()];
}
