// Times processes from their start, as who waits for them does.
import { spawn } from 'node:child_process';

function start(args, isDone = () => false) {
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  child.stderr.on('data', (bytes) => (said += bytes.toString()));
  const ended = new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => {
      if (code === 0 || isDone()) resolve();
      else reject(new Error(`${args.join(' ')} ended with ${code ?? signal}: ${said}`));
    });
  });
  return { child, ended };
}

/** Seconds until the process ends by itself. */
export async function untilEnd(args) {
  const begun = performance.now();
  const { child, ended } = start(args);
  child.stdout.resume();
  await ended;
  return (performance.now() - begun) / 1000;
}

/** Seconds until the first output. Whatever the process does after it is stopped as Ctrl+C stops it. */
export async function untilOutput(args) {
  const begun = performance.now();
  let isDone = false;
  const { child, ended } = start(args, () => isDone);
  const seconds = await new Promise((resolve, reject) => {
    child.stdout.once('data', () => {
      resolve((performance.now() - begun) / 1000);
      isDone = true;
    });
    ended.then(() => {
      reject(new Error(`${args.join(' ')} wrote nothing.`));
    }, reject);
  });
  child.kill('SIGINT');
  await ended;
  return seconds;
}
