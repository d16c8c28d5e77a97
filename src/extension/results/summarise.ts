// Tags as the view's rows need them: labels by their index in the set, with what people decided.
import type { LabelSet } from '../../core/labelSet';
import type { EffectiveTag } from '../../core/review/decision';
import type { EffectiveTags } from '../../core/review/effectiveTags';
import type { DocumentSummary, ScoreDetail } from '../../shared/viewMessages';

export function summarise(
  { tags, rejected, noneFits }: EffectiveTags,
  set: LabelSet,
): Pick<DocumentSummary, 'tags' | 'rejected' | 'noneFits'> {
  const index = new Map(set.labels.map(({ name }, at) => [name, at]));
  const rowTags = (all: readonly EffectiveTag[]) =>
    all.flatMap(({ label, score, state, conflict, olderText }) => {
      const at = index.get(label);
      if (at === undefined) return [];
      return {
        ...{ label: at, score },
        ...(state === 'accepted' || state === 'added' ? { state } : {}),
        ...(conflict ? { conflict } : {}),
        ...(olderText ? { olderText } : {}),
      };
    });
  return {
    tags: rowTags(tags),
    ...(rejected.length > 0 ? { rejected: rowTags(rejected) } : {}),
    ...(noneFits ? { noneFits } : {}),
  };
}

/** What people decided of a document's labels, as the opened document's rows say it, by label. */
export function decidedLabels({
  tags,
  rejected,
}: Pick<EffectiveTags, 'tags' | 'rejected'>): Map<string, Pick<ScoreDetail, 'decided'>> {
  const decided = new Map<string, Pick<ScoreDetail, 'decided'>>();
  for (const { label, state } of [...tags, ...rejected])
    if (state !== 'proposed') decided.set(label, { decided: state });
  return decided;
}
