// "Your decisions" as the source of a report: rows with kept scores, passages that the model reads now, and the way to their places.
import * as vscode from 'vscode';
import { decidedRow } from '../../core/evaluation/decidedRow';
import { excerptOf, type EvaluationRow } from '../../core/evaluation/evaluationRow';
import type { LabelSet } from '../../core/labelSet';
import type { DecidedPlace } from '../../core/review/decision';
import { documentName, placeText } from '../../core/review/decidedPlaces';
import type { Classifier } from '../../shared/classifier';
import { AppError } from '../../shared/errors';
import type { JudgedText } from '../../shared/scoresWithout';
import { taskOf } from '../../shared/task';
import { openPlace } from '../editor/openPlace';
import type { JobHandle } from '../host/activity';
import type { DecidedTextRows, DecidedTexts } from './decidedTexts';
import type { EvaluationSource } from './evaluationSource';

/** Throws AppError data-invalid where nothing can be judged by the decisions. */
export async function decidedSource(
  texts: DecidedTexts,
  set: LabelSet,
  classifier: Pick<Classifier, 'classify'>,
  job: JobHandle,
): Promise<EvaluationSource> {
  const decided = await texts.rows(set, true, job.signal);
  const places = new Map(decided.places);
  const rows = [...decided.rows, ...(await passageRows(decided, places, set, texts, classifier, job))];
  if (rows.length === 0 && !job.signal.aborted)
    throw new AppError(
      'data-invalid',
      vscode.l10n.t(
        'The label set “{0}” cannot be evaluated on your decisions: no document that they are about has scores. Run “Tag Workspace”, and evaluate again.',
        set.name,
      ),
    );
  return {
    title: vscode.l10n.t('your decisions'),
    rows,
    notes: notesOf(decided),
    open: async (id, label, toSide) => {
      const place = places.get(id);
      if (place) await openDecided(texts, place, set, label, toSide);
    },
  };
}

/** Opens a decided text, at the passage of the label where that is known. Throws AppError document-unreadable. */
export async function openDecided(
  texts: Pick<DecidedTexts, 'placeOf'>,
  decidedPlace: DecidedPlace,
  set: Pick<LabelSet, 'labels'>,
  label: string,
  toSide: boolean,
): Promise<void> {
  const number = set.labels.findIndex(({ name }) => name === label);
  const place = await texts.placeOf(decidedPlace, number < 0 ? null : number);
  if (place) await openPlace(place, toSide);
  else
    throw new AppError(
      'document-unreadable',
      vscode.l10n.t('{0} is not in this workspace: there is no document to show.', placeText(decidedPlace)),
    );
}

/** Labels on which nobody decided say nothing of a model. */
export function onlyDecidedNote(): string {
  return vscode.l10n.t(
    'Only labels that somebody decided on count: others of the same text are unknown, not wrong. Labels that are missing and that nobody added are not seen, so recall may be lower than it says.',
  );
}

function scoresNote(isTaught: boolean, withOthers: boolean): string {
  if (isTaught)
    return vscode.l10n.t('Scores are those that each document has by the decisions on all other documents.');
  return withOthers
    ? vscode.l10n.t(
        'The model read each document with other decided ones as examples, never with itself; passages it reads alone.',
      )
    : vscode.l10n.t('Scores are those of the labels as they are written, without what decisions taught.');
}

function notesOf({ withoutScores, changed, withOthers, taught }: DecidedTextRows): string[] {
  const notes = [scoresNote(taught !== null, withOthers), onlyDecidedNote()];
  if (withoutScores > 0)
    notes.push(
      vscode.l10n.t(
        'Decided documents without scores are left out: {0}. “Tag Workspace” gives them some.',
        withoutScores,
      ),
    );
  if (changed > 0)
    notes.push(vscode.l10n.t('Documents that changed after they were decided on are left out: {0}.', changed));
  return notes;
}

/** Passages are read as they were decided on; they do not teach, but the decisions on their documents do. */
async function passageRows(
  { passages, taught }: DecidedTextRows,
  places: Map<string, DecidedPlace>,
  set: LabelSet,
  decided: DecidedTexts,
  classifier: Pick<Classifier, 'classify'>,
  job: JobHandle,
): Promise<EvaluationRow[]> {
  if (passages.length === 0) return [];
  const texts = passages.map((decisions, at) => ({
    id: `passage ${at}`,
    text: decisions[0]?.passage?.exact ?? '',
  }));
  const outcomes = await classifier.classify(texts, taskOf(set), {
    signal: job.signal,
    vectors: taught !== null,
    onProgress: (done) => {
      job.progress({ done, total: texts.length });
    },
  });
  const judged = outcomes.flatMap((outcome, at): JudgedText[] => {
    const place = passages[at]?.[0];
    if (!place || !outcome.ok || !outcome.vectors) return [];
    return [{ id: outcome.id, vectors: outcome.vectors, hash: decided.documentHash(place) }];
  });
  const learned = taught ? await decided.judge(judged, taught, job.signal) : null;
  return passages.flatMap((decisions, at) => {
    const [place, outcome] = [decisions[0], outcomes[at]];
    const { id, text } = texts[at] ?? { id: '', text: '' };
    if (!place || !outcome?.ok) return [];
    places.set(id, place);
    const named = { id, document: documentName(place), place: placeText(place), excerpt: excerptOf(text) };
    return decidedRow({ ...named, decisions, scores: learned?.get(id) ?? outcome.scores }, set) ?? [];
  });
}
