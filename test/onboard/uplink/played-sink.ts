/** An uplink between a journal in memory and a back office that plays what it was told. */
import { type FaultCode, TuraError } from '../../../src/core/error.ts';
import type { Sink } from '../../../src/onboard/uplink/sink.ts';
import { createUplink, type Uplink, type UplinkEvent } from '../../../src/onboard/uplink/uplink.ts';
import type { Answer, RecordResult } from '../../../src/wire/answer.ts';
import { readRecord } from '../../../src/wire/record/record.ts';
import { aBody, EPOCH } from '../../wire/records.ts';
import { MemoryJournal } from './memory-journal.ts';
import { StandingTimers } from './timers.ts';

/** What a back office does with one batch. */
type Move = FaultCode | 'new' | readonly RecordResult[] | Error;

/** A sink that plays the moves it was given, then answers `new` to everything. */
class PlayedSink implements Sink {
  readonly batches: number[][] = [];
  readonly #moves: Move[];
  closed = false;

  constructor(...moves: Move[]) {
    this.#moves = moves;
  }

  async send(records: readonly Uint8Array[]): Promise<Answer> {
    const sequences = records.map(bytes => readRecord(bytes).sequence);
    this.batches.push(sequences);
    const move = this.#moves.shift() ?? 'new';
    if (move instanceof Error) throw move;
    if (typeof move === 'string' && move !== 'new') throw new TuraError(move, `played ${move}`);
    const results = move === 'new' ? sequences.map(() => ({ result: 'new' as const })) : [...move];
    const mark = { deviceId: 'tmn-bus-101', epoch: EPOCH, through: sequences.at(-1) ?? 0 };
    return { schema: 1, results, acknowledged: [{ ...mark, deviceId: 'other', through: 99 }, mark] };
  }

  async close(): Promise<void> {
    this.closed = true;
  }
}

export interface Setup {
  journal: MemoryJournal;
  sink: PlayedSink;
  timers: StandingTimers;
  events: UplinkEvent[];
  uplink: Uplink;
}

/** That many taps wait in the outbox. */
export function setUp(taps: number, ...moves: Move[]): Setup {
  const journal = new MemoryJournal();
  for (let tap = 0; tap < taps; tap++) journal.append(aBody());
  const parts = {
    journal,
    sink: new PlayedSink(...moves),
    timers: new StandingTimers(),
    events: [] as UplinkEvent[],
  };
  const random = () => 0.5;
  const uplink = createUplink({ ...parts, random, onProgress: event => parts.events.push(event) });
  return { ...parts, uplink };
}
