// Reads a finished document's scores from the index, decides, and finds the passages behind tags where a format shows them.
import { fileSpan } from '../../core/excerpt';
import type { LabelSet } from '../../core/labelSet';
import type { EffectiveTag } from '../../core/review/decision';
import { effectiveTags } from '../../core/review/effectiveTags';
import { isMarkdownName } from '../../core/markdownLines';
import type { LabelScore } from '../../core/tagResult';
import { positionAt } from '../../core/textPosition';
import { NodeFileTree } from '../../workspace/find/nodeFileTree';
import { PlaceTexts } from '../../workspace/read/placeTexts';
import { sha256 } from '../../workspace/read/sha256';
import { decideStored } from '../../workspace/search/decideStored';
import type { TagStore } from '../../workspace/store/tagStore';
import type { DocumentPlace, ReadOptions, StoredDetails, TaskIdentity } from '../../workspace/types';
import { bestPassages } from '../../shared/bestPassages';
import type { Classifier } from '../../shared/classifier';
import { AppError } from '../../shared/errors';
import type { DecidedDocuments } from '../decide/decidedDocuments';
import type { DocumentReport, ReportPassage } from './documentReport';
import { displayPath } from './inputs';

export interface ReportParts {
  readonly store: TagStore;
  readonly task: TaskIdentity;
  readonly modelHash: string;
  readonly set: LabelSet;
  /** What was decided, by document; null where tags are the model's alone. */
  readonly decisions: DecidedDocuments | null;
  readonly reading: ReadOptions;
  /** Asked for passages only. */
  readonly classifier: Classifier;
  readonly signal: AbortSignal;
}

export interface DecidedTags {
  readonly tags: readonly EffectiveTag[];
  readonly rejected: readonly EffectiveTag[];
  /** sha256 (hex) of the text that they are of. */
  readonly textHash: string;
}

/** Places count in the text that was read. */
type DecidedScores = Pick<DocumentReport, 'tags' | 'rejected' | 'scores'>;

export class ReportReader {
  private readonly texts: PlaceTexts;

  constructor(private readonly parts: ReportParts) {
    this.texts = new PlaceTexts(new NodeFileTree(), parts.reading);
  }

  read(place: DocumentPlace): DocumentReport {
    const details = this.details(place);
    return reportOf(place, details, this.decided(place, details));
  }

  /** Its tags as decided. */
  effective(place: DocumentPlace): DecidedTags {
    return this.effectiveOf(place, this.details(place));
  }

  private decided(place: DocumentPlace, details: StoredDetails): DecidedScores {
    const { decisions, set } = this.parts;
    const result = decideStored(details, set);
    if (decisions === null) return result;
    const { tags, rejected } = this.effectiveOf(place, details, result);
    return { tags, rejected, scores: result.scores };
  }

  private effectiveOf(
    place: DocumentPlace,
    details: StoredDetails,
    result = decideStored(details, this.parts.set),
  ): DecidedTags {
    const { contentHash: textHash } = details;
    const { decisions, set } = this.parts;
    const { tags, rejected } =
      decisions?.effective(place.uri, result, set, () => textHash) ?? effectiveTags(result, [], set);
    return { tags, rejected, textHash };
  }

  /** With the sentence behind each tag that is `wanted`; without where the file has changed since. */
  async readWithPassages(
    place: DocumentPlace,
    wanted: (report: DecidedScores) => DocumentReport['tags'],
  ): Promise<DocumentReport> {
    const { classifier, set, signal } = this.parts;
    const details = this.details(place);
    const decided = this.decided(place, details);
    const report = reportOf(place, details, decided);
    const tags = wanted(decided);
    const read = tags.length === 0 ? null : await this.texts.read(place);
    if (read === null || sha256(read.text) !== details.contentHash) return report;
    const { text, runs, file } = read;
    const isMarkdown = isMarkdownName(place.path);
    const exact = await bestPassages(classifier, text, tags, set, { isMarkdown, signal });
    const passages = tags.map((tag): [string, ReportPassage] => {
      const { start, end } = exact.get(tag.label) ?? tag;
      const span = fileSpan(runs, { start, end });
      const [first, last] = [positionAt(file, span.start), positionAt(file, span.end)];
      return [tag.label, { ...span, first, last, text: text.slice(start, end) }];
    });
    return { ...report, passages: new Map(passages) };
  }

  private details(place: DocumentPlace): StoredDetails {
    const { store, task, modelHash } = this.parts;
    const details = store.details(place.uri, task, modelHash);
    if (details) return details;
    throw new AppError(
      'index-unavailable',
      `The index has lost ${displayPath(place)} while it was being read. Try again.`,
    );
  }
}

function reportOf(place: DocumentPlace, details: StoredDetails, decided: DecidedScores): DocumentReport {
  const inFile = <S extends LabelScore>(score: S) => fileSpan(details.runs, score);
  const { tags, rejected, scores } = decided;
  return {
    path: displayPath(place),
    ...(place.part === undefined ? {} : { part: place.part }),
    tags: tags.map(inFile),
    ...(rejected ? { rejected: rejected.map(inFile) } : {}),
    scores: scores.map(inFile),
    given: details.given,
    passages: new Map(),
  };
}
