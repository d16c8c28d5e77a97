// Reads a finished document's scores from the index, decides, and finds the passages behind tags where a format shows them.
import type { LabelSet } from '../../core/labelSet';
import { effectiveTags } from '../../core/review/effectiveTags';
import { isMarkdownName } from '../../core/markdownLines';
import { readableMarkdown } from '../../core/readablePassage';
import { NodeFileTree, filePath } from '../../workspace/find/nodeFileTree';
import { readDocument } from '../../workspace/read/readDocument';
import { decideStored } from '../../workspace/search/decideStored';
import type { TagStore } from '../../workspace/store/tagStore';
import type { DocumentPlace, StoredDetails, TaskIdentity } from '../../workspace/types';
import { bestPassages } from '../../shared/bestPassages';
import type { Classifier } from '../../shared/classifier';
import { AppError } from '../../shared/errors';
import type { DecidedDocuments } from '../decide/decidedDocuments';
import type { DocumentReport } from './documentReport';
import { displayPath } from './inputs';

export interface ReportParts {
  readonly store: TagStore;
  readonly task: TaskIdentity;
  readonly modelHash: string;
  readonly set: LabelSet;
  /** What was decided, by document; null where tags are the model's alone. */
  readonly decisions: DecidedDocuments | null;
  /** Asked for passages only. */
  readonly classifier: Classifier;
  readonly signal: AbortSignal;
}

export class ReportReader {
  private readonly tree = new NodeFileTree();

  constructor(private readonly parts: ReportParts) {}

  read(place: DocumentPlace): DocumentReport {
    return this.report(place, this.details(place));
  }

  private report(place: DocumentPlace, details: StoredDetails): DocumentReport {
    const { decisions, set } = this.parts;
    const result = decideStored(details, set);
    const common = { path: displayPath(place), scores: result.scores, passages: new Map<string, string>() };
    if (decisions === null) return { ...common, tags: result.tags };
    const decided = decisions.of(filePath(place.uri), details.contentHash);
    const { tags, rejected } = effectiveTags(result, decided, set, { textHash: details.contentHash });
    return { ...common, tags, rejected };
  }

  /** With the sentence behind each tag; without where the file has changed since. */
  async readWithPassages(place: DocumentPlace): Promise<DocumentReport> {
    const { classifier, set, signal } = this.parts;
    const details = this.details(place);
    const report = this.report(place, details);
    const read = await readDocument(this.tree, place, {});
    if (!read.ok || read.hash !== details.contentHash) return report;
    const isMarkdown = isMarkdownName(place.path);
    const exact = await bestPassages(classifier, read.text, report.tags, set, { isMarkdown, signal });
    const passages = report.tags.map((tag): [string, string] => {
      const { start, end } = exact.get(tag.label) ?? tag;
      const passage = read.text.slice(start, end);
      return [tag.label, isMarkdown ? readableMarkdown(passage) : passage];
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
