// Waits for what VS Code does in its own time.
import { setTimeout as sleep } from 'node:timers/promises';

const stepMs = 50;

/** Polls until the condition holds; the error says what did not come about. */
export async function until(
  what: string,
  condition: () => boolean | Promise<boolean>,
  timeoutMs = 20_000,
): Promise<void> {
  const end = Date.now() + timeoutMs;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error(`not within ${timeoutMs} ms: ${what}`);
    await sleep(stepMs);
  }
}
