// What a label set that is being written would do to a few texts, as rows of a quick pick. Free of `vscode`.
import { decide, thresholdOf } from '../../../core/decide';
import type { LabelSet } from '../../../core/labelSet';
import { digitsOf, scoreText } from '../../../core/scoreText';
import type { LabelScore } from '../../../core/tagResult';
import { counted } from '../../../core/countText';

/** A text and its scores under the set; null where the model could not read it. */
export interface Tried {
  readonly title: string;
  readonly scores: readonly LabelScore[] | null;
}

export interface TryRow {
  readonly kind: 'tag' | 'score' | 'text' | 'step';
  readonly label: string;
  readonly description: string;
  /** Of a step. */
  readonly threshold?: number;
}

/** Labels listed of the first text; more do not fit on a screen. */
const shownLabels = 14;
const barLength = 10;

export const lowestStep = 0.05;
export const highestStep = 0.95;
export const stepSize = 0.05;

/** Every label of the first text, best first; of the others only their tags. */
export function tryRows(tried: readonly Tried[], set: LabelSet): TryRow[] {
  const [first, ...others] = tried;
  return [...(first ? firstText(first, set) : []), ...others.map((other) => otherText(other, set))];
}

function firstText({ title, scores }: Tried, set: LabelSet): TryRow[] {
  if (!scores) return [unread(title)];
  const { tags } = decide(scores, set);
  const names = new Set(tags.map(({ label }) => label));
  const ordered = [...scores].sort((a, b) => b.score - a.score);
  const rows = ordered.slice(0, shownLabels).map(({ label, score }): TryRow => {
    const tag = names.has(label);
    const own = set.labels.find(({ name }) => name === label);
    const threshold = own ? thresholdOf(own, set) : set.threshold;
    const digits = digitsOf(threshold);
    const why =
      score < threshold ? `below ${scoreText(threshold, digits)}` : 'not chosen: another of its group is better';
    return {
      kind: tag ? 'tag' : 'score',
      label: `${bar(score)} ${scoreText(score, digits)}  ${label}`,
      description: tag ? 'tag' : why,
    };
  });
  // A row, and no heading: the editor hides those while something is typed.
  return [{ kind: 'text', label: title, description: counted(tags.length, 'tag') }, ...rows];
}

function otherText({ title, scores }: Tried, set: LabelSet): TryRow {
  if (!scores) return unread(title);
  const tags = decide(scores, set).tags.map(({ label, score }) => `${label} ${scoreText(score)}`);
  return { kind: 'text', label: title, description: tags.length === 0 ? 'none fits' : tags.join(' · ') };
}

function unread(title: string): TryRow {
  return { kind: 'text', label: title, description: 'could not be read' };
}

/** Each threshold that can be chosen, with the tags that would come. */
export function stepRows(tried: readonly Tried[], set: LabelSet): TryRow[] {
  return stepValues().map((threshold) => {
    const results = tried.flatMap(({ scores }) => (scores ? [decide(scores, { ...set, threshold }).tags] : []));
    const tagged = results.filter((tags) => tags.length > 0).length;
    const counts = new Map<string, number>();
    for (const { label } of results.flat()) counts.set(label, (counts.get(label) ?? 0) + 1);
    const names = [...counts]
      .sort(([, a], [, b]) => b - a)
      .map(([name, count]) => (count > 1 ? `${name} ×${count}` : name));
    return {
      kind: 'step',
      label: scoreText(threshold),
      description: `${counted(results.flat().length, 'tag')} in ${tagged} of ${counted(results.length, 'text')}${names.length > 0 ? `: ${names.join(', ')}` : ''}`,
      threshold,
    };
  });
}

/** The next threshold in a direction, on the grid of steps. */
export function nextStep(threshold: number, direction: 1 | -1): number {
  const at = threshold / stepSize;
  const next = direction > 0 ? Math.floor(at + 1 + 1e-9) : Math.ceil(at - 1 - 1e-9);
  return Math.min(highestStep, Math.max(lowestStep, onGrid(next)));
}

/** Without the dust of sums of .05. */
function onGrid(step: number): number {
  const stepsOfOne = Math.round(1 / stepSize);
  return Math.round(step) / stepsOfOne;
}

function stepValues(): number[] {
  const count = Math.round((highestStep - lowestStep) / stepSize) + 1;
  return Array.from({ length: count }, (_, index) => onGrid(highestStep / stepSize - index));
}

function bar(score: number): string {
  const filled = Math.round(score * barLength);
  return '■'.repeat(filled) + '□'.repeat(barLength - filled);
}
