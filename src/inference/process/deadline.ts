// A timer that does not punish the child for the host's own absence.

/** A timer that fires this much late was held up: the machine slept, or the host's event loop was blocked. */
const heldUpMs = 1_000;

/**
 * Calls `missed` once `ms` have passed. If the timer itself comes late, the child's answer may be waiting unread (timers
 * run before input does), so the child gets the time again.
 * @returns A function that calls the deadline off.
 */
export function startDeadline(ms: number, missed: () => void): () => void {
  let timer: NodeJS.Timeout;
  const arm = (): void => {
    const due = performance.now() + ms;
    timer = setTimeout(() => {
      if (performance.now() - due > heldUpMs) arm();
      else missed();
    }, ms);
  };
  arm();
  return () => {
    clearTimeout(timer);
  };
}
