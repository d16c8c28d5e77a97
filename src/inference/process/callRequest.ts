// Turns documents of a call into a request to the child: its message, deadline, and the key of a document that may be poison.
import { createHash } from 'node:crypto';
import { taskKey } from '../../shared/task';
import type { Batch, Call } from './call';
import type { RequestMessage } from './checkReply';
import type { Timings } from './timings';

/** Label characters that cost about one more pass over the text. */
const labelCharactersPerPass = 4_000;

/** Milliseconds that a label of a document may take that leaves examples out: ten times what it takes at most examples. */
const leaveOutDeadlineMs = 50;

/** @param keepsVectors Whether the model has vectors to return; where it has none they are not asked for. */
export function callRequest(id: number, call: Call, batch: Batch, keepsVectors: boolean): RequestMessage {
  const { input, options } = call;
  const { task } = options;
  if (input.kind === 'rescore') return { type: 'rescore', id, task, documents: pick(input.documents, batch) };
  if (input.kind === 'labels') return { type: 'labels', id, task };
  const { chunkTokens } = input;
  const vectors = input.vectors && keepsVectors;
  return { type: 'classify', id, task, chunkTokens, vectors, documents: pick(input.documents, batch) };
}

/** Milliseconds that the child may take without finishing a document. */
export function callDeadlineMs(call: Call, batch: Batch, timings: Timings): number {
  const { labels, prompt, examples } = call.options.task;
  const fixed = [...labels, prompt ?? '', ...examples.map((example) => example.text)].join('').length;
  const passes = 1 + Math.floor(fixed / labelCharactersPerPass);
  const leaving = batch.filter((position) => 'without' in call.documentAt(position)).length;
  return (
    timings.requestDeadlineMs +
    timings.characterDeadlineMs * (fixed + passes * batchCharacters(call, batch)) +
    leaveOutDeadlineMs * leaving * labels.length
  );
}

export function batchCharacters(call: Call, batch: Batch): number {
  return batch.reduce((sum, position) => sum + call.charactersAt(position), 0);
}

/** Equal for the same question about the same content, whatever its id; of labels the question is all there is. */
export function poisonKey(call: Call, position: number): string {
  const document = call.documentAt(position);
  const hash = createHash('sha256').update(taskKey(call.options.task)).update('\0');
  if ('text' in document) hash.update(document.text);
  else if ('vectors' in document) {
    const { values } = document.vectors;
    hash.update(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
    hash.update(JSON.stringify(document.without ?? null));
  }
  return hash.digest('hex');
}

function pick<T>(values: readonly T[], batch: Batch): T[] {
  return batch.flatMap((position) => {
    const value = values[position];
    return value === undefined ? [] : [value];
  });
}
