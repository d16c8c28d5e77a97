// Puts the published API (api.ts) on top of the tagger.
import type { LabelSet } from '../../core/labelSet';
import type { TreeTag } from '../../core/tree/treeTypes';
import { parseLabelSets } from '../../core/parseLabelSets';
import { AppError } from '../../shared/errors';
import type { ApiDocument, ApiTag, GlitagApi } from './api';
import type { LabelSets } from '../labels/labelSets';
import type { Results } from '../results/results';
import { decideScored, type Tagger } from '../classify/tagger';

export function publicApi(tagger: Tagger, labelSets: LabelSets, results: Results): GlitagApi {
  return {
    apiVersion: 1,
    labelSets: () => labelSets.read().sets.map(({ name }) => name),
    documents: () => {
      const labels = labelSets.read().active?.labels ?? [];
      return Array.from(results.summaries(), ({ id, title, stale, skipped, ...summary }): ApiDocument => {
        const named = ({ label, score, state }: TreeTag): ApiTag => {
          return { label: labels[label]?.name ?? '', score, ...(state === undefined ? {} : { state }) };
        };
        const rejected = summary.rejected ? { rejected: summary.rejected.map(named) } : {};
        const why = skipped === undefined ? {} : { skipped };
        return { id, title, tags: summary.tags.map(named), stale, ...rejected, ...why };
      });
    },
    classify: async (text, wanted, signal) => {
      if (typeof text !== 'string') throw new AppError('input-invalid', 'The text to classify is not a string.');
      const set = wanted === undefined ? labelSets.active() : resolve(wanted, labelSets);
      const [outcome] = await tagger.score([{ id: 'api', text }], set, signal ? { signal } : {});
      if (!outcome?.ok) throw new AppError('inference-failed', outcome?.message ?? 'There was no answer.');
      return decideScored(outcome, set);
    },
  };
}

function resolve(wanted: string | Readonly<Record<string, unknown>>, labelSets: LabelSets): LabelSet {
  if (typeof wanted === 'string') {
    const known = labelSets.read().sets.find(({ name }) => name === wanted);
    if (known) return known;
    throw new AppError('label-set-invalid', `There is no label set “${wanted}” in “glitag.labelSets”.`);
  }
  const { sets, problems } = parseLabelSets({ api: wanted }, labelSets.models);
  if (sets[0]) return sets[0];
  throw new AppError(
    'label-set-invalid',
    problems.find(({ warning }) => !warning)?.message ?? 'The label set cannot be used.',
  );
}
