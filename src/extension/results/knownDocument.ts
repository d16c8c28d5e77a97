// What the index knows of one document, as the view and the exports want it.
import { fileSpan, type TextRuns } from '../../core/excerpt';
import type { LabelSet } from '../../core/labelSet';
import { lineCounter } from '../../core/lineCounter';
import type { EffectiveTag } from '../../core/review/decision';
import type { LabelScore } from '../../core/tagResult';
import type { DocumentSummary, ScoreDetail } from '../../shared/viewMessages';
import type { ReadableText } from '../../workspace/read/readableText';
import type { ExportDocument, StoredDetails, StoredDocument } from '../../workspace/types';
import { isMarkdown } from './documentNames';
import { evidenceLine } from './passage';
import { named, scoresOf, tagsUnder, type Shown } from './shownDocument';
import { decidedLabels, summarise } from './summarise';

/** A document with its scores under the active set; chunks count in the text that was read. */
export interface KnownDocument {
  readonly shown: Shown;
  readonly tags: readonly EffectiveTag[];
  readonly rejected: readonly EffectiveTag[];
  readonly scores: readonly LabelScore[];
  /** Where the text stood in the file when it was seen last. */
  readonly runs: TextRuns;
}

/** Tags have the places of their chunks. */
export function knownDocument(shown: Shown, details: StoredDetails, set: LabelSet): KnownDocument {
  const scores = scoresOf(details, set);
  const byLabel = new Map(scores.map((score) => [score.label, score]));
  const withPlaces = (tags: readonly EffectiveTag[]) =>
    tags.flatMap((tag) => {
      const score = byLabel.get(tag.label);
      return score ? [{ ...tag, start: score.start, end: score.end }] : [];
    });
  const { tags, rejected } = tagsUnder(shown, set);
  return { shown, tags: withPlaces(tags), rejected: withPlaces(rejected), scores, runs: details.runs };
}

/** What the model reads of a document, and the whole document as it is now. */
export type ReadText = Pick<ReadableText, 'text' | 'runs'> & { readonly document: string };

export function summaryOf(id: string, shown: Shown, set: LabelSet, taggedMs: number | undefined): DocumentSummary {
  const { chunkCount, stale, given } = shown.document;
  return {
    id,
    ...named(shown.document),
    ...summarise(tagsUnder(shown, set), set),
    chunkCount,
    stale: stale || shown.edited,
    ...(taggedMs === undefined ? {} : { taggedMs }),
    ...(shown.missing ? { missing: true } : {}),
    ...(given.length > 0 ? { given } : {}),
  };
}

export function detailsOf(id: string, known: KnownDocument, { text, runs, document }: ReadText): ScoreDetail[] {
  const { shown, scores } = known;
  const tags = new Set(known.tags.map(({ label }) => label));
  const decided = decidedLabels(known);
  const lines = lineCounter(document);
  return scores.map((score, label) => {
    const { start, end } = fileSpan(runs, score);
    return {
      label,
      score: score.score,
      tag: tags.has(score.label),
      ...decided.get(score.label),
      // Where the text is another one by now, its passages are not those that earned the scores.
      evidence: shown.edited || shown.missing ? '' : evidenceLine(text, score, isMarkdown(id)),
      startLine: lines(start),
      endLine: lines(end),
    };
  });
}

export function exportOf({ shown, tags, rejected, scores, runs }: KnownDocument): ExportDocument {
  const { uri, root, path, part, stale, given } = shown.document;
  const inFile = <S extends LabelScore>(score: S) => fileSpan(runs, score);
  const isStale = stale || shown.edited;
  const place = { uri, root, path, ...(part === undefined ? {} : { part }) };
  const found = { tags: tags.map(inFile), rejected: rejected.map(inFile), scores: scores.map(inFile) };
  return { ...place, stale: isStale, ...found, given };
}

/** Whether rows of both would say the same. */
export function looksSame(one: StoredDocument, other: StoredDocument): boolean {
  return one.stale === other.stale && one.changed === other.changed && one.given.join('\n') === other.given.join('\n');
}
