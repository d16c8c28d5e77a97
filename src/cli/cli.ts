// Entry of the `glitag` command.
import { exitCodes, isServerAway } from './exitCodes';
import { createProgram } from './program';
import { relaunchIfTooOld } from './relaunch';
import { AppError } from '../shared/errors';

async function main(): Promise<number> {
  const relaunched = relaunchIfTooOld(__filename);
  if (relaunched !== null) return relaunched;
  const outcome: { code: number } = { code: exitCodes.done };
  try {
    await createProgram((code) => (outcome.code = code)).parseAsync();
  } catch (error) {
    return explain(error);
  }
  return outcome.code;
}

/** One line on stderr; the stack only for errors that nobody foresaw. */
function explain(error: unknown): number {
  if (error instanceof AppError) {
    process.stderr.write(`glitag: ${error.message}\n`);
    return codeOf(error);
  }
  process.stderr.write(`glitag: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  return exitCodes.failed;
}

function codeOf(error: AppError): number {
  const { code } = error;
  if (code === 'label-set-invalid' || code === 'input-invalid' || code === 'setting-invalid') return exitCodes.usage;
  if (code === 'cancelled') return exitCodes.stopped;
  if (isServerAway(error)) return exitCodes.serverAway;
  return exitCodes.failed;
}

// A reader that has seen enough (`| head`) closes the pipe: that is no error, and there is nobody left to write to.
process.stdout.on('error', ({ code, message }: NodeJS.ErrnoException) => {
  if (code === 'EPIPE') process.exit(exitCodes.done);
  process.stderr.write(`glitag: What is printed cannot be written: ${message}.\n`);
  process.exit(exitCodes.failed);
});
// Nobody reads what is said beside the output: the work goes on.
process.stderr.on('error', () => undefined);

// At once, as without this, but what is only for this process goes with it. Not so SIGHUP, which "nohup" has ignored.
process.once('SIGTERM', () => process.exit(143));

void main().then((code) => {
  process.exitCode = code;
});
