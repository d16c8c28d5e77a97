// The key under which results are kept: a hash of all that decides scores besides text and model.
import type { LabelSet } from '../../core/labelSet';
import { documentKey, taskKey, taskOf } from '../../shared/task';
import { sha256 } from '../read/sha256';
import type { TaskIdentity } from '../types';

/** `chunkTokens`: longest chunk, null for the model's own limit. Two sets that ask the model the same share their results. */
export function taskIdentity(set: LabelSet, chunkTokens: number | null): TaskIdentity {
  const task = taskOf(set);
  const document = documentKey(task, chunkTokens);
  return {
    hash: sha256(`${taskKey(task)}\n${document}`),
    documentHash: sha256(document),
    name: set.name,
    labels: set.labels.map(({ name }) => name),
  };
}
