/** A vehicle's serial lines, each with what reads it: scanners are readers, the rest says where the vehicle is. */
import type { ScanCode } from '../../wire/ticket/scan.ts';
import type { OnboardClock } from '../clock.ts';
import { Bus, type BusState } from '../position/ibis/bus.ts';
import { type NmeaFix, Receiver } from '../position/nmea/receiver.ts';
import type { Observation } from '../position/observation.ts';
import type { Reader } from '../reader/reader.ts';
import { Scanner } from '../scanner/scanner.ts';
import { Line, type LinePorts, type LineState } from './line.ts';
import { type PortSettings, settingsText } from './port.ts';
import type { SerialLine } from './settings.ts';
import { type Tallied, Tally } from './tally.ts';

/** What happened on a line, for people and logs. A scanner's state is its reader's. */
export type LineEvent = { readonly lineId: string } & (
  | { readonly kind: 'up'; readonly port: string }
  | Extract<LineState, { kind: 'down' }>
  /** Not understood, and not interpreted. */
  | ({ readonly kind: 'misheard' } & Tallied)
);

export interface LinesPorts extends LinePorts {
  readonly clock: OnboardClock;
  readonly scan: ScanCode;
  readonly onLine: (event: LineEvent) => void;
  readonly onFault: (fault: unknown) => void;
}

export interface LinesListener {
  observed(observation: Observation): void;
  /** What the vehicle bus is told when it asks. */
  state(): BusState;
}

export interface Lines {
  /** Started and stopped by the vehicle. */
  readonly scanners: readonly Reader[];
  start(listener: LinesListener): void;
  stop(): Promise<void>;
}

export function openLines(serial: readonly SerialLine[], ports: LinesPorts): Lines {
  const started: Line[] = [];
  return {
    scanners: serial.flatMap(line => (line.kind === 'scanner' ? [scanner(line, ports)] : [])),
    start(listener) {
      for (const settings of serial) {
        if (settings.kind === 'scanner') continue;
        const line =
          settings.kind === 'nmea' ? gnss(settings, ports, listener) : bus(settings, ports, listener);
        started.push(line);
        line.start();
      }
    },
    async stop() {
      await Promise.all(started.map(line => line.stop()));
    },
  };
}

type Of<Kind extends SerialLine['kind']> = Extract<SerialLine, { kind: Kind }>;

function scanner(line: Of<'scanner'>, ports: LinesPorts): Reader {
  return new Scanner({ readerId: line.id, port: portOf(line), framing: line.sends }, ports);
}

function gnss(settings: Of<'nmea'>, ports: LinesPorts, listener: LinesListener): Line {
  const tally = tallyOf(settings, ports);
  const receiver = new Receiver({
    fix: fix => listener.observed(fixObserved(fix)),
    noFix: atMs => listener.observed({ kind: 'no-fix', atMs }),
    misheard: misheard => tally.add(misheard),
  });
  return lineOf(settings, ports, {
    heard: bytes => receiver.push(bytes, ports.clock.now()),
    reset: () => receiver.reset(),
  });
}

function bus(settings: Of<'ibis'>, ports: LinesPorts, listener: LinesListener): Line {
  const { clock } = ports;
  const tally = tallyOf(settings, ports);
  const device = new Bus(settings.address, {
    observed: observation => listener.observed(observation),
    misheard: misheard => tally.add(misheard),
    state: () => listener.state(),
    send: frame => {
      if (!line.write(frame)) tally.add({ what: 'a status poll that could not be answered in time' });
    },
  });
  const line = lineOf(settings, ports, {
    heard: bytes => device.push(bytes, { atMs: clock.now(), monotonicMs: clock.monotonicMs() }),
    reset: () => device.reset(),
  });
  return line;
}

function lineOf(
  settings: SerialLine,
  ports: LinesPorts,
  reading: { heard(bytes: Uint8Array): void; reset(): void },
): Line {
  const { id: lineId } = settings;
  const port = portOf(settings);
  return new Line(port, ports, {
    heard: reading.heard,
    became(state) {
      reading.reset();
      ports.onLine(
        state.kind === 'up'
          ? { kind: 'up', lineId, port: `${port.path}, ${settingsText(port)}` }
          : { ...state, lineId },
      );
    },
    failed: ports.onFault,
  });
}

function tallyOf({ id: lineId }: SerialLine, { onLine }: LinesPorts): Tally {
  return new Tally(tallied => onLine({ kind: 'misheard', lineId, ...tallied }));
}

function portOf({ path, baud, dataBits, parity, stopBits }: SerialLine): PortSettings {
  return { path, baud, dataBits, parity, stopBits };
}

/** How exact it is, a receiver does not say in these sentences: a dilution of precision is no error in metres. */
function fixObserved({ atMs, lat, lon, speedMps, courseDeg }: NmeaFix): Observation {
  return {
    kind: 'fix',
    atMs,
    lat,
    lon,
    ...(speedMps === undefined ? {} : { speedMps }),
    ...(courseDeg === undefined ? {} : { courseDeg }),
  };
}
