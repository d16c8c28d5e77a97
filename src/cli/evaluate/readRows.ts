// Reads the data of `glitag evaluate`: rows in upstream's training format, and a learning curve beside them.
import fs from 'node:fs';
import { parseLearningCurve } from '../../core/evaluation/learningCurve';
import type { LearningPoint } from '../../core/evaluation/learningCurve';
import type { Label } from '../../core/labelSet';
import { parseTrainingData } from '../../core/trainingData';
import type { TrainingData } from '../../core/trainingData';
import { AppError } from '../../shared/errors';

const shownProblems = 5;

/** Throws AppError data-invalid where the file cannot be read, has mistakes or holds no rows. */
export function readRows(file: string): TrainingData {
  const data = parseTrainingData(readText(file));
  const { rows, problems } = data;
  if (problems.length > 0) {
    const more = problems.length > shownProblems ? [`and ${problems.length - shownProblems} more`] : [];
    const lines = [...problems.slice(0, shownProblems).map(({ message }) => message), ...more].map(
      (line) => `  ${line}`,
    );
    throw new AppError('data-invalid', [`${file} is not in GLiClass training format:`, ...lines].join('\n'));
  }
  if (rows.length === 0) throw new AppError('data-invalid', `${file} holds no rows.`);
  return data;
}

/** Rows must have labels of their own, or `labels` for all that have none. Throws AppError data-invalid. */
export function checkCandidates(file: string, { rows, unit }: TrainingData, labels: readonly Label[]): void {
  const bare = rows.find((row) => row.allLabels === null);
  if (!bare || labels.length > 0) return;
  throw new AppError(
    'data-invalid',
    `${file}: ${unit} ${bare.position} has no “all_labels”. Add it, or name the labels with --labels FILE.`,
  );
}

/** Throws AppError data-invalid. */
export function readLearningCurve(file: string): LearningPoint[] {
  try {
    return parseLearningCurve(readText(file));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new AppError('data-invalid', `${file} is no learning curve: ${error.message}`, { cause: error });
  }
}

function readText(file: string): string {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch (error) {
    throw new AppError('data-invalid', `${file} cannot be read. Check the path.`, { cause: error });
  }
}
