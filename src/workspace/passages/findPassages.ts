// "Find passages": what is kept of documents says where to look, then their text is read again and ranked passage by passage.
import { fileSpan } from '../../core/excerpt';
import { lineCounter } from '../../core/lineCounter';
import { isMarkdownName } from '../../core/markdownLines';
import type { Span } from '../../core/tagResult';
import type { CancelSignal } from '../../shared/classifier';
import { AppError } from '../../shared/errors';
import { rankPassages } from '../../shared/passages/rankPassages';
import type { PassageSource, RankPassagesOptions } from '../../shared/passages/rankPassages';
import type { TextRanker } from '../../shared/passages/rankTexts';
import type { CurrentText } from '../read/placeTexts';
import { sha256 } from '../read/sha256';
import type { DocumentPlace } from '../types';
import { chooseCandidates } from './chooseCandidates';
import type { Candidate, ChooseOptions } from './chooseCandidates';

/** Chunks that are read again where nothing else is said: a second or two with the embedded model. */
const defaultCandidates = 40;
/** UTF-16 units that are read again at most, whatever the candidates. */
const mostCharacters = 400_000;

export interface FindPassagesOptions
  extends Omit<ChooseOptions, 'limit' | 'wanted'>, Pick<RankPassagesOptions, 'top' | 'perDocument' | 'onProgress'> {
  /**
   * Reads the passages: any model. Where it keeps no vectors, another one does for `chooser`, which keeps them. Where both are the same object,
   * what the vectors said counts in the scores.
   */
  readonly classifier: TextRanker;
  /** What the model reads of a document as it is now; null where it is gone or no text. Never rejects for that. */
  readonly read: (place: DocumentPlace) => Promise<CurrentText | null>;
  /** Only these documents, such as those whose tags match a search. */
  readonly wanted?: (place: DocumentPlace) => boolean;
  /** Chunks that are read again, and documents without kept vectors, at most. */
  readonly candidates?: number;
  readonly signal?: CancelSignal;
}

/** Offsets are UTF-16 units in the file as it is now. */
export interface FoundPassage extends Span {
  readonly place: DocumentPlace;
  /** Of `start`, from 1. */
  readonly line: number;
  /** Of the last character. */
  readonly endLine: number;
  readonly score: number;
  readonly text: string;
}

export interface FoundPassages {
  /** Best first. */
  readonly passages: readonly FoundPassage[];
  /** Documents that the index has and that were wanted. */
  readonly documents: number;
  /** Of these: not looked at, because nothing is kept of their texts, or there was too much to read. */
  readonly leftOut: number;
}

interface ReadCandidate {
  readonly place: DocumentPlace;
  readonly now: CurrentText;
  /** Of the file. */
  readonly lineOf: (offset: number) => number;
  readonly source: PassageSource;
}

/** Throws AppError what the classifiers throw (see `rankTexts`), `cancelled`. */
export async function findPassages(question: string, options: FindPassagesOptions): Promise<FoundPassages> {
  const { classifier, top, perDocument, signal, onProgress, wanted = () => true } = options;
  if (question.trim() === '') throw new AppError('input-invalid', 'The question is empty.');
  const limit = options.candidates ?? defaultCandidates;
  const chosen = await chooseCandidates(question, { ...options, wanted, limit });
  const { read, unread } = await readAgain(chosen.candidates, options);
  const ranked = await rankPassages(
    classifier,
    question,
    read.map(({ source }) => source),
    {
      top,
      priority: 'interactive',
      ...(perDocument === undefined ? {} : { perDocument }),
      ...(signal ? { signal } : {}),
      ...(onProgress ? { onProgress } : {}),
    },
  );
  const byUri = new Map(read.map((one) => [one.place.uri, one]));
  const passages = ranked.flatMap(({ id, score, text, ...span }) => {
    const found = byUri.get(id);
    if (!found) return [];
    const { start, end } = fileSpan(found.now.runs, span);
    const lines = { line: found.lineOf(start), endLine: found.lineOf(Math.max(start, end - 1)) };
    return [{ place: found.place, start, end, ...lines, score, text }];
  });
  return { passages, documents: chosen.documents, leftOut: chosen.leftOut + unread };
}

/** In the order of the candidates, as far as there is room. */
async function readAgain(
  candidates: readonly Candidate[],
  { read, signal, classifier, chooser }: FindPassagesOptions,
): Promise<{ readonly read: ReadCandidate[]; readonly unread: number }> {
  const found: ReadCandidate[] = [];
  let [characters, unread] = [0, 0];
  for (const { place, best } of candidates) {
    if (signal?.aborted) throw new AppError('cancelled', 'Cancelled.');
    if (characters >= mostCharacters) {
      unread++;
      continue;
    }
    const now = await read(place);
    if (!now) continue;
    // In a text that changed since chunks lie elsewhere.
    const chunks = best?.textHash === sha256(now.text) ? best.chunks : null;
    // What another model says of a chunk is on another scale.
    const within =
      chunks && (Object.is(chooser, classifier) ? chunks : chunks.map(({ start, end }) => ({ start, end })));
    const source = {
      id: place.uri,
      text: now.text,
      isMarkdown: isMarkdownName(place.path),
      ...(within ? { within } : {}),
    };
    characters += (within ?? [{ start: 0, end: now.text.length }]).reduce(
      (sum, { start, end }) => sum + end - start,
      0,
    );
    found.push({ place, now, lineOf: lineCounter(now.file), source });
  }
  return { read: found, unread };
}
