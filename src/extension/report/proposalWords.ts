// What proposals and accepting above a score are worth, in a few words. Free of `vscode`.
import type { Missing } from '../../core/evaluation/calibrate/enough';
import type { AcceptAbove, ThresholdProposal } from '../../core/evaluation/calibrate/proposal';
import { counted } from '../../core/countText';
import { scoreText } from '../../core/scoreText';

/** `precision .71 → .84, recall .90 → .88`, both, since one is often bought with the other. */
export function gainText({ now, heldOut }: Pick<ThresholdProposal, 'now' | 'heldOut'>): string {
  const of = (name: 'precision' | 'recall') => `${name} ${scoreText(now[name])} → ${scoreText(heldOut[name])}`;
  return `${of('precision')}, ${of('recall')}`;
}

/** `about 93 % right (85–97 %)`: what is expected, with the 95 % interval of what was found. */
export function expectedText({
  expectedPrecision,
  precision,
}: Pick<AcceptAbove, 'expectedPrecision' | 'precision'>): string {
  return `about ${percent(expectedPrecision)} % right (${percent(precision.low)}–${percent(precision.high)} %)`;
}

/** `4 tags that are right, 11 labels that are wrong, 2 documents`: what is still to be decided. */
export function missingText({ right, wrong, documents }: Missing): string {
  const all = [
    [right, 'right tag'],
    [wrong, 'wrong label'],
    [documents, 'document'],
  ] as const;
  return all.flatMap(([count, what]) => (count === 0 ? [] : [counted(count, what)])).join(', ');
}

function percent(share: number): string {
  return String(Math.round(100 * share));
}
