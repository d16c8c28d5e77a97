// What people decided in this workspace under the label set in use, with scores from what is kept: no model reads anything for it.
import * as vscode from 'vscode';
import { decidedRow, type DecidedText } from '../../core/evaluation/decidedRow';
import { excerptOf, type EvaluationRow } from '../../core/evaluation/evaluationRow';
import type { LabelSet } from '../../core/labelSet';
import type { DecidedPlace, Decision } from '../../core/review/decision';
import { byPlace, documentName, isImported, placeText } from '../../core/review/decidedPlaces';
import { findQuote } from '../../core/review/textQuote';
import { Breather } from '../../workspace/flow/breather';
import { fileOf } from '../../workspace/split/parts';
import { AppError } from '../../shared/errors';
import { scoresWithoutOwn, type JudgedText } from '../../shared/scoresWithout';
import { taskOf } from '../../shared/task';
import type { LabelSets } from '../labels/labelSets';
import type { IndexHome } from '../results/indexHome';
import type { Models } from '../models/models';
import type { Place } from '../results/resultHome';
import type { Results } from '../results/results';
import type { Decisions } from '../review/decisions';
import type { IndexFile } from '../workspace/indexFile';
import { KeptTexts, type KeptText } from './keptTexts';

export interface DecidedTextsParts {
  readonly labelSets: Pick<LabelSets, 'written' | 'read'>;
  readonly decisions: Decisions;
  readonly index: IndexHome;
  readonly file: IndexFile;
  readonly results: Results;
  readonly models: Pick<Models, 'of' | 'find'>;
}

export interface DecidedTextRows {
  readonly rows: readonly EvaluationRow[];
  /** Where each row stands, by its id. */
  readonly places: ReadonlyMap<string, DecidedPlace>;
  /** Passages (selections and imported texts): of these no scores are kept. */
  readonly passages: readonly (readonly Decision[])[];
  /** Documents without kept scores of the model in use. */
  readonly withoutScores: number;
  /** Documents whose text is another one than was decided on. */
  readonly changed: number;
  /** The model read some of the documents with other decided ones. */
  readonly withOthers: boolean;
  /** The set with what decisions taught; null where they teach nothing. */
  readonly taught: LabelSet | null;
}

type NamedText = Omit<DecidedText, 'scores'>;

export class DecidedTexts {
  private readonly kept: KeptTexts;

  constructor(private readonly parts: DecidedTextsParts) {
    this.kept = new KeptTexts(parts.file, parts.labelSets);
  }

  /** Whether asking for rows now would start the model. */
  wakesModel(set: LabelSet): boolean {
    return !this.parts.models.find(set.model)?.isRunning && this.kept.taught(set) !== null;
  }

  /**
   * With the scores that the user sees: where decisions teach, each document has those that it would have by the decisions on all other
   * documents, so that nothing is judged by itself.
   * `withExcerpts`: reads the documents, for people.
   */
  async rows(set: LabelSet, withExcerpts: boolean, signal?: AbortSignal): Promise<DecidedTextRows> {
    const { decisions, index } = this.parts;
    await index.load();
    const taught = this.kept.taught(set);
    const keptOf = taught ? (uri: string) => this.kept.vectors(uri) : this.kept.scoresUnder(set);
    const texts: { readonly place: DecidedPlace; readonly named: NamedText; readonly kept: KeptText }[] = [];
    const passages: (readonly Decision[])[] = [];
    let [withoutScores, changed] = [0, 0];
    const breather = new Breather();
    for (const document of decisions.documents(set.name)) {
      for (const decided of byPlace(decisions.of(document, set.name))) {
        if (breather.due) await breather.pause();
        const [place] = decided;
        if (place.passage !== null) {
          passages.push(decided);
          continue;
        }
        const uri = this.parts.decisions.keys.uriOf(place);
        const kept = uri === null ? null : keptOf(uri);
        if (uri === null || !kept) {
          withoutScores++;
          continue;
        }
        // The scores and the decision must be of one text; what the file holds by now does not matter.
        const own = decided.filter(({ textHash }) => textHash === kept.hash);
        if (own.length === 0) {
          changed++;
          continue;
        }
        const excerpt = withExcerpts ? await this.excerpt(uri) : '';
        const id = String(texts.length);
        const named = { id, document: documentName(place), place: placeText(place), excerpt, decisions: own };
        texts.push({ place, named, kept });
      }
    }
    const judged = texts.flatMap(({ named: { id }, kept: { hash, known } }) =>
      'vectors' in known ? [{ id, hash, vectors: known.vectors }] : [],
    );
    const scores = taught ? await this.judge(judged, taught, signal) : new Map<string, Float32Array>();
    const rows = texts.flatMap(({ named, kept: { known } }) => {
      const own = 'scores' in known ? known.scores : scores.get(named.id);
      return (own && decidedRow({ ...named, scores: own }, set)) ?? [];
    });
    const places = new Map(texts.map(({ named: { id }, place }) => [id, place]));
    const withOthers = texts.some(({ kept: { known } }) => 'withOthers' in known && known.withOthers);
    return { rows, places, passages, withoutScores, changed, withOthers, taught };
  }

  /**
   * Scores by what the decisions on all other texts taught, by id.
   * @param taught What `rows` told of.
   * @throws AppError what `rescore` throws, or the failure of a text: figures over the rest would mislead.
   */
  async judge(
    texts: readonly JudgedText[],
    taught: LabelSet,
    signal?: AbortSignal,
  ): Promise<ReadonlyMap<string, Float32Array>> {
    const options = signal ? { signal } : {};
    const outcomes = await scoresWithoutOwn(this.parts.models.of(taught.model), texts, taskOf(taught), options);
    return new Map(
      outcomes.map((outcome) => {
        if (!outcome.ok) throw new AppError(outcome.code, outcome.message);
        return [outcome.id, outcome.scores];
      }),
    );
  }

  /** sha256 of the document around a decided passage, as it is kept; null where it is not. */
  documentHash(place: DecidedPlace): string | null {
    const uri = this.parts.decisions.keys.uriOf(place);
    return uri === null ? null : (this.parts.file.current?.store.textHash(uri) ?? null);
  }

  /**
   * Where a decided text is now, or the evidence of a label (its number in the set in use) in it; null where it is no document of
   * this workspace.
   */
  async placeOf(place: DecidedPlace, label: number | null): Promise<Place | null> {
    const id = this.parts.decisions.keys.uriOf(place);
    if (id === null || isImported(place)) return null;
    const uri = vscode.Uri.parse(fileOf(id));
    if (place.passage === null) return (await this.parts.results.place(id, label)) ?? { uri, span: null };
    return { uri, span: findQuote((await vscode.workspace.openTextDocument(uri)).getText(), place.passage) };
  }

  private async excerpt(id: string): Promise<string> {
    const evidence = await this.parts.results.evidence(id);
    return evidence ? excerptOf(evidence.text) : '';
  }
}
