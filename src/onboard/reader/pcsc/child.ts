/** Starts a reader's host as a child process. */
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { OpenHost, Report } from './protocol.ts';

/** The source runs as it is; in the build the host is an entry of its own beside the bundle. */
const HOST = fileURLToPath(
  import.meta.url.endsWith('.ts')
    ? new URL('./host.ts', import.meta.url)
    : new URL('./pcsc-host.js', import.meta.url),
);

export const forkHost: OpenHost = hear => {
  // The library's class for the ACR122 prints to stdout, where the validator's own lines go: it gets none.
  const child = fork(HOST, { stdio: ['ignore', 'ignore', 'pipe', 'ipc'], serialization: 'advanced' });
  let lastWords = '';
  let heard = hear;
  const ended = new Promise(resolve => {
    child.once('exit', resolve);
    child.once('error', resolve);
  });

  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    lastWords = `${lastWords}${text}`.slice(-300);
  });
  child.on('message', (report: Report) => heard(report));
  child.on('error', fault => heard({ kind: 'lost', why: `the reader's process: ${fault.message}` }));
  child.on('exit', (code, signal) => {
    const how = signal ?? `code ${code}`;
    heard({ kind: 'lost', why: `the reader's process ended (${how}) ${lastWords}`.trim() });
  });

  return {
    send: order => {
      if (child.connected) child.send(order, () => undefined);
    },
    kill: async () => {
      heard = () => undefined;
      child.kill('SIGKILL');
      await ended;
    },
  };
};
