// Puts the published API (api.ts) on top of the tagger.
import type { LabelSet } from '../../core/labelSet';
import { parseLabelSets } from '../../core/parseLabelSets';
import { AppError } from '../../shared/errors';
import type { ApiDocument, GlitagApi } from './api';
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
        const tags = summary.tags.map(({ label, score }) => ({ label: labels[label]?.name ?? '', score }));
        return { id, title, tags, stale, ...(skipped === undefined ? {} : { skipped }) };
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
  const { sets, problems } = parseLabelSets({ api: wanted });
  if (sets[0]) return sets[0];
  throw new AppError(
    'label-set-invalid',
    problems.find(({ warning }) => !warning)?.message ?? 'The label set cannot be used.',
  );
}
