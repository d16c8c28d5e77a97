// A workspace run and the engine alone against bare ONNX Runtime on the same tokens, ideally packed, and against another model file.
import os from 'node:os';
import { textSegments } from '../../src/core/textSegments';
import { defaultChunkTokens, Engine } from '../../src/inference/engine';
import { loadModel } from '../../src/inference/model/loadedModel';
import type { LoadedModel } from '../../src/inference/model/loadedModel';
import { batchFeeds } from '../../src/inference/pipeline/batchFeeds';
import type { EncodedRow } from '../../src/inference/pipeline/encodeRow';
import { planBatches } from '../../src/inference/product/batchPlan';
import { DocumentWork } from '../../src/inference/product/documentWork';
import { SplitEncoder } from '../../src/inference/product/splitScorer';
import type { DocumentInput } from '../../src/shared/classifier';
import { task } from './engineBenchOptions';
import type { EngineBenchOptions } from './engineBenchOptions';
import { best, median, timeInTurns } from './contestants';
import type { Contestant } from './contestants';
import { RawPasses } from './rawPasses';
import { measureSelection } from './selectionBench';
import { WorkspaceContestant } from './workspaceContestant';
import { sampleTexts } from './sampleTexts';

const maxBatchTokens = 4096;
/** Padded tokens of a packed pass; the best of them counts. */
const packedTokens = [256, 512, 1024, 2048];
const output = 'text_embeddings';

export async function measureEngine(options: EngineBenchOptions): Promise<void> {
  const texts = sampleTexts(options.samples);
  const sentences = texts.flatMap((text) => textSegments(text).map(({ start, end }) => text.slice(start, end).trim()));
  const load = os.loadavg().map((value) => value.toFixed(1));
  console.log(
    `${os.cpus()[0]?.model ?? 'unknown processor'}, ${os.availableParallelism()} cores; load before ${load.join(' ')}`,
  );
  const short = sentences.filter((text) => text.length > 20);
  for (const threads of options.threads) {
    await measure(options, threads, 'files of samples/workspace', repeated(texts, options.documents));
    await measure(options, threads, 'single sentences of them', repeated(short, options.sentences));
    await measureSelection(options, threads, texts.join('\n').slice(0, 300));
  }
}

async function measure(
  { model: folder, against, workerFile, rounds }: EngineBenchOptions,
  threads: number,
  what: string,
  documents: readonly DocumentInput[],
): Promise<void> {
  const model = await loadModel(folder, { threads: 1 });
  const started = performance.now();
  const rows = await rowsOf(model, documents);
  const cutting = documents.length / ((performance.now() - started) / 1000);
  const tokens = rows.reduce((sum, row) => sum + row.ids.length, 0) / rows.length;
  console.log(
    `\n${what}, ${threads} ${threads === 1 ? 'thread' : 'threads'}: ${documents.length} documents, ${rows.length} rows of ` +
      `${tokens.toFixed(0)} tokens on average; cutting and tokenising alone ${cutting.toFixed(0)} documents/s`,
  );
  const engine = await engineContestant(folder, threads, documents);
  const workspace = await workspaceContestant(folder, workerFile, threads, documents, 'workspace run');
  const older =
    against && (await workspaceContestant(against, workerFile, threads, documents, 'workspace run, other model'));
  const bare = await bareContestants(model, threads, rows);
  const all = [engine, workspace, ...(older ? [older] : []), ...bare];
  await timeInTurns(all, rounds);
  report(all, documents.length, [workspace, engine], [best(bare), ...(older ? [older] : [])]);
  for (const { stop } of all) await stop();
  await model.session.release();
}

async function engineContestant(
  folder: string,
  threads: number,
  documents: readonly DocumentInput[],
): Promise<Contestant> {
  const engine = await Engine.load({ folder, threads, maxBatchTokens }, () => undefined);
  const options = { chunkTokens: null, vectors: true, isCancelled: () => false, onProgress: () => undefined };
  const run = async (): Promise<void> => {
    const outcomes = await engine.classify(documents, task, options);
    if (!outcomes.every(({ ok }) => ok)) throw new Error('The engine failed on a document.');
  };
  return { name: 'engine alone', run, stop: () => engine.release(), seconds: [], processorSeconds: [] };
}

