// Which labels are findings, and whether a call is to fail because a document carries one: `--format sarif`, `--fail-on`, `--fail-on-level`.
import { parentsOf } from '../../core/decide';
import { findingLevels, type FindingLevel, type Label, type LabelSet } from '../../core/labelSet';
import type { LabelScore } from '../../core/tagResult';
import { unknownLabel } from '../unknownLabel';

export interface FindingOptions {
  /** Labels, or parents of labels. */
  readonly failOn?: readonly string[];
  /** Findings of this level and graver ones fail the call. */
  readonly failOnLevel?: FindingLevel;
}

export class Findings {
  private readonly levels = new Map<string, FindingLevel>();
  private readonly failing = new Set<string>();
  /** Documents by failing label. */
  private readonly counts = new Map<string, number>();

  /** Throws AppError input-invalid where a label is not there. */
  constructor(set: LabelSet, { failOn = [], failOnLevel }: FindingOptions) {
    const names = new Set(set.labels.flatMap((label) => selfAndParents(label)));
    for (const name of failOn) if (!names.has(name)) throw unknownLabel(name, set.name, names);
    for (const label of set.labels) {
      const { name, finding } = label;
      const isNamed = selfAndParents(label).some((one) => failOn.includes(one));
      // What fails a call is an error unless the label set says something else.
      const level = finding ?? (isNamed ? 'error' : undefined);
      if (level !== undefined) this.levels.set(name, level);
      if (isNamed || (finding !== undefined && isAsGrave(finding, failOnLevel))) this.failing.add(name);
    }
  }

  /** The labels that are findings, in the order of the set. */
  get labels(): ReadonlyMap<string, FindingLevel> {
    return this.levels;
  }

  /** Whether a document carried a label that fails the call. */
  get failed(): boolean {
    return this.counts.size > 0;
  }

  /** One sentence for people. */
  get summary(): string {
    const parts = [...this.counts].map(
      ([label, count]) => `“${label}” in ${count} ${count === 1 ? 'document' : 'documents'}`,
    );
    return `Found ${parts.join(', ')}.`;
  }

  /** Takes note of a document's tags as they stand. */
  note(tags: readonly Pick<LabelScore, 'label'>[]): void {
    for (const { label } of tags)
      if (this.failing.has(label)) this.counts.set(label, (this.counts.get(label) ?? 0) + 1);
  }
}

function selfAndParents(label: Label): string[] {
  return [label.name, ...parentsOf(label)];
}

function isAsGrave(level: FindingLevel, least: FindingLevel | undefined): boolean {
  return least !== undefined && findingLevels.indexOf(level) <= findingLevels.indexOf(least);
}
