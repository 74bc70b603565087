import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

/** Where state lives unless `--state` says otherwise: the XDG state folder, whose variable counts only when absolute. */
export function defaultStateFolder(): string {
  const base = process.env.XDG_STATE_HOME;
  return join(base !== undefined && isAbsolute(base) ? base : join(homedir(), '.local', 'state'), 'tura');
}
