// Words that were chosen, as an entry of `glitag.labelSets`.
import { defaultThreshold } from '../defaultLabelSets';

export interface SuggestedEntry {
  readonly labels: readonly string[];
  readonly mode: 'multi-label';
  readonly threshold: number;
}

/** Threshold at which the model was asked what it sees, too. */
export const suggestedThreshold = defaultThreshold;

export function suggestedEntry(labels: readonly string[]): SuggestedEntry {
  return { labels, mode: 'multi-label', threshold: suggestedThreshold };
}
