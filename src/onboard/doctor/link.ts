/** The way to the collector: is it there, does it take records, and those of this realm. */
import { TuraError } from '../../core/error.ts';
import { HEALTH_PATH } from '../../wire/batch.ts';
import { type Check, type Finding, notAsked, ok, wrong } from './check.ts';
import type { Vehicle } from './patient.ts';
import { shellWord } from './shell-word.ts';
import type { Got } from './system.ts';

const HERE = ['127.0.0.1', 'localhost', '[::1]'];

export const LINK: readonly Check[] = [{ name: 'collector', of: 'vehicle', ask: askCollector }];

async function askCollector({ device, system }: Vehicle): Promise<Finding> {
  const { collector, realm } = device;
  if (collector === undefined) return notAsked('the device file names none: taps stay in the outbox');
  const { origin, pathname, hostname, port } = new URL(collector);
  const address = `${origin}${pathname.replace(/\/+$/, '')}${HEALTH_PATH}`;
  const start = `tura collect${port === '' ? '' : ` --port ${port}`} --realm ${realm}`;
  const ask = `curl -sS ${shellWord(address)}`;
  let got: Got;
  try {
    got = await system.get(address);
  } catch (error) {
    if (!(error instanceof TuraError)) throw error;
    return wrong(error.message, HERE.includes(hostname) ? start : ask);
  }
  const said = bodyOf(got);
  if (got.status !== 200) return wrong(`${address} answers ${got.status}${said.what}`, ask);
  if (said.realm === undefined) return wrong(`${address} is no collector's: ${got.text.slice(0, 80)}`, ask);
  const found = `${collector} answers in ${Math.round(got.tookMs)} ms`;
  if (said.realm === realm) return ok(`${found}, for the realm ${realm}`);
  return wrong(`${found}, for the realm ${said.realm}: records of ${realm} go to its quarantine`, start);
}

/** A collector's health, or its refusal in words. */
function bodyOf({ text }: Got): { realm?: string; what: string } {
  try {
    const body = JSON.parse(text) as { realm?: unknown; error?: { what?: unknown } } | null;
    const realm = typeof body?.realm === 'string' ? { realm: body.realm } : {};
    return { ...realm, what: body?.error?.what === undefined ? '' : `: ${String(body.error.what)}` };
  } catch {
    return { what: '' };
  }
}
