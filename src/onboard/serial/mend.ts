/** What a person does about a port that does not open, by what the machine says of it. */

export interface Fault {
  readonly why: string;
  readonly mend?: string | undefined;
}

interface KnownFault {
  readonly says: RegExp;
  readonly why: string;
  /** A line to paste; `%` is the path. */
  readonly mend: string;
}

const FAULTS: readonly KnownFault[] = [
  {
    // A port that was open reads as a bad file descriptor once its adapter is pulled.
    says: /no such file|no such device|bad file descriptor|i.o error|input.output error|cannot find|not found/i,
    why: 'no adapter is plugged in there',
    mend: 'plug the adapter in; what is there: ls -l /dev/serial/by-id/',
  },
  {
    says: /permission denied|access denied|EACCES/i,
    why: 'this user may not open it',
    mend: 'sudo usermod -aG dialout "$USER", then log in again',
  },
  {
    says: /cannot lock port|resource busy|resource temporarily unavailable/i,
    why: 'another program holds it',
    mend: 'sudo fuser -v % names it; often: sudo systemctl disable --now ModemManager gpsd gpsd.socket',
  },
  {
    says: /inappropriate ioctl|is a directory|not a tty/i,
    why: 'it is no serial port',
    mend: "write a serial port under 'path' in the device file: ls -l /dev/serial/by-id/",
  },
  {
    says: /baud/i,
    why: 'it knows no such speed',
    mend: "write a speed that the adapter has under 'baud' in the device file",
  },
];

/** What is not in the table is said as the machine says it. */
export function faultOf(said: string, path: string): Fault {
  const fault = FAULTS.find(({ says }) => says.test(said));
  if (fault === undefined) return { why: `${path}: ${said}` };
  return { why: `${path}: ${fault.why}`, mend: fault.mend.replace('%', path) };
}
