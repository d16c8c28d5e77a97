// Reads a finished document's scores from the index, decides, and reads its text again where a format shows passages.
import type { LabelSet } from '../../core/labelSet';
import { NodeFileTree } from '../../workspace/find/nodeFileTree';
import { readDocument } from '../../workspace/read/readDocument';
import { decideStored } from '../../workspace/search/decideStored';
import type { TagStore } from '../../workspace/store/tagStore';
import type { DocumentPlace, TaskIdentity } from '../../workspace/types';
import { AppError } from '../../shared/errors';
import type { DocumentReport } from './documentReport';
import { displayPath } from './inputs';

export class ReportReader {
  constructor(
    private readonly store: TagStore,
    private readonly task: TaskIdentity,
    private readonly modelHash: string,
    private readonly set: LabelSet,
  ) {}

  read(place: DocumentPlace): DocumentReport {
    const details = this.store.details(place.uri, this.task, this.modelHash);
    if (!details)
      throw new AppError(
        'index-unavailable',
        `The index has lost ${displayPath(place)} while it was being read. Try again.`,
      );
    const { tags, scores } = decideStored(details, this.set);
    return { path: displayPath(place), tags, scores, text: null };
  }

  /** With the text that earned the scores; without it where the file has changed since. */
  async readWithText(place: DocumentPlace): Promise<DocumentReport> {
    const report = this.read(place);
    const contentHash = this.store.details(place.uri, this.task, this.modelHash)?.contentHash;
    const read = await readDocument(new NodeFileTree(), place, {});
    return read.ok && read.hash === contentHash ? { ...report, text: read.text } : report;
  }
}
