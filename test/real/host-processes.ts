/** The processes that hold the PC/SC library: those of this process's children that run the host. */
import { readdirSync, readFileSync } from 'node:fs';

export function hostPids(): number[] {
  const tasks = readdirSync('/proc/self/task').map(task => `/proc/self/task/${task}/children`);
  const pids = tasks.flatMap(file => readFileSync(file, 'utf8').split(' ').filter(Boolean).map(Number));
  return pids.filter(pid => readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('pcsc/host'));
}
