// A whole workspace run as a contestant of a bench: files, host, child, index; everything but the editor.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { parseLabelSets } from '../../src/core/parseLabelSets';
import { InferenceClient } from '../../src/inference/client';
import type { ClassificationTask, DocumentInput } from '../../src/shared/classifier';
import { fileUri, NodeFileTree } from '../../src/workspace/find/nodeFileTree';
import { WorkspaceRun } from '../../src/workspace/run/workspaceRun';
import { TagStore } from '../../src/workspace/store/tagStore';

export class WorkspaceContestant {
  private runs = 0;

  private constructor(
    private readonly base: string,
    private readonly client: InferenceClient,
    private readonly labels: readonly string[],
    private readonly documents: number,
  ) {}

  /** Writes the documents as files and loads the model in a child of its own. */
  static async start(
    workerFile: string,
    model: string,
    threads: number,
    task: ClassificationTask,
    documents: readonly DocumentInput[],
  ): Promise<WorkspaceContestant> {
    const base = await mkdtemp(path.join(os.tmpdir(), 'glitag-bench-'));
    const folder = path.join(base, 'work');
    await mkdir(folder);
    await Promise.all(documents.map(({ id, text }) => writeFile(path.join(folder, `${id}.txt`), text)));
    const client = new InferenceClient({
      workerFile,
      load: { folder: model, threads, maxBatchTokens: 8192 },
      idleMs: 600_000,
      memoryCeilingBytes: 2 ** 40,
      log: () => undefined,
    });
    await client.describe();
    return new WorkspaceContestant(base, client, task.labels, documents.length);
  }

  get pid(): number | undefined {
    return this.client.pid;
  }

  /** A first run: each time into an index of its own. */
  async run(): Promise<void> {
    const { store } = await TagStore.open(path.join(this.base, 'index', `${this.runs++}.sqlite`));
    const [set] = parseLabelSets({ bench: { labels: this.labels } }).sets;
    if (!set) throw new Error('The labels of the bench are no label set.');
    const folder = fileUri(path.join(this.base, 'work'));
    const run = new WorkspaceRun(
      { tree: new NodeFileTree(), store, classifier: this.client },
      {
        set,
        chunkTokens: null,
        find: { roots: [{ uri: folder, name: 'work' }], include: [], exclude: [] },
        read: {},
      },
    );
    const { classified } = await run.start();
    store.close();
    if (classified !== this.documents) throw new Error(`${classified} of ${this.documents} documents were classified.`);
  }

  /** Scores of documents, [documents][labels]. */
  async scores(documents: readonly DocumentInput[], task: ClassificationTask): Promise<Float32Array[]> {
    const outcomes = await this.client.classify(documents, task);
    return outcomes.map((outcome) => {
      if (!outcome.ok) throw new Error(outcome.message);
      return outcome.scores;
    });
  }

  async stop(): Promise<void> {
    await this.client.dispose();
    await rm(this.base, { recursive: true, force: true });
  }
}
