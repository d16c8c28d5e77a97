// Entry of the child process: connects the protocol to the engine, and makes sure that the process never outlives its use.
import type { ChildMessage } from '../shared/childMessages';
import { parseHostMessage } from '../shared/parseChildMessages';
import { ChildLoop } from './process/childLoop';
import { watchParent } from './process/watchdog';

/** Longest wait for a last message to leave. */
const lastWordsMs = 500;

function end(exitCode: number): void {
  process.exit(exitCode);
}

async function send(message: ChildMessage): Promise<void> {
  return new Promise((resolve) => {
    // A message that cannot be sent means that the host is gone; `disconnect` ends the process.
    process.send?.(message, undefined, undefined, () => {
      resolve();
    });
  });
}

// The engine is loaded on demand: if its native library cannot be loaded, that is an answer and not a dead process.
const loop = new ChildLoop(
  {
    load: async (options, log) => (await import('./engine')).Engine.load(options, log),
    verify: async (folder, goldenFile, isCancelled) =>
      (await import('./verify')).verifyModel(folder, goldenFile, 0, isCancelled),
    exit: () => {
      end(0);
    },
  },
  send,
);

/** After an error that nobody caught the state is unknown: say so and end. */
function crash(error: unknown): void {
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  const said = send({ type: 'failed', id: loop.currentId, code: 'child-crashed', message });
  setTimeout(() => {
    end(1);
  }, lastWordsMs);
  void said.then(() => {
    end(1);
  });
}

process.on('uncaughtException', crash);
process.on('unhandledRejection', crash);
process.on('message', (value) => {
  try {
    loop.receive(parseHostMessage(value)).catch(crash);
  } catch (error) {
    crash(error);
  }
});
// SIGKILL, as native threads may hold up an orderly exit and nobody is left to see the exit code.
process.on('disconnect', () => {
  process.kill(process.pid, 'SIGKILL');
});
// Ctrl+C in a terminal reaches the whole group; the host decides what it means and ends this process, or goes on with it.
process.on('SIGINT', () => undefined);
watchParent();
