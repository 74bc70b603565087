/**
 * What doors and the vehicle bus say of where the vehicle is. The bus says everything again and again: only a change says
 * something, and the rest that the vehicle is still there.
 */
import type { EpochMs } from '../../../core/time.ts';
import type { Observation } from '../observation.ts';
import { advanced, turnedRound } from './advance.ts';
import { type Belief, settled } from './belief.ts';
import { boardedAt, boardedNowhere, opened } from './boarding.ts';
import { named } from './evidence.ts';
import { type Hypothesis, scaled } from './hypothesis.ts';
import type { Runs } from './runs.ts';
import { turnedByDoors } from './terminus.ts';
import type { Track } from './track.ts';
import { WEIGHTS } from './weights.ts';

type Of<Kind extends Observation['kind']> = Extract<Observation, { kind: Kind }>;

const { doors: ofDoors, telegram, fix: ofFix } = WEIGHTS;

/** A wire that does not say which door is one that says all. */
const ALL_DOORS = '';

/** More than any vehicle has: who says more of them is mistaken. */
const MOST_DOORS = 32;

/** Only the first door to open makes a stop: what opens while others are open belongs to the same one. */
export function heardDoors(track: Track, { doorId = ALL_DOORS, open, atMs }: Of<'doors'>, runs: Runs): Track {
  const now = advanced(track, atMs, runs);
  const { open: before } = now.doors;
  const others = doorId === ALL_DOORS && !open ? [] : before.filter(other => other !== doorId);
  const stands = open && others.length < MOST_DOORS ? [...others, doorId] : others;
  const isNew = open && before.length === 0;
  const at = isNew ? (isFresh(now, atMs) ? now.fixes.at(-1) : undefined) : now.doors.at;
  const doors = { heard: true, open: stands, at, contradicted: 0 };
  if (!isNew) return { ...now, doors };
  const turned = turnedRound(now, now.belief.elsewhere, turnedByDoors(now.belief.hypotheses, runs));
  const { hypotheses, elsewhere } = turned.belief;
  return { ...turned, doors, belief: settled(opened(hypotheses), elsewhere * ofDoors.elsewhere) };
}

export function heardStop(track: Track, { stop, atMs }: Of<'stop'>, runs: Runs): Track {
  if (stop === track.bus.stop) return advanced(track, atMs, runs);
  const now = advanced(track, atMs, runs);
  const stopIds = new Set(runs.stopsOfNumber(stop));
  const bus = { ...now.bus, stop };
  if (stopIds.size > 0) {
    return { ...now, bus: { ...bus, stopMs: atMs, strange: false }, belief: saidStop(now, stopIds) };
  }
  // A receiver that sees where the vehicle is needs no number.
  if (isFresh(now, atMs)) return { ...now, bus };
  const { hypotheses, elsewhere } = now.belief;
  return { ...now, bus: { ...bus, strange: true }, belief: settled(boardedNowhere(hypotheses), elsewhere) };
}

/** Where doors are heard it says whither the vehicle goes, and they say where it is; else it says both. */
export function saidStop({ belief, doors }: Track, stopIds: ReadonlySet<string>): Belief {
  const { hypotheses, elsewhere } = belief;
  const said = doors.heard
    ? hypotheses.map(one => named(one, stopIds, { there: 1, notThere: telegram.wrong }))
    : boardedAt(hypotheses, stopIds, telegram.wrong);
  return settled(said, elsewhere * telegram.elsewhere);
}

export function isFresh({ fixes }: Track, atMs: EpochMs): boolean {
  const fix = fixes.at(-1);
  return fix !== undefined && atMs - fix.atMs <= ofFix.freshMs;
}

export function heardNextStop(track: Track, { text, atMs }: Of<'next-stop'>, runs: Runs): Track {
  if (text === track.bus.nextStop) return advanced(track, atMs, runs);
  const now = advanced(track, atMs, runs);
  const shown = plain(text);
  const isNamed = (stopId: string) => isCutFrom(shown, plain(runs.stopName(stopId) ?? ''));
  const stopIds = new Set(
    now.belief.hypotheses.flatMap(({ run }) => run.path.stopIds.filter(stopId => isNamed(stopId))),
  );
  const bus = { ...now.bus, nextStop: text };
  if (stopIds.size === 0) return { ...now, bus };
  const naming = { there: 1, notThere: telegram.wrongText };
  const said = now.belief.hypotheses.map(one => named(one, stopIds, naming));
  return { ...now, bus, belief: settled(said, now.belief.elsewhere * telegram.wrongText) };
}

/** A destination by number means what the operator's table says, which no feed holds. */
export function heardDestination(track: Track, { destination, atMs }: Of<'destination'>, runs: Runs): Track {
  if (destination === track.bus.destination) return advanced(track, atMs, runs);
  const now = advanced(track, atMs, runs);
  const bus = { ...now.bus, destination };
  if (typeof destination === 'number') return { ...now, bus };
  const shown = plain(destination);
  const goesThere = ({ run }: Hypothesis) => isCutFrom(shown, plain(run.trip.headsign ?? ''));
  const { hypotheses, elsewhere } = now.belief;
  if (!hypotheses.some(goesThere)) return { ...now, bus };
  const weighed = hypotheses.map(one => (goesThere(one) ? one : scaled(one, telegram.wrongText)));
  return { ...now, bus, belief: settled(weighed, elsewhere * telegram.wrongText) };
}

function plain(text: string): string {
  return text.normalize('NFC').toLowerCase().replace(/\s+/g, ' ').trim();
}

/** A display is short: what it shows begins the whole name. */
function isCutFrom(shown: string, whole: string): boolean {
  return shown !== '' && whole.startsWith(shown);
}
