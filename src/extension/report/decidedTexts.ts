// What people decided in this workspace under the label set in use, with the scores that are kept: no model reads anything for it.
import * as vscode from 'vscode';
import { decidedRow } from '../../core/evaluation/decidedRow';
import { excerptOf, type EvaluationRow } from '../../core/evaluation/evaluationRow';
import type { LabelSet } from '../../core/labelSet';
import type { DecidedPlace, Decision } from '../../core/review/decision';
import { byPlace, documentName, isImported, placeText } from '../../core/review/decidedPlaces';
import { findQuote } from '../../core/review/textQuote';
import { Breather } from '../../workspace/flow/breather';
import { fileOf } from '../../workspace/split/parts';
import { taskIdentity } from '../../workspace/store/taskIdentity';
import type { LabelSets } from '../labels/labelSets';
import type { IndexHome } from '../results/indexHome';
import type { Place } from '../results/resultHome';
import type { Results } from '../results/results';
import type { Decisions } from '../review/decisions';
import { uriOfKey } from '../review/documentKeys';
import type { IndexFile } from '../workspace/indexFile';

export interface DecidedTextsParts {
  readonly labelSets: Pick<LabelSets, 'written'>;
  readonly decisions: Decisions;
  readonly index: IndexHome;
  readonly file: IndexFile;
  readonly results: Results;
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
}

export class DecidedTexts {
  constructor(private readonly parts: DecidedTextsParts) {}

  /**
   * Under the set as it is written: what decisions taught it would judge itself here, since the texts that it learned from are these.
   * `withExcerpts`: reads the documents, for people.
   */
  async rows(set: LabelSet, withExcerpts: boolean): Promise<DecidedTextRows> {
    const { decisions, index, file, labelSets } = this.parts;
    await index.load();
    const key = file.current;
    const task = key && taskIdentity(labelSets.written ?? set, key.chunkTokens);
    const rows: EvaluationRow[] = [];
    const places = new Map<string, DecidedPlace>();
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
        const uri = uriOfKey(place);
        const kept = uri !== null && task ? key.store.details(uri, task, key.model) : null;
        if (uri === null || !kept || (key?.model != null && kept.modelHash !== key.model)) {
          withoutScores++;
          continue;
        }
        // The scores and the decision must be of one text; what the file holds by now does not matter.
        const own = decided.filter(({ textHash }) => textHash === kept.contentHash);
        if (own.length === 0) changed++;
        const id = String(rows.length);
        const excerpt = withExcerpts && own.length > 0 ? await this.excerpt(uri) : '';
        const named = { id, document: documentName(place), place: placeText(place), excerpt };
        const row = decidedRow({ ...named, decisions: own, scores: kept.scores }, set);
        if (!row) continue;
        rows.push(row);
        places.set(id, place);
      }
    }
    return { rows, places, passages, withoutScores, changed };
  }

  /**
   * Where a decided text is now, or the evidence of a label (its number in the set in use) in it; null where it is no document of
   * this workspace.
   */
  async placeOf(place: DecidedPlace, label: number | null): Promise<Place | null> {
    const id = uriOfKey(place);
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
