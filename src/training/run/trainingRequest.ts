// What a training is asked, what it tells while it runs, and what comes out.
import type { EvaluationReport } from '../../core/evaluation/evaluationReport';
import type { InferenceClient } from '../../inference/client';
import type { CancelSignal } from '../../shared/classifier';
import type { EvaluatedRows, EvaluationRules } from '../../shared/evaluateRows';
import type { TrainingPython } from '../python/trainingPython';
import type { DocumentRow } from './splitRows';
import type { TrainEvent } from './trainEvents';

export interface TrainingRequest {
  /** Folder of the model to begin with: one that GLiTag runs, or a PyTorch checkpoint. */
  readonly base: string;
  /** Folder of the new model. It must not be there, or be empty; until the end nothing is. The run lies beside it: `runPaths`. */
  readonly out: string;
  /** With `allLabels`; labels by their names. */
  readonly rows: readonly DocumentRow[];
  /** What the model reads for a label, by name; labels that are not here are read as they are called. */
  readonly labelTexts: ReadonlyMap<string, string>;
  /** By which scores become tags when the models are measured. */
  readonly rules: EvaluationRules;
  /** Longest chunk in which the models read when they are measured; null for their own limit. */
  readonly chunkTokens: number | null;
  /** Share of the texts that is kept back for measuring, above 0 and below 1; at least one text is kept back. */
  readonly keptBackShare: number;
  readonly seed: number;
  /** What a run with other data or options left beside `out` is thrown away; else that is an error. */
  readonly startOver: boolean;
}

export type TrainingClassifier = Pick<InferenceClient, 'describe' | 'classify' | 'verify' | 'dispose'>;

export interface TrainingTools {
  readonly python: TrainingPython;
  /** A classifier of its own for the model in this folder; it is disposed of before the next one is opened. */
  readonly openClassifier: (modelFolder: string) => TrainingClassifier;
  readonly signal: CancelSignal;
  readonly onProgress: (progress: TrainingProgress) => void;
  /** What Python's libraries say besides: for a log. */
  readonly onLog: (line: string) => void;
}

/** In this order, but that a base which GLiTag does not run is exported first. A stage that an earlier, killed run finished is left out. */
export type TrainingProgress =
  | { readonly stage: 'preparing' }
  | { readonly stage: 'measuring-before' | 'measuring-after'; readonly done: number; readonly total: number }
  | { readonly stage: 'training'; readonly event: TrainEvent }
  | { readonly stage: 'exporting' }
  | { readonly stage: 'verifying' };

/** A model on the texts that were kept back. */
export interface MeasuredModel extends EvaluatedRows {
  readonly report: EvaluationReport;
}

export interface TrainingOutcome {
  /** The new model: `out`. */
  readonly folder: string;
  readonly trainedRows: number;
  readonly keptBackRows: number;
  readonly before: MeasuredModel;
  readonly after: MeasuredModel;
}
