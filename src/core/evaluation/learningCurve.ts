// Reads a learning curve: how good the tags were after so many decisions.
import { isRecord } from '../values';

export interface LearningPoint {
  /** Decisions that the model had to learn from, of each label. */
  readonly decisions: number;
  readonly microF1: number;
  readonly macroF1: number;
}

/**
 * A JSON list of `{"decisions": 4, "microF1": 0.61, "macroF1": 0.58}`, in any order; other fields are ignored. Sorted by
 * decisions. Throws SyntaxError, with the place and what is expected there.
 */
export function parseLearningCurve(content: string): LearningPoint[] {
  let value: unknown;
  try {
    value = JSON.parse(content);
  } catch {
    // The engine's own message quotes the file.
    throw new SyntaxError('It is not valid JSON.');
  }
  if (!Array.isArray(value)) throw new SyntaxError('It must be a list of points.');
  const points = value.map((point: unknown, at): LearningPoint => {
    const field = (name: keyof LearningPoint, most: number): number => {
      const number = isRecord(point) ? point[name] : undefined;
      if (typeof number === 'number' && number >= 0 && number <= most) return number;
      const range = most === 1 ? 'a number from 0 to 1' : 'a number, 0 or more';
      throw new SyntaxError(`Point ${at + 1}: “${name}” must be ${range}.`);
    };
    return {
      decisions: field('decisions', Number.MAX_SAFE_INTEGER),
      microF1: field('microF1', 1),
      macroF1: field('macroF1', 1),
    };
  });
  return points.sort((a, b) => a.decisions - b.decisions);
}