async function workspaceContestant(
  folder: string,
  workerFile: string,
  threads: number,
  documents: readonly DocumentInput[],
  name: string,
): Promise<Contestant> {
  const workspace = await WorkspaceContestant.start(workerFile, folder, threads, task, documents);
  return { name, run: () => workspace.run(), stop: () => workspace.stop(), seconds: [], processorSeconds: [] };
}

/** Sessions of one thread side by side, and one session of all threads, each with passes of several sizes. */
async function bareContestants(
  model: LoadedModel,
  threads: number,
  rows: readonly EncodedRow[],
): Promise<Contestant[]> {
  const plans = [{ lanes: threads, threads: 1 }, ...(threads > 1 ? [{ lanes: 1, threads }] : [])];
  const contestants: Contestant[] = [];
  for (const plan of plans)
    for (const maxTokens of [1, ...packedTokens]) {
      const passes = await raw(model, plan, pack(rows, maxTokens));
      const size = maxTokens === 1 ? 'a row a pass' : `packed to ${maxTokens} tokens`;
      const name = `bare, ${size}, ${plan.lanes} × ${plan.threads} threads`;
      contestants.push({ name, run: () => passes.run(), stop: () => passes.stop(), seconds: [], processorSeconds: [] });
    }
  return contestants;
}

function report(
  all: readonly Contestant[],
  documents: number,
  ours: readonly Contestant[],
  others: readonly Contestant[],
): void {
  for (const { name, seconds } of all) {
    const rates = seconds.map((each) => documents / each);
    const range = `${Math.min(...rates).toFixed(1)} to ${Math.max(...rates).toFixed(1)}`;
    console.log(`  ${name.padEnd(46)} ${median(rates).toFixed(1).padStart(7)} documents/s (${range})`);
  }
  for (const our of ours)
    for (const other of others) {
      // Of the same round, so that what slows the machine down slows both.
      const ratio = median(our.seconds.map((each, round) => (other.seconds[round] ?? NaN) / each));
      console.log(`  ${our.name} / ${other.name}: ${ratio.toFixed(3)}`);
    }
}

/** What the engine would run. */
async function rowsOf(model: LoadedModel, documents: readonly DocumentInput[]): Promise<EncodedRow[]> {
  const limits = { sharing: 'alone', maxTokens: 1, width: 1 } as const;
  const scorer = await new SplitEncoder(model, limits).scorer(task, defaultChunkTokens, () => false);
  const rows: EncodedRow[] = [];
  for (const document of documents)
    rows.push(...(await new DocumentWork(document).plan(scorer, () => Promise.resolve())).map(({ row }) => row));
  return rows;
}

function pack(rows: readonly EncodedRow[], maxTokens: number): EncodedRow[][] {
  const lengths = rows.map((row) => row.ids.length);
  const batches = planBatches(lengths, { sharing: 'padded', maxTokens, width: 1 });
  return batches.map((batch) => batch.flatMap((index) => rows[index] ?? []));
}

async function raw(
  model: LoadedModel,
  plan: { readonly lanes: number; readonly threads: number },
  passes: readonly (readonly EncodedRow[])[],
): Promise<RawPasses> {
  const pad = { text: model.tokenizer.padTokenId, label: model.labelTokenizer.padTokenId };
  const feeds = passes.map((rows) => batchFeeds(rows, pad));
  return RawPasses.start(model.folder.graphFile, plan, feeds, output);
}

function repeated(texts: readonly string[], count: number): DocumentInput[] {
  return Array.from({ length: count }, (_, index) => ({
    id: `${index}`,
    // Each its own text: equal ones would be classified once.
    text: `${texts[index % texts.length] ?? ''}\n${index}`,
  }));
}
