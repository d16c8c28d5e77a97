// The results of all sources as one; where two know a document, the first one counts.
import * as vscode from 'vscode';
import type { LabelScore } from '../../core/tagResult';
import type { DocumentSummary, ScoreDetail } from '../../shared/viewMessages';
import type { ExportDocument } from '../../workspace/types';
import type { LabelSets } from '../labels/labelSets';
import { within } from '../host/within';
import { evidenceLine, lineCounter } from './passage';
import type { Pinpointer } from './pinpointer';
import type { Evidence, Place, ResultChange, ResultSource, Section } from './resultSource';

/** Longer than this nobody waits for a document to open. */
const passageDeadlineMs = 1000;

export class AllResults implements ResultSource, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<ResultChange>();
  private readonly subscriptions: readonly vscode.Disposable[];

  readonly onDidChange = this.changed.event;

  constructor(
    private readonly sources: readonly ResultSource[],
    private readonly labelSets: LabelSets,
    private readonly pinpointer: Pinpointer,
  ) {
    this.subscriptions = sources.map((source) =>
      source.onDidChange((change) => {
        this.changed.fire(this.asSeen(change));
      }),
    );
  }

  get isEmpty(): boolean {
    return this.ids().next().done === true;
  }

  *ids(): Generator<string, undefined> {
    for (const [index, source] of this.sources.entries()) {
      const earlier = this.sources.slice(0, index);
      for (const id of source.ids()) if (!earlier.some((one) => one.has(id))) yield id;
    }
    return undefined;
  }

  has(id: string): boolean {
    return this.sources.some((source) => source.has(id));
  }

  summary(id: string): DocumentSummary | undefined {
    return this.sourceOf(id)?.summary(id);
  }

  async details(id: string): Promise<ScoreDetail[]> {
    return (await this.sourceOf(id)?.details(id)) ?? [];
  }

  /** The details with the best sentence of each tag in place of its chunk; null where there is nothing narrower. */
  async exactDetails(id: string): Promise<ScoreDetail[] | null> {
    const set = this.labelSets.read().active;
    const evidence = await this.evidence(id);
    if (!set || !evidence) return null;
    const passages = await this.pinpointer.find(evidence.text, evidence.tags, set);
    if (passages.size === 0) return null;
    const lines = lineCounter(evidence.text);
    return (await this.details(id)).map((detail) => {
      const span = detail.tag ? passages.get(set.labels[detail.label]?.name ?? '') : undefined;
      if (!span) return detail;
      const passage = evidenceLine(evidence.text, span);
      return { ...detail, evidence: passage, startLine: lines(span.start), endLine: lines(span.end) };
    });
  }

  async evidence(id: string): Promise<Evidence | null> {
    return (await this.sourceOf(id)?.evidence(id)) ?? null;
  }

  /** The sentence that earned a tag; for other labels, and where no sentence can be told, the chunk. */
  async place(id: string, label: number | null): Promise<Place | null> {
    const place = (await this.sourceOf(id)?.place(id, label)) ?? null;
    const set = this.labelSets.read().active;
    const name = label === null ? undefined : set?.labels[label]?.name;
    if (!place?.span || !set || name === undefined) return place;
    const evidence = await this.evidence(id);
    // The document opens also where the model is slow to come, or cannot run: at the chunk then.
    const passages = evidence
      ? await within(this.pinpointer.find(evidence.text, evidence.tags, set), passageDeadlineMs)
      : undefined;
    return { ...place, span: passages?.get(name) ?? place.span };
  }

  tagsOf(uri: vscode.Uri): readonly LabelScore[] | undefined {
    for (const source of this.sources) {
      const tags = source.tagsOf(uri);
      if (tags) return tags;
    }
    return undefined;
  }

  async exported(id: string): Promise<ExportDocument | null> {
    return (await this.sourceOf(id)?.exported(id)) ?? null;
  }

  async sections(id: string): Promise<readonly Section[]> {
    return (await this.sourceOf(id)?.sections(id)) ?? [];
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
    this.changed.dispose();
  }

  private sourceOf(id: string): ResultSource | undefined {
    return this.sources.find((source) => source.has(id));
  }

  /** What one source lost may still be known to another. */
  private asSeen(change: ResultChange): ResultChange {
    const kept = change.removed.filter((id) => this.has(id));
    if (kept.length === 0) return change;
    return {
      ...change,
      changed: [...change.changed, ...kept],
      removed: change.removed.filter((id) => !kept.includes(id)),
    };
  }
}
