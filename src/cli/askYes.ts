// A question on the terminal that only "y" or "yes" says yes to.
import { createInterface } from 'node:readline/promises';

/** Asks on standard error, so that what is printed stays clean. Rejects where the signal aborts. */
export async function askYes(question: string, signal?: AbortSignal): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const answer = await terminal.question(`${question} [y/N] `, signal ? { signal } : {});
    return /^y(?:es)?$/iu.test(answer.trim());
  } finally {
    terminal.close();
  }
}
