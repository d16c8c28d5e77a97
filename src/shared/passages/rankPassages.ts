// The passages of some documents that are nearest to a question.
import { answerPassages } from '../../core/answerPassages';
import { logit, sigmoid } from '../../core/evaluation/calibrate/platt';
import type { Span } from '../../core/tagResult';
import type { DocumentInput } from '../classifier';
import { rankTexts } from './rankTexts';
import type { RankTextsOptions, TextRanker } from './rankTexts';

/** A long document on the subject of the question would fill the list with itself. */
const defaultPerDocument = 3;

/** A part of a text, such as a chunk that a vector is kept of. */
export interface ScoredPart extends Span {
  /**
   * What the same model says of the part as a whole. It tells what a sentence is about that does not say so itself; the mean of both logits
   * is then the score of a passage in it (docs/PASSAGES.md says what that is worth).
   */
  readonly score?: number;
}

/** A document that is read in passages. */
export interface PassageSource extends Pick<DocumentInput, 'id' | 'text'> {
  /** Headings and marks are then told by the rules of Markdown. */
  readonly isMarkdown?: boolean;
  /** Only passages of these parts are read, which do not overlap; all of the text where absent. */
  readonly within?: readonly ScoredPart[];
}

/** Offsets are UTF-16 units in the document's text, and `text` is what stands there. */
export interface RankedPassage extends Span {
  /** Of the document. */
  readonly id: string;
  /** See RankedText. */
  readonly score: number;
  readonly text: string;
}

export interface RankPassagesOptions extends RankTextsOptions {
  /** So many passages at most. */
  readonly top: number;
  /** So many of one document at most. Default 3. */
  readonly perDocument?: number;
}

/** Best first. Equal passages are read once. Throws AppError as `rankTexts`. */
export async function rankPassages(
  classifier: TextRanker,
  question: string,
  documents: readonly PassageSource[],
  { top, perDocument = defaultPerDocument, ...options }: RankPassagesOptions,
): Promise<RankedPassage[]> {
  const passages = documents.flatMap(passagesIn);
  const texts = [...new Set(passages.map(({ text }) => text))];
  const ranked = await rankTexts(
    classifier,
    question,
    texts.map((text, at) => ({ id: String(at), text })),
    options,
  );
  const scores = new Map(ranked.map(({ id, score }) => [texts[Number(id)], score]));
  const scored = passages.flatMap(({ partScore, ...passage }): RankedPassage[] => {
    const own = scores.get(passage.text);
    if (own === undefined) return [];
    const score = partScore === undefined ? own : sigmoid((logit(own) + logit(partScore)) / 2);
    return [{ ...passage, score }];
  });
  return bounded(
    scored.sort((a, b) => b.score - a.score),
    top,
    perDocument,
  );
}

type UnscoredPassage = Omit<RankedPassage, 'score'> & { readonly partScore: number | undefined };

function passagesIn({ id, text, isMarkdown = false, within }: PassageSource): UnscoredPassage[] {
  return (within ?? [{ start: 0, end: text.length }]).flatMap((part: ScoredPart) =>
    answerPassages(text, part, isMarkdown).map(({ start, end }) => ({
      ...{ id, start, end, text: text.slice(start, end) },
      partScore: part.score,
    })),
  );
}

function bounded(passages: readonly RankedPassage[], top: number, perDocument: number): RankedPassage[] {
  const counts = new Map<string, number>();
  const kept: RankedPassage[] = [];
  for (const passage of passages) {
    if (kept.length >= top) break;
    const count = counts.get(passage.id) ?? 0;
    if (count >= perDocument) continue;
    counts.set(passage.id, count + 1);
    kept.push(passage);
  }
  return kept;
}
