// Scores as they would be had something not been decided: asked of the model with the vectors that are kept.
import { addToList } from '../core/addToList';
import type { Example } from '../core/labelSet';
import type { Mover } from '../core/review/scoreMoves';
import { strongestMovers } from '../core/review/scoreMoves';
import type {
  ClassificationTask,
  Classifier,
  DocumentOutcome,
  DocumentVectors,
  KeptDocument,
  RescoreOptions,
} from './classifier';
import { AppError } from './errors';
import { nearestExamples } from './nearestExamples';

/** Labels that are moved anew at most to say what moved a score: a second or two. */
const mostSolved = 2_000;

type Rescorer = Pick<Classifier, 'rescore'>;
/** A text whose vectors are kept, and the text that must not be learned from for it. */
export interface JudgedText extends Pick<KeptDocument, 'id' | 'vectors'> {
  /** sha256 of the document that it is, or is a passage of; null: of none that was decided on. */
  readonly hash: string | null;
}

/**
 * Scores as learned from the decisions on all other texts, so that nothing is judged by itself: of examples of the same text, whichever
 * document has it, nothing is learned. Throws what classifiers throw.
 */
export async function scoresWithoutOwn(
  classifier: Rescorer,
  texts: readonly JudgedText[],
  task: ClassificationTask,
  options: RescoreOptions,
): Promise<DocumentOutcome[]> {
  const positions = new Map<string | null, number[]>();
  for (const [at, { kept }] of task.examples.entries()) if (kept) addToList(positions, kept.hash, at);
  const documents = texts.map(({ id, vectors, hash }) => ({ id, vectors, without: positions.get(hash) ?? [] }));
  return classifier.rescore(documents, task, options);
}

/** What was learned from decisions is told from the set's own examples by its vectors. */
export interface ScoreMove {
  /** The score without what decisions taught. */
  readonly before: number;
  readonly after: number;
  /** Examples of the task that did most, at most three. */
  readonly movers: readonly Mover[];
}

/**
 * What decisions did to the score of one label; null where nothing that was decided is about it. Each example is left out in its turn;
 * where labels compete that would take too long for very many, and those nearest to the document are tried.
 * @param label Position among the task's labels.
 * @throws AppError what `rescore` throws, or the failure of the document.
 */
export async function scoreMove(
  classifier: Rescorer,
  vectors: DocumentVectors,
  task: ClassificationTask,
  label: number,
  options: RescoreOptions,
): Promise<ScoreMove | null> {
  const name = task.labels[label] ?? '';
  // Scores of labels that do not compete follow from what was decided of each alone.
  const isAlone = task.mode === 'multi-label';
  const asked = isAlone ? { ...task, labels: [name] } : task;
  const learned = task.examples.flatMap((example, at) => (isLearned(example, isAlone ? name : null) ? [at] : []));
  if (learned.length === 0) return null;
  const tried = triedOf(learned, vectors, asked);
  const sets = [[], learned, ...tried.map((at) => [at])];
  const documents = sets.map((without, at): KeptDocument => ({ id: String(at), vectors, without }));
  const outcomes = await classifier.rescore([{ id: 'all', vectors }, ...documents], asked, options);
  const [after, exact, before, ...each] = outcomes.map((outcome) => {
    if (!outcome.ok) throw new AppError(outcome.code, outcome.message);
    return outcome.scores[isAlone ? 0 : label] ?? NaN;
  });
  if (after === undefined || exact === undefined || before === undefined) return null;
  const movers = tried.map((example, at) => ({ example, change: exact - (each[at] ?? NaN) }));
  return { before, after, movers: strongestMovers(movers) };
}

/** Of these examples, the ones to be left out in their turn. */
function triedOf(learned: readonly number[], { values, spans }: DocumentVectors, task: ClassificationTask): number[] {
  const most = Math.floor(mostSolved / task.labels.length);
  if (learned.length <= most) return [...learned];
  const size = (values.length * 2) / spans.length;
  // The direction of all chunks together: the host has other things to do than to compare each with each.
  const whole = new Float32Array(size);
  for (const [at, value] of values.entries()) whole[at % size] = (whole[at % size] ?? 0) + value;
  const wanted = new Set(learned);
  return nearestExamples(whole, '', size, task.examples)
    .filter((at) => wanted.has(at))
    .slice(0, most);
}

/** Whether decisions made this example, and of this label; null: of any. */
function isLearned({ kept, labels, rejected }: Example, label: string | null): boolean {
  return kept !== undefined && (label === null || labels.includes(label) || rejected?.includes(label) === true);
}
