// The rows of `glitag evaluate --decisions`: decided files and passages, which the model reads now. The same rows as in the editor.
import { decidedRow } from '../../core/evaluation/decidedRow';
import { excerptOf } from '../../core/evaluation/evaluationRow';
import type { EvaluationRow } from '../../core/evaluation/evaluationRow';
import type { LabelSet } from '../../core/labelSet';
import type { Decision } from '../../core/review/decision';
import { byPlace, documentName } from '../../core/review/decidedPlaces';
import type { Some } from '../../core/review/decidedPlaces';
import { AppError } from '../../shared/errors';
import type { CancelSignal, ClassifyOptions, DocumentInput, DocumentOutcome } from '../../shared/classifier';
import { scoresWithoutOwn } from '../../shared/scoresWithout';
import type { JudgedText } from '../../shared/scoresWithout';
import { taskOf } from '../../shared/task';
import { onPaths, readKey } from '../decide/decidedFiles';
import { readDecisions } from '../decide/decisionsHome';
import { ProgressLine } from '../progressLine';
import type { Learned } from '../tag/learn';

/** A text with what was decided on it as it is now. */
interface DecidedText {
  readonly decisions: Some<Decision>;
  readonly text: string;
  /** sha256 of the file that it is, or is a passage of; null where there is none. */
  readonly hash: string | null;
}

/**
 * All texts with decisions under the set; of these paths (files, or folders with all in them) only, unless there are none. What is
 * gone or was edited since is told on stderr. Throws AppError data-invalid where nothing is left.
 */
export async function readDecidedTexts(file: string, set: string, paths: readonly string[]): Promise<DecidedText[]> {
  const texts: DecidedText[] = [];
  for (const decisions of byPlace((await readDecisions(file, set)).filter(onPaths(paths)))) {
    const read = await readNow(decisions);
    if (typeof read === 'string') process.stderr.write(`glitag: ${decisions[0].path} is left out: it ${read}.\n`);
    else texts.push(read);
  }
  if (texts.length === 0)
    throw new AppError(
      'data-invalid',
      `${file} holds no decisions under “${set}” on ${paths.length === 0 ? 'texts' : 'these paths'} as they are now. Name the label set with --set or --labels.`,
    );
  return texts;
}

/**
 * By what was learned, each text is scored without what the decisions on it taught: a classifier that is given the nearest examples leaves
 * out those of the same text by itself. A text that the model cannot read is an error (AppError with its code): figures over the rest
 * would mislead.
 * @param learned The set, and `set` itself where nothing was learned.
 */
export async function scoreDecidedTexts(
  texts: readonly DecidedText[],
  set: LabelSet,
  learned: Learned,
  signal: CancelSignal,
): Promise<EvaluationRow[]> {
  const progress = new ProgressLine('texts', texts.length);
  const onProgress = (done: number) => {
    progress.update(done);
  };
  const documents = texts.map(({ text }, at) => ({ id: String(at), text }));
  const outcomes = await scored(documents, texts, set, learned, { signal, onProgress }).finally(() => {
    progress.end();
  });
  return texts.flatMap(({ decisions, text }, at) => {
    const [outcome, { path: place }] = [outcomes[at], decisions[0]];
    if (!outcome?.ok)
      throw new AppError(outcome?.code ?? 'inference-failed', `${place}: ${outcome?.message ?? 'no answer'}`);
    const named = { id: String(at), document: documentName(decisions[0]), place, excerpt: excerptOf(text) };
    return decidedRow({ ...named, decisions, scores: outcome.scores }, set) ?? [];
  });
}

async function scored(
  documents: readonly DocumentInput[],
  texts: readonly DecidedText[],
  set: LabelSet,
  { set: taught, classifier }: Learned,
  options: ClassifyOptions,
): Promise<DocumentOutcome[]> {
  const { keepsVectors } = (await classifier.describe(options.signal)).capabilities;
  if (taught === set || !keepsVectors) return classifier.classify(documents, taskOf(taught), options);
  const read = await classifier.classify(documents, taskOf(set), { ...options, vectors: true });
  const judged = read.flatMap((outcome, at): JudgedText[] =>
    outcome.ok && outcome.vectors ? [{ id: outcome.id, vectors: outcome.vectors, hash: texts[at]?.hash ?? null }] : [],
  );
  const outcomes = await scoresWithoutOwn(classifier, judged, taskOf(taught), options);
  const byId = new Map(outcomes.map((outcome) => [outcome.id, outcome]));
  return read.map((outcome) => byId.get(outcome.id) ?? outcome);
}

/** Or why it is not to be had. A passage is read as it was decided on. */
async function readNow(decisions: Some<Decision>): Promise<DecidedText | string> {
  const [first] = decisions;
  const read = await readKey(first);
  if (first.passage !== null) return { decisions, text: first.passage.exact, hash: read?.hash ?? null };
  if (!read) return 'is gone, or no text';
  const [own, ...others] = decisions.filter(({ textHash }) => textHash === read.hash);
  return own ? { decisions: [own, ...others], text: read.text, hash: read.hash } : 'was decided on an older text';
}
