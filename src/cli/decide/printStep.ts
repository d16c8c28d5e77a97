// What a step did, in one line.
import { stepName } from '../../core/review/steps';
import type { AppliedStep } from '../../workspace/decisions/decisionStore';

/** `prefix`: such as `Undone: `; empty for a new step. */
export function printStep({ title, changed, kept }: AppliedStep, prefix: string): void {
  const notes = [
    ...(changed === 0 ? ['nothing changed'] : []),
    ...(kept > 0 ? [`${kept} decided since and left as they are`] : []),
  ];
  const name = stepName(title);
  const start = prefix === '' ? name.charAt(0).toUpperCase() + name.slice(1) : prefix + name;
  process.stdout.write(`${start}${notes.length > 0 ? ` (${notes.join(', ')})` : ''}\n`);
}
