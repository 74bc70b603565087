/** Time passes: vehicles move on, turn round at the end of their trip, and now and then leave what they were told to run. */
import { type EpochMs, epoch } from '../../../core/time.ts';
import { massOf, NOTHING_KNOWN, settled } from './belief.ts';
import { goesOn } from './duty.ts';
import { moved } from './motion.ts';
import type { Runs } from './runs.ts';
import type { Speed } from './speed.ts';
import { type TurnedRound, turnedAfter } from './terminus.ts';
import type { Track } from './track.ts';
import { WEIGHTS } from './weights.ts';

/** After a longer silence the vehicle may be anywhere: what was believed of it is forgotten. */
const FORGETS_MS = 30 * 60_000;

export function advanced(track: Track, atMs: EpochMs, runs: Runs): Track {
  const now = movedOnTo(track, atMs, undefined, runs);
  const { hypotheses, elsewhere } = now.belief;
  return now.belief === track.belief ? now : { ...now, belief: settled(hypotheses, elsewhere) };
}

/**
 * The same for whoever settles the belief afterwards, with the speed as it is at `atMs`. What comes a little out of order
 * takes nothing back: no time has passed.
 */
export function movedOnTo(track: Track, atMs: EpochMs, speed: Speed | undefined, runs: Runs): Track {
  const { belief, doors } = track;
  const sinceMs = atMs - (track.atMs ?? atMs);
  if (sinceMs <= 0) return { ...track, atMs: epoch(Math.max(atMs, track.atMs ?? atMs)) };
  if (sinceMs > FORGETS_MS) return { ...track, atMs, belief: NOTHING_KNOWN };
  // With open doors nothing moves.
  if (doors.open.length > 0) return { ...track, atMs };
  const forS = sinceMs / 1000;
  const moving = belief.hypotheses.map(one => moved(one, { atMs, forS, speed, doorsHeard: doors.heard }));
  const leaves = 1 - Math.exp(-forS / WEIGHTS.elsewhere.leavesEveryS);
  const elsewhere = belief.elsewhere + leaves * (1 - belief.elsewhere);
  return turnedRound({ ...track, atMs }, elsewhere, turnedAfter(moving, forS, runs));
}

/** The duty goes on with the block, once the next run is worth speaking of. */
export function turnedRound(track: Track, elsewhere: number, turned: TurnedRound): Track {
  const { hypotheses, over, began } = turned;
  const belief = { hypotheses, elsewhere: elsewhere + over };
  let { duty } = track;
  for (const { after, next } of began) {
    if (massOf(belief, ({ run }) => run.key === next.key) >= WEIGHTS.terminus.begins) {
      duty = goesOn(duty, after, next);
    }
  }
  return { ...track, duty, belief };
}
