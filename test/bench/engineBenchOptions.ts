// What the measurements of the engine are asked, and of what.
import type { ClassificationTask } from '../../src/shared/classifier';

export const task: ClassificationTask = {
  labels: ['security', 'performance', 'testing', 'planning', 'hiring', 'billing', 'legal', 'customer service'],
  mode: 'multi-label',
  examples: [],
};
export interface EngineBenchOptions {
  /** Model folder. */
  readonly model: string;
  /** Folder of another model, run as a workspace run too; null for none. */
  readonly against: string | null;
  readonly workerFile: string;
  /** Folder of files to tag. */
  readonly samples: string;
  readonly documents: number;
  readonly sentences: number;
  readonly rounds: number;
  /** Numbers of threads to measure with. */
  readonly threads: readonly number[];
}
