// Whether a model is given examples to read.
import type { ClassificationTask, ModelDescription } from './classifier';

/** Also decided texts beside those of the set. A model that keeps vectors is not: its labels move (docs/FEWSHOT.md). */
export function readsExamples(
  { keepsVectors, examples }: ModelDescription['capabilities'],
  { exampleForm }: Pick<ClassificationTask, 'exampleForm'>,
): boolean {
  // No model says that it was trained for the other form; the label set does.
  return !keepsVectors && (examples === 'native' || exampleForm === 'retrieved');
}
