/** The service log: one JSON line an event on stderr, fields only, so that nothing is hidden inside a message. */
import { destination, type Logger, pino } from 'pino';

export const LOG_LEVELS = ['silent', 'error', 'warn', 'info', 'debug'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** Written by this thread: a worker could not be bundled, and would hold back the last lines of a process that dies. */
export function openLog(level: LogLevel): Logger {
  return pino({ level, base: null }, destination(2));
}
