// Ends the child when its parent is gone, even while the main thread is blocked in native code.
import { Worker } from 'node:worker_threads';

const pollMs = 500;

// Source, not a file: the child is bundled into one. A thread of its own, since a blocked event loop hears neither
// `disconnect` nor a timer. Unix gives orphans another parent; Windows keeps the dead parent's id, hence the signal 0.
const source = `
const { workerData } = require('node:worker_threads');
const alive = (pid) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code !== 'ESRCH';
  }
};
setInterval(() => {
  if (process.ppid !== workerData.parent || !alive(workerData.parent)) process.kill(process.pid, 'SIGKILL');
}, workerData.pollMs);
`;

export function watchParent(): void {
  const watchdog = new Worker(source, {
    eval: true,
    workerData: { parent: process.ppid, pollMs },
    execArgv: [],
  });
  watchdog.unref();
}
