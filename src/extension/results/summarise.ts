// A decision as the view's rows need it: labels by their index in the set.
import type { LabelSet } from '../../core/labelSet';
import type { TagResult } from '../../core/tagResult';
import type { DocumentSummary } from '../../shared/viewMessages';

export function summarise(result: Pick<TagResult, 'tags'>, set: LabelSet): DocumentSummary['tags'] {
  const index = new Map(set.labels.map(({ name }, at) => [name, at]));
  return result.tags.flatMap(({ label, score }) => {
    const at = index.get(label);
    return at === undefined ? [] : [{ label: at, score }];
  });
}
