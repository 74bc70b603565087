/**
 * What each piece of evidence weighs. All figures of the tracker stand here, with the reason for each; `npm run perf --
 * position` shows what a change of one does.
 */
export const WEIGHTS = {
  fix: {
    /** Of a receiver that does not say how exact it is: a bus between houses. */
    errorM: 12,
    /** A fix that lies says no more than one from a detour does. */
    outlierShare: 0.05,
    /** Errors of a receiver last: fixes nearer in time than this count as one. */
    correlatedS: 4,
    /** A fix older than this says nothing of now. */
    freshMs: 10_000,
  },
  course: {
    /** Slower than this a receiver's course is noise. */
    fromMps: 2.5,
    /** About 35 degrees: a bend within one cell, and a turn just begun. */
    concentration: 2.7,
    /** The course is wrong, or the vehicle manoeuvres. */
    wrongShare: 0.15,
  },
  off: {
    /** Beside the path, on a detour: within a few streets of it. */
    besideM: 250,
    /** How often a vehicle leaves its path, and how soon a detour ends, in seconds. */
    leavesEveryS: 1800,
    lastsS: 90,
  },
  elsewhere: {
    /** On no path that is followed: anywhere within so many square metres. */
    areaM2: 4e6,
    /** How often a vehicle leaves the runs that are followed: for the depot, or as somebody forgot to say. */
    leavesEveryS: 7200,
    /** Of a vehicle that was told its trip or line, the share that runs another. */
    wronglyTold: 0.005,
    /** Above this it is worth asking which runs there are. */
    searchFrom: 0.05,
    searchEveryMs: 15_000,
    /** How much of what is elsewhere is given to the runs that are found: the rest stays elsewhere. */
    found: 0.5,
    /** Above this no run that was told explains what is seen, and others are tried. */
    widerFrom: 0.5,
  },
  speed: {
    /** A receiver measures it by the Doppler shift: exact to this and to this share of it. */
    measured: { errorMps: 1.2, errorShare: 0.12 },
    /** Else it is reckoned from the places of two fixes so far apart in time: their errors change by this meanwhile. */
    reckoned: { overMs: 5500, fromS: 3, errorM: 10, mostMps: 28 },
  },
  pace: {
    /** In a step of some seconds: at a light or a stop, or going at about this speed. */
    standing: 0.5,
    mps: 8,
    spreadMps: 6,
    /** A speed that is known is wrong so often: the fix lied. */
    wrongSpeed: 0.1,
    /** A longer step goes by the timetable, at about this share more or less of its pace. */
    scheduledFromS: 12,
    scheduledSpread: 0.4,
    /** It has not moved at all in a longer step: lights turn, and queues go on. */
    scheduledStanding: 0.05,
    /** Standing ends after about so many seconds. */
    standsS: 30,
  },
  lateness: {
    /** Seconds early and late: of most vehicles, and of those that met with something. */
    usual: { share: 0.8, earlyS: 60, lateS: 240 },
    unusual: { share: 0.2, earlyS: 300, lateS: 1200 },
    /** Anywhere on the trip, whatever the timetable says. */
    anywhere: 1e-3,
  },
  doors: {
    /** How far from its pole a vehicle opens its doors. */
    spreadM: 18,
    /** Doors open away from every stop, beside their own stops' likeliness. */
    awayFromStops: 0.0005,
    /** The same on a detour, where stops are elsewhere. */
    onDetour: 0.2,
    /** And on no run that is followed. */
    elsewhere: 0.1,
    /** A stop is passed with doors closed so often. */
    passes: 0.5,
    /** A vehicle that goes faster than this, or is farther from where they opened, has its doors closed, whatever the wire says. */
    closedFromMps: 3,
    closedFromM: 80,
  },
  telegram: {
    /** A stop that the vehicle bus names is wrong so often. */
    wrong: 0.002,
    /** A name or a destination, which is a text that people wrote. */
    wrongText: 0.05,
    /** Of all stops there are, one is named by chance so often. */
    elsewhere: 0.02,
    /** A stop is named until its vehicle has left it so far behind. */
    behindM: 60,
  },
  terminus: {
    /** So many metres from its last stop a trip may be over. */
    withinM: 40,
    /** After so many seconds there the next one has begun. */
    turnsAfterS: 120,
    /** The next one is part of the duty when it is so likely. */
    begins: 0.05,
    /** Doors that open there once more open for the next one. */
    reopened: 0.8,
  },
  told: {
    /** Said without reserve: nine hundred and ninety-nine of a thousand such answers are right. */
    certain: 0.999,
    /** Said at all. */
    likely: 0.6,
    /** Without doors, riders who tap so far past a stop may have got on at it or at one before. */
    pastM: 40,
    /** Doors that stay closed past so many stops may be doors that nobody hears. */
    silentStops: 8,
  },
  /** Less than this is not followed: for a run, and for a cell of one. */
  forgotten: { run: 1e-6, cell: 1e-9 },
} as const;
