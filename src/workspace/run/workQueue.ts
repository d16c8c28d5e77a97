// Takes the steps of a run one by one, gathers those for the classifier into batches, and keeps two batches under way.
import type { Classifier, DocumentScores } from '../../shared/classifier';
import type { RunWriter } from '../store/runWriter';
import type { SourceFile } from '../types';
import type { BatchClassifier } from './batchClassifier';
import { batchesUnderWay, BatchSize } from './batchSize';
import type { Committer } from './committer';
import type { Gate } from './gate';
import type { Planner, Step } from './planner';
import { Slots } from './slots';

/** Kept vectors scored in one call: no model runs, only products of vectors. */
const rescoreBatch = 256;

export interface QueueParts {
  readonly gate: Gate;
  readonly batches: BatchClassifier;
  /** Called once, with the first document that needs the classifier. */
  readonly prepare: () => void;
  readonly rescore: (documents: Parameters<Classifier['rescore']>[0]) => ReturnType<Classifier['rescore']>;
  readonly planner: Planner;
  readonly writer: RunWriter;
  readonly committer: Committer;
  /** So many documents of a batch are finished and not yet written; 0 once they are. */
  readonly onProgress: (batch: object, done: number) => void;
}

interface Pending {
  readonly hash: string;
  readonly text: string;
  /** All files met with this text while it waits; the first stands for them. */
  readonly files: [SourceFile, ...SourceFile[]];
}

interface Kept {
  readonly file: SourceFile;
  readonly contentId: number;
}

export class WorkQueue {
  private batch: Pending[] = [];
  private batchLength = 0;
  private readonly batchSize = new BatchSize();
  private kept: Kept[] = [];
  /** Files whose kept vectors turned out to be useless: to be read and classified. */
  private readonly again: SourceFile[] = [];
  /** Texts waiting or under way, so that a copy waits with them instead of being classified too. */
  private readonly byHash = new Map<string, Pending>();
  private readonly slots: Slots;
  private failure: { readonly error: unknown } | null = null;
  private prepared = false;

  constructor(private readonly parts: QueueParts) {
    this.slots = new Slots(batchesUnderWay, (error) => {
      this.failure ??= { error };
      parts.gate.cancel();
    });
  }

  async take(step: Step): Promise<void> {
    const { committer } = this.parts;
    switch (step.type) {
      case 'current':
        committer.current(step.documentId);
        break;
      case 'reuse':
        committer.reuse(step.file, step.contentId);
        break;
      case 'refused':
        committer.refused(step.file, step.contentId, step.code, step.message);
        break;
      case 'whole':
        committer.whole(step);
        break;
      case 'skip':
        committer.skip(step.skip);
        break;
      case 'rescore':
        this.prepare();
        this.kept.push(step);
        if (this.kept.length >= rescoreBatch) await this.sendKept();
        break;
      case 'classify':
        this.prepare();
        await this.add(step.file, step.hash, step.text);
        break;
    }
    for (let file = this.again.shift(); file; file = this.again.shift()) await this.readAgain(file);
  }

  /** Sends the rest and waits for all. Throws what ended the run. */
  async finish(onTurn: () => void): Promise<void> {
    while (this.kept.length + this.batch.length + this.again.length > 0 || this.slots.busy) {
      if (this.kept.length > 0) await this.sendKept();
      else if (this.batch.length > 0) await this.sendBatch();
      else if (this.slots.busy) await this.slots.next();
      onTurn();
      for (let file = this.again.shift(); file; file = this.again.shift()) await this.readAgain(file);
    }
    this.check();
  }

  /** Nothing is under way any more. What failed then is not heard of. */
  settled(): Promise<void> {
    return this.slots.idle();
  }

  /** The error that a batch ended the run with; comes before the cancellation that it caused. */
  check(): void {
    if (this.failure) throw this.failure.error;
  }

  /** The model is loaded while the first batch is gathered. */
  private prepare(): void {
    if (this.prepared) return;
    this.prepared = true;
    this.parts.prepare();
  }

  private async add(file: SourceFile, hash: string, text: string): Promise<void> {
    const waiting = this.byHash.get(hash);
    if (waiting) {
      waiting.files.push(file);
      return;
    }
    // A copy may have been classified and committed since this file was looked up.
    const content = this.parts.writer.content(hash);
    if (content?.hasResult) {
      this.parts.committer.reuse(file, content.id);
      return;
    }
    const pending: Pending = { hash, text, files: [file] };
    this.byHash.set(hash, pending);
    this.batch.push(pending);
    this.batchLength += text.length;
    if (this.batchSize.isFull(this.batch.length, this.batchLength)) await this.sendBatch();
  }

  private async sendBatch(): Promise<void> {
    const batch = this.batch;
    this.batch = [];
    this.batchLength = 0;
    this.batchSize.grow();
    await this.send(() => this.classify(batch));
  }

  private async sendKept(): Promise<void> {
    const kept = this.kept;
    this.kept = [];
    await this.send(() => this.rescoreKept(kept));
  }

  private async send(job: () => Promise<void>): Promise<void> {
    this.check();
    await this.parts.gate.pass();
    await this.slots.start(job);
    this.parts.committer.flush();
    this.check();
  }

  private async classify(batch: readonly Pending[]): Promise<void> {
    const { batches, committer, onProgress } = this.parts;
    try {
      const documents = batch.map(({ files: [file], text }) => ({ id: file.uri, text }));
      const outcomes = await batches.classify(documents, (done) => {
        onProgress(batch, done);
      });
      const scored = [];
      for (const [index, { hash, files }] of batch.entries()) {
        const outcome = outcomes[index];
        if (outcome?.ok) scored.push({ hash, files, outcome });
        else if (outcome) committer.failed(hash, files, outcome);
      }
      committer.classified(scored);
    } finally {
      onProgress(batch, 0);
    }
    for (const { hash } of batch) this.byHash.delete(hash);
    committer.tidy();
  }

  private async rescoreKept(kept: readonly Kept[]): Promise<void> {
    const { writer, rescore, committer } = this.parts;
    const ready = [];
    for (const item of kept) {
      const vectors = writer.vectors(item.contentId);
      if (vectors) ready.push({ ...item, vectors });
      else this.again.push(item.file);
    }
    const outcomes = await rescore(ready.map(({ file, vectors }) => ({ id: file.uri, vectors })));
    const scored: (Kept & { readonly outcome: DocumentScores })[] = [];
    for (const [index, { file, contentId }] of ready.entries()) {
      const outcome = outcomes[index];
      if (outcome?.ok) scored.push({ file, contentId, outcome });
      else {
        writer.forgetVectors(contentId);
        this.again.push(file);
      }
    }
    committer.relabelled(scored);
    committer.tidy();
  }

  private async readAgain(file: SourceFile): Promise<void> {
    await this.take(await this.parts.planner.read(file));
  }
}
