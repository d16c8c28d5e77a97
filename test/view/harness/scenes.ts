// Documents and scores for the pictures: what a small team's workspace could hold.
import type { DocumentSummary, ScoreDetail, ViewLabel, ViewState } from '../../../src/shared/viewMessages';

const names = [
  'topic.planning',
  'topic.hiring',
  'topic.budget',
  'topic.security',
  'topic.performance',
  'topic.customer feedback',
  'kind.meeting notes',
  'kind.bug report',
  'kind.contract',
  'kind.log file',
  'tone.neutral',
  'tone.positive',
  'tone.angry',
  'urgent',
];

export const labels: readonly ViewLabel[] = names.map((name) => ({
  name,
  path: name.split('.'),
  threshold: name === 'urgent' ? 0.7 : 0.5,
}));

export const state: { readonly type: 'state' } & ViewState = {
  type: 'state',
  labelSetName: 'Team documents',
  labels,
  labelsId: 'team',
  exclusive: ['tone', 'kind'],
  mode: 'multi-label',
  modelName: 'glitag-small-en',
  problem: null,
};

export function doc(
  title: string,
  tags: Readonly<Record<string, number>> = {},
  more: Partial<DocumentSummary> = {},
): DocumentSummary {
  const found = Object.entries(tags).map(([name, score]) => ({
    label: names.findIndex((one) => one.endsWith(name)),
    score,
  }));
  found.sort((a, b) => b.score - a.score);
  return {
    id: `file:///${title}`,
    title,
    folders: title.split('/').slice(0, -1),
    tags: found,
    chunkCount: 1,
    stale: false,
    ...more,
  };
}

export const documents: readonly DocumentSummary[] = [
  doc(
    'notes/2026-03-04-standup.md',
    { planning: 0.83, hiring: 0.51, neutral: 0.71, 'meeting notes': 0.94 },
    { chunkCount: 3, stale: true },
  ),
  doc(
    'notes/2026-03-11-retro.md',
    { planning: 0.77, performance: 0.58, positive: 0.63, 'meeting notes': 0.91 },
    { chunkCount: 2 },
  ),
  doc('notes/interview-questions.md', { hiring: 0.96, neutral: 0.66 }),
  doc('logs/gateway-error.log', { performance: 0.64, 'log file': 0.99 }, { chunkCount: 14 }),
  doc('logs/core-dump.bin', {}, { skipped: 'Binary file', chunkCount: 0 }),
  doc('issues/0412-slow-import.md', { performance: 0.92, 'bug report': 0.97, urgent: 0.74 }),
  doc('issues/0425-sql-injection-report.md', { security: 0.98, 'bug report': 0.88, urgent: 0.95 }, { chunkCount: 2 }),
  doc('reviews/app-store-2026-q1.md', { 'customer feedback': 0.97, angry: 0.69 }, { chunkCount: 6 }),
  doc('legal/data-processing-agreement.md', { contract: 0.99, security: 0.72, neutral: 0.9 }, { chunkCount: 9 }),
  doc('README.md', { neutral: 0.52 }),
  doc('lorem.txt'),
  doc('finance/2026-budget-draft.md', { budget: 0.97, planning: 0.61 }, { chunkCount: 4 }),
];

const evidence: Readonly<Record<string, string>> = {
  'topic.planning': 'We agreed to move the release to Thursday and to cut the export from this sprint.',
  'topic.hiring': 'The second interview with the backend candidate is on Monday.',
  'tone.neutral': 'Next standup tomorrow at 9:30.',
  'kind.meeting notes': 'Present: Ana, Jo, Petr. Notes: Ana.',
};

/** Scores of a document for all labels: those of its tags, and low ones in a fixed pattern. */
export function scoresOf(document: DocumentSummary): ScoreDetail[] {
  return labels.map(({ name }, label) => {
    const tag = document.tags.find((one) => one.label === label);
    const rejected = document.rejected?.find((one) => one.label === label);
    const startLine = 3 + label * 4;
    return {
      label,
      score: (tag ?? rejected)?.score ?? ((label * 37) % 41) / 100 + 0.02,
      tag: tag !== undefined,
      evidence: evidence[name] ?? 'The import of the March archive took eleven minutes, twice as long as in February.',
      startLine,
      endLine: startLine + (label % 3),
    };
  });
}
