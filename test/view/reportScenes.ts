// Data for the report page: label sets as they come, and as they should not.
import { scoreMatrix } from '../../src/core/evaluation/scoreMatrix';
import { proposeThresholds } from '../../src/core/evaluation/calibrate/proposal';
import type { DecisionRules } from '../../src/core/evaluation/predict';
import type { ClassificationMode } from '../../src/core/labelSet';
import type { ReportData } from '../../src/shared/reportData';

export interface SceneOptions {
  readonly labels: readonly string[];
  readonly rows: number;
  readonly mode?: ClassificationMode;
  readonly threshold?: number;
  readonly excerpt?: string;
}

/** Scores that are mostly right, the same at every call. The last label is true nowhere where there are several. */
export function scene({ labels, rows, mode = 'multi-label', threshold = 0.5, excerpt }: SceneOptions): ReportData {
  let state = 11;
  const random = (): number => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
  const usable = Math.max(1, labels.length - 1);
  const made = Array.from({ length: rows }, (_, at) => {
    const truth = new Set([at % usable]);
    if (mode === 'multi-label' && random() < 0.3) truth.add(Math.floor(random() * usable));
    const scores = labels.map((_, label) => {
      const score = truth.has(label) ? 1 - random() ** 1.5 * 0.8 : random() ** 3;
      return mode === 'single-label' ? score / labels.length : score;
    });
    return {
      id: String(at + 1),
      document: String(at + 1),
      place: `mail.jsonl, line ${at + 1}`,
      excerpt:
        excerpt ??
        `Text ${at + 1}: the second invoice of March shows a charge that nobody here remembers, please have a look.`,
      labels,
      trueLabels: [...truth].flatMap((label) => labels[label] ?? []),
      scores: Float32Array.from(scores),
    };
  });
  const matrix = scoreMatrix(made, labels);
  const rules: DecisionRules = { mode, threshold, exclusive: [], labels: [] };
  return {
    ...matrix,
    title: 'mail.jsonl',
    model: 'glitag-small-en',
    labelSetName: 'support mail',
    rules,
    scores: Buffer.from(matrix.scores.buffer).toString('base64'),
    learning: [0, 1, 2, 4, 8, 16].map((decisions) => ({
      decisions,
      microF1: 0.81 - 0.26 / (1 + decisions),
      macroF1: 0.76 - 0.3 / (1 + decisions),
    })),
    proposal: proposeThresholds(matrix, rules),
    notes: [],
  };
}

const usual = [
  'request.refund',
  'request.invoice question',
  'request.password reset',
  'bug report',
  'sentiment.angry',
  'praise',
];

const long = Array.from(
  { length: 80 },
  (_, at) => `customer feedback ${at % 6}.a long name of a label about the subject with number ${at}`,
);

/** A model that was trained from one which gives too much. */
export function trained(data: ReportData, trainedInUse: boolean | null = null): ReportData {
  const after = new Float32Array(new Uint8Array(Buffer.from(data.scores, 'base64')).buffer);
  const before = after.map((score) => 0.4 + 0.6 * score);
  const earlier = {
    model: 'glitag-small-en',
    scores: Buffer.from(before.buffer).toString('base64'),
    trainedInUse,
  };
  return {
    ...data,
    title: 'decisions kept back',
    model: 'support mail 2026-03-04',
    earlier,
    learning: [],
    proposal: null,
  };
}

export const scenes = {
  usual: scene({ labels: usual, rows: 140 }),
  single: scene({ labels: usual, rows: 140, mode: 'single-label', threshold: 0 }),
  one: scene({ labels: ['urgent'], rows: 20 }),
  many: scene({ labels: long, rows: 400 }),
  trained: trained(scene({ labels: usual, rows: 40 })),
  trainedOnFew: trained(scene({ labels: usual, rows: 3 })),
  empty: { ...scene({ labels: usual, rows: 0 }), learning: [] },
} as const;
