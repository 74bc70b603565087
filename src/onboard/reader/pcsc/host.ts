/** The process that holds the PC/SC library for one reader; started by `child.ts` and ended from there. */
import { connect } from 'node:net';
import { loadNfcPcsc } from './library.ts';
import type { Order, Report } from './protocol.ts';
import { ReaderService } from './service.ts';

const SOCKET = process.env.PCSCLITE_CSOCK_NAME ?? '/run/pcscd/pcscd.comm';
const START_PCSCD = 'sudo apt install pcscd && sudo systemctl enable --now pcscd.socket';

// A plain exit would wait for a thread that waits for a card; nothing here needs to be put in order.
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
// Ctrl-C reaches the whole group: the validator decides when its readers end.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => undefined);
process.on('uncaughtException', tellFault);
serve().catch(tellFault);

async function serve(): Promise<void> {
  const unreachable = process.platform === 'linux' ? await whyNotReachable(SOCKET) : undefined;
  if (unreachable !== undefined) {
    tell({ kind: 'lost', why: `pcscd is not running: ${unreachable}`, mend: START_PCSCD });
    return;
  }
  const NFC = await loadNfcPcsc();
  const service = new ReaderService(new NFC(), tell);
  process.on('message', (order: Order) => service.obey(order));
}

function tellFault(fault: Error): void {
  tell({ kind: 'lost', why: fault.message });
}

function tell(report: Report): void {
  if (process.connected) process.send?.(report);
}

/** Asked first, because `new NFC()` does not return, and spins, until pcscd is there. */
function whyNotReachable(path: string): Promise<string | undefined> {
  return new Promise(resolve => {
    const socket = connect(path);
    socket.once('error', fault => resolve(fault.message));
    socket.once('connect', () => {
      socket.destroy();
      resolve(undefined);
    });
  });
}
