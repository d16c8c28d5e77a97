// Does a reply answer its request? A child that mixes up documents or labels must not be believed in anything.
import type { ChildMessage, HostMessage } from '../../shared/childMessages';
import type { DocumentOutcome, DocumentScores, DocumentVectors, ModelDescription } from '../../shared/classifier';
import { AppError } from '../../shared/errors';

/** A message that is answered. */
export type RequestMessage = Exclude<HostMessage, { type: 'cancel' | 'shutdown' }>;

/** A message that ends a request. */
export type Reply = Extract<ChildMessage, { type: 'ready' | 'scores' | 'labels' | 'verified' | 'failed' }>;

const replyTypes = {
  load: 'ready',
  classify: 'scores',
  rescore: 'scores',
  labels: 'labels',
  verify: 'verified',
} as const;

/**
 * Kind of reply, number and length of label vectors, number of rows, ids in order, number of labels, evidence within the document, vectors as asked for.
 * @param model The child's model; null before `ready`.
 * @throws AppError child-protocol.
 */
export function checkReply(request: RequestMessage, reply: Reply, model: ModelDescription | null): void {
  if (reply.type === 'failed') return;
  if (reply.type !== replyTypes[request.type]) refuse(`"${reply.type}" answers "${request.type}"`);
  if (reply.type === 'labels' && request.type === 'labels')
    checkLabels(reply.values.length, request.task.labels.length, model);
  if (reply.type !== 'scores' || !('documents' in request)) return;
  const { outcomes } = reply;
  if (outcomes.length !== request.documents.length)
    refuse(`${outcomes.length} results for ${request.documents.length} documents`);
  for (const [index, outcome] of outcomes.entries()) {
    const document = request.documents[index];
    if (outcome.id !== document?.id) refuse(`result ${index} carries another document's id`);
    if (!outcome.ok) continue;
    checkScores(outcome, request.task.labels.length, index);
    if (request.type === 'classify') checkVectors(outcome, request.vectors, model, index);
    checkEvidence(outcome, 'text' in document ? document.text.length : lastEnd(document.vectors), index);
  }
}

/** @throws AppError child-protocol. */
export function checkProgress(request: RequestMessage, done: number, current: string | null): void {
  if (!('documents' in request)) return;
  if (done > request.documents.length) refuse(`${done} of ${request.documents.length} documents are done`);
  if (current !== null && !request.documents.some((document) => document.id === current))
    refuse('progress names a document that was not sent');
}

function checkLabels(numbers: number, labels: number, model: ModelDescription | null): void {
  if (numbers !== labels * (model?.vectorSize ?? 0)) refuse(`${numbers} numbers are the vectors of ${labels} labels`);
}

function checkScores(outcome: DocumentScores, labels: number, index: number): void {
  if (outcome.scores.length !== labels)
    refuse(`result ${index} has ${outcome.scores.length} scores for ${labels} labels`);
  if (outcome.evidence.length !== 2 * labels)
    refuse(`result ${index} has ${outcome.evidence.length / 2} spans for ${labels} labels`);
}

function checkEvidence(outcome: DocumentScores, end: number, index: number): void {
  for (const offset of outcome.evidence) if (offset > end) refuse(`result ${index} points behind the document's end`);
}

function checkVectors(outcome: DocumentScores, wanted: boolean, model: ModelDescription | null, index: number): void {
  const { vectors } = outcome;
  if ((vectors !== undefined) !== wanted)
    refuse(`result ${index} has ${wanted ? 'no vectors' : 'vectors that nobody asked for'}`);
  if (vectors === undefined) return;
  if (vectors.spans.length !== 2 * outcome.chunkCount)
    refuse(`result ${index} has ${vectors.spans.length / 2} vector spans for ${outcome.chunkCount} chunks`);
  if (vectors.values.length !== outcome.chunkCount * (model?.vectorSize ?? 0))
    refuse(`result ${index} has vectors of another length than the model's`);
}

function lastEnd(vectors: DocumentVectors): number {
  return vectors.spans.reduce((end, offset) => Math.max(end, offset), 0);
}

function refuse(what: string): never {
  throw new AppError('child-protocol', `The classifier process gave an answer that does not fit: ${what}.`);
}

/** Copies the arrays: after deserialisation they may be views that keep the whole message in memory. */
export function ownedOutcome(outcome: DocumentOutcome): DocumentOutcome {
  if (!outcome.ok) return outcome;
  const { vectors } = outcome;
  return {
    ...outcome,
    scores: outcome.scores.slice(),
    evidence: outcome.evidence.slice(),
    ...(vectors ? { vectors: { values: vectors.values.slice(), spans: vectors.spans.slice() } } : {}),
  };
}
