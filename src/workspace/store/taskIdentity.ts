// The key under which results are kept: a hash of all that decides scores besides text and model.
import { createHash } from 'node:crypto';
import type { LabelSet } from '../../core/labelSet';
import { documentKey, taskKey, taskOf } from '../../shared/task';
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

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
