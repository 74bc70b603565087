/** The next card on a reader, asked for everything it shows. */
import type { CardFace } from '../core/card/face.ts';
import { type Survey, surveyChip } from '../core/card/survey.ts';
import type { Terminal } from '../core/card/terminal.ts';
import type { TransitReader } from '../core/card/transit/talk.ts';
import { TuraError } from '../core/error.ts';
import { converse } from '../onboard/reader/converse.ts';
import type { Reader, ReaderEvent } from '../onboard/reader/reader.ts';
import type { Timers } from '../onboard/timers.ts';

export interface SurveyedCard {
  readonly face: CardFace;
  /** Absent: a storage card has no applications. */
  readonly survey?: Survey;
}

export interface Surveyor {
  readonly terminal: Terminal;
  readonly transit: TransitReader;
  readonly timers: Timers;
  /** The reader takes cards now. */
  readonly onReady: (readerName: string) => void;
}

/** A card of many applications is asked a few dozen things, and nobody waits behind it. */
const DEADLINE_MS = 5_000;

/** Starts the reader; whoever calls stops it. Rejects with `TuraError` when the reader or its first card fails. */
export function surveyNextCard(reader: Reader, surveyor: Surveyor): Promise<SurveyedCard> {
  return new Promise((resolve, reject) => {
    reader.start(event => {
      switch (event.kind) {
        case 'up':
          surveyor.onReady(event.name);
          return;
        case 'presented':
          surveyCard(event, surveyor).then(resolve, reject);
          return;
        case 'unreadable':
          reject(new TuraError('reader-fault', event.why, { where: event.readerId }));
          return;
        case 'down':
          reject(new TuraError('reader-missing', event.why, { where: event.readerId, ...mendOf(event) }));
          return;
        case 'removed':
        case 'scanned':
          return;
        default:
          event satisfies never;
      }
    });
  });
}

async function surveyCard(
  { face, chip }: Extract<ReaderEvent, { kind: 'presented' }>,
  { terminal, transit, timers }: Surveyor,
): Promise<SurveyedCard> {
  if (chip === undefined) return { face };
  return {
    face,
    survey: await converse(chip, surveyChip(terminal, transit), { timers, deadlineMs: DEADLINE_MS }),
  };
}

function mendOf({ mend }: Extract<ReaderEvent, { kind: 'down' }>): { expected?: string } {
  return mend === undefined ? {} : { expected: mend };
}
