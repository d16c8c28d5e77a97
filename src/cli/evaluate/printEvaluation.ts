// What `glitag evaluate` says of scored rows: on stdout, as JSON, as a report file.
import { missingDecisions } from '../../core/evaluation/calibrate/enough';
import { proposeThresholds } from '../../core/evaluation/calibrate/proposal';
import { matrixOf } from '../../core/evaluation/evaluatedSet';
import { evaluationReport } from '../../core/evaluation/evaluationReport';
import type { EvaluationRow } from '../../core/evaluation/evaluationRow';
import type { LearningPoint } from '../../core/evaluation/learningCurve';
import type { DecisionRules } from '../../core/evaluation/predict';
import type { ClassificationMode } from '../../core/labelSet';
import type { ReportData } from '../../shared/reportData';
import { exitCodes } from '../exitCodes';
import { asText } from './asText';
import type { EvaluateOptions } from './evaluateCommand';
import { noProposalText, proposalText } from './proposalText';
import { readLearningCurve } from './readRows';
import { writeReport } from './reportFile';

export interface EvaluationHead {
  readonly model: string;
  readonly modelHash: string;
  readonly mode: ClassificationMode;
  /** 0 in single-label mode, unless asked otherwise: each row is given its best label, as in upstream's test script. */
  readonly threshold: number;
}

/** Read before the model is asked: a mistake in it is told at once. */
export function learningOf({ learningCurve }: EvaluateOptions): LearningPoint[] {
  return learningCurve === undefined ? [] : readLearningCurve(learningCurve);
}

type Named = Pick<ReportData, 'title' | 'labelSetName' | 'notes' | 'learning'>;

/** Returns the exit code. Throws AppError input-invalid where the report cannot be written. */
export function printEvaluation(
  head: EvaluationHead,
  rows: readonly EvaluationRow[],
  rules: DecisionRules,
  { html, json, proposeThresholds: isProposed }: EvaluateOptions,
  named: Named,
): number {
  const matrix = matrixOf(rows, rules);
  const report = evaluationReport(matrix, rules);
  // Only these say it, and it takes a moment.
  const proposal = html === undefined && !json && !isProposed ? null : proposeThresholds(matrix, rules);
  if (json)
    process.stdout.write(`${JSON.stringify({ ...head, ...report, learningCurve: named.learning, proposal })}\n`);
  else process.stdout.write(asText(head, report));
  if (isProposed && !json) {
    const missing = missingDecisions(matrix, rules.mode);
    process.stdout.write(`\n${proposal ? proposalText(proposal) : missing ? noProposalText(missing) : ''}`);
  }
  // Last: what has been found out is printed, whatever becomes of the file.
  if (html !== undefined) {
    const { labels, rows: places, scores } = matrix;
    writeReport(html, {
      ...named,
      model: head.model,
      rules,
      labels,
      rows: places,
      scores: Buffer.from(scores.buffer, scores.byteOffset, scores.byteLength).toString('base64'),
      proposal,
    });
  }
  return exitCodes.done;
}
