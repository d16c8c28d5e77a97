// What the report page is given, in a file or in a message, and what it says to the host.
import type { ThresholdProposal } from '../core/evaluation/calibrate/proposal';
import type { LearningPoint } from '../core/evaluation/learningCurve';
import type { DecisionRules } from '../core/evaluation/predict';
import type { ScoreMatrix } from '../core/evaluation/scoreMatrix';

export interface ReportData extends Omit<ScoreMatrix, 'scores'> {
  /** What was evaluated on: the name of a file. */
  readonly title: string;
  readonly model: string;
  /** Null where the rows bring their own labels. */
  readonly labelSetName: string | null;
  /** Its threshold is where the slider begins. */
  readonly rules: DecisionRules;
  /** The matrix's scores, as base64 of little-endian 32-bit floats: a third of what JSON numbers take, and exact. */
  readonly scores: string;
  /** The model that this one was trained from; absent where nothing is compared. */
  readonly earlier?: EarlierModel;
  /** Empty where none is known. */
  readonly learning: readonly LearningPoint[];
  /** Null where there is too little to make one. Absent: the page makes it, since it would hold up the editor's extensions. */
  readonly proposal?: ThresholdProposal | null;
  /** What a reader has to know about the data, a sentence each. */
  readonly notes: readonly string[];
}

/** What a model was trained from, on the same rows: texts that were kept back from the training. */
export interface EarlierModel {
  readonly model: string;
  /** As those of the report. */
  readonly scores: string;
  /** Whether the label set uses the trained model; null while the question is open. */
  readonly trainedInUse: boolean | null;
}

export type ToReport =
  | { readonly type: 'report'; readonly data: ReportData }
  /** The label set uses the trained model now, or the one from before. */
  | { readonly type: 'trainedInUse'; readonly inUse: boolean };

/** Thresholds that a reader wants in the settings: one for all labels, or some labels' own. */
export type ChosenThresholds =
  { readonly set: number } | { readonly labels: readonly { readonly label: string; readonly threshold: number }[] };

export type FromReport =
  | { readonly type: 'ready' }
  /** Open the row's place: where its text speaks of the label, if that is known. */
  | { readonly type: 'open'; readonly id: string; readonly label: string; readonly toSide: boolean }
  | { readonly type: 'useThresholds'; readonly thresholds: ChosenThresholds }
  /** Whether the label set is to use the trained model. */
  | { readonly type: 'useTrained'; readonly use: boolean };
