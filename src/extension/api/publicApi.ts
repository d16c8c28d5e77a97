// Puts the published API (api.ts) on top of the tagger.
import type { LabelSet } from '../../core/labelSet';
import type { TreeTag } from '../../core/tree/treeTypes';
import { firstError } from '../../core/labelSetProblems';
import { parseLabelSets } from '../../core/parseLabelSets';
import { AppError } from '../../shared/errors';
import type { DocumentSummary } from '../../shared/viewMessages';
import type { ApiDocument, ApiTag, GlitagApi } from './api';
import { apiDecisions, type DecisionParts } from './apiDecisions';
import { matching } from '../passages/findAnswer';
import { workspacePassages, type WorkspaceParts } from '../passages/workspacePassages';
import type { TagChanges } from './tagChanges';
import type { LabelSets } from '../labels/labelSets';
import { allDocuments, findByTag } from '../results/findByTag';
import type { Results } from '../results/results';
import { decideScored, type Tagger } from '../classify/tagger';

export interface ApiParts extends DecisionParts {
  readonly tagger: Tagger;
  readonly results: Results;
  readonly changes: TagChanges;
  readonly passages: WorkspaceParts;
}

/** Documents that are found where nobody says how many. */
const defaultFound = 100;
const defaultPassages = 20;

export function publicApi(parts: ApiParts): GlitagApi {
  const { tagger, labelSets, results, changes, load } = parts;
  const names = () => labelSets.read().active?.labels.map(({ name }) => name) ?? [];
  return {
    apiVersion: 1,
    labelSets: () => labelSets.read().sets.map(({ name }) => name),
    documents: () => {
      const labels = names();
      return Array.from(results.summaries(), (summary) => documentOf(summary, labels));
    },
    onDidChangeTags: changes.onDidChangeTags,
    find: async (search, limit = defaultFound) => {
      if (typeof search !== 'string') throw new AppError('input-invalid', 'The search is not a string.');
      await load();
      await labelSets.settled();
      const all = await allDocuments(results);
      // Read only now: while documents were gathered, another set may have been shown.
      const labels = names();
      const found = findByTag(search, labels, all);
      const documents = found.slice(0, limit).map(({ document }) => documentOf(document, labels));
      return { total: found.length, documents };
    },
    findPassages: async (
      question,
      { search = '', limit = defaultPassages, signal = new AbortController().signal } = {},
    ) => {
      if (typeof question !== 'string') throw new AppError('input-invalid', 'The question is not a string.');
      await load();
      await labelSets.settled();
      const set = labelSets.active();
      const asked = { set, matches: matching(search, set, results), top: limit, signal };
      const found = await workspacePassages(question, parts.passages, asked);
      const passages = found.passages.map(({ uri, start, end, line, text, score }) => {
        return { document: uri.toString(), start, end, line, text, score };
      });
      return { passages, documents: found.documents, leftOut: found.leftOut };
    },
    decisions: apiDecisions(parts),
    classify: async (text, wanted, signal) => {
      if (typeof text !== 'string') throw new AppError('input-invalid', 'The text to classify is not a string.');
      const set = wanted === undefined ? labelSets.active() : resolve(wanted, labelSets);
      const [outcome] = await tagger.score([{ id: 'api', text }], set, signal ? { signal } : {});
      if (!outcome?.ok) throw new AppError('inference-failed', outcome?.message ?? 'There was no answer.');
      return decideScored(outcome, set);
    },
  };
}

function documentOf(summary: DocumentSummary, labels: readonly string[]): ApiDocument {
  const { id, title, stale, skipped, tags, rejected } = summary;
  const named = ({ label, score, state }: TreeTag): ApiTag => {
    return { label: labels[label] ?? '', score, ...(state === undefined ? {} : { state }) };
  };
  return {
    ...{ id, title, tags: tags.map(named), stale },
    ...(rejected ? { rejected: rejected.map(named) } : {}),
    ...(skipped === undefined ? {} : { skipped }),
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
  throw new AppError('label-set-invalid', firstError(problems) ?? 'The label set cannot be used.');
}
