// Engine.classify against bare ONNX Runtime on the tokens that it would run: a row a pass on the same lanes, and packed batches.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { textSegments } from '../../src/core/textSegments';
import { defaultChunkTokens, Engine } from '../../src/inference/engine';
import { planLanes } from '../../src/inference/lanes/laneCount';
import { loadModel } from '../../src/inference/model/loadedModel';
import type { LoadedModel } from '../../src/inference/model/loadedModel';
import { batchFeeds } from '../../src/inference/pipeline/batchFeeds';
import type { EncodedRow } from '../../src/inference/pipeline/encodeRow';
import { planBatches } from '../../src/inference/product/batchPlan';
import { DocumentWork } from '../../src/inference/product/documentWork';
import { SplitEncoder } from '../../src/inference/product/splitScorer';
import type { ClassificationTask, DocumentInput } from '../../src/shared/classifier';
import { RawPasses } from './rawPasses';
import { WorkspaceContestant } from './workspaceContestant';

const task: ClassificationTask = {
  labels: ['security', 'performance', 'testing', 'planning', 'hiring', 'billing', 'legal', 'customer service'],
  mode: 'multi-label',
  examples: [],
};
const maxBatchTokens = 4096;
/** Padded tokens of a packed pass; the best of them counts. */
const packedTokens = [256, 1024, 4096];
const output = 'text_embeddings';

interface Contestant {
  readonly name: string;
  readonly run: () => Promise<void>;
  readonly seconds: number[];
}

export async function measureEngine(
  folder: string,
  workerFile: string,
  samples: string,
  documents: number,
  rounds: number,
): Promise<void> {
  const files = fs.readdirSync(samples, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const texts = files.map((entry) => fs.readFileSync(path.join(entry.parentPath, entry.name), 'utf8')).sort();
  const sentences = texts.flatMap((text) => textSegments(text).map(({ start, end }) => text.slice(start, end).trim()));
  const cores = os.availableParallelism();
  const load = os.loadavg().map((value) => value.toFixed(1));
  console.log(`${os.cpus()[0]?.model ?? 'unknown processor'}, ${cores} cores; load before ${load.join(' ')}`);
  await measure(folder, workerFile, 'files of samples/workspace', repeated(texts, documents), rounds);
  const short = sentences.filter((text) => text.length > 20);
  await measure(folder, workerFile, 'single sentences of them', repeated(short, documents * 4), rounds);
}

async function measure(
  folder: string,
  workerFile: string,
  what: string,
  documents: readonly DocumentInput[],
  rounds: number,
): Promise<void> {
  const cores = os.availableParallelism();
  const model = await loadModel(folder, { threads: 1 });
  const lanes = planLanes(cores, model.folder.weightBytes);
  const started = performance.now();
  const rows = await rowsOf(model, documents);
  const cutting = documents.length / ((performance.now() - started) / 1000);
  const tokens = rows.reduce((sum, row) => sum + row.ids.length, 0) / rows.length;
  console.log(
    `\n${what}: ${documents.length} documents, ${rows.length} passes of ${tokens.toFixed(0)} tokens on average, ` +
      `${lanes.lanes} lanes of ${lanes.threads} threads; cutting and tokenising alone ${cutting.toFixed(0)} documents/s`,
  );
  const engine = await Engine.load({ folder, threads: cores, maxBatchTokens }, () => undefined);
  const options = { chunkTokens: null, vectors: true, isCancelled: () => false, onProgress: () => undefined };
  const single = await raw(
    model,
    lanes,
    rows.map((row) => [row]),
  );
  const packed = await Promise.all(
    packedTokens.map((maxTokens) => raw(model, { lanes: 1, threads: cores }, pack(rows, maxTokens))),
  );
  const workspace = await WorkspaceContestant.start(workerFile, folder, task, documents);
  const contestants: Contestant[] = [
    {
      name: 'engine',
      run: async () => {
        const outcomes = await engine.classify(documents, task, options);
        if (!outcomes.every(({ ok }) => ok)) throw new Error('The engine failed on a document.');
      },
      seconds: [],
    },
    { name: 'workspace run: files, host, child, index', run: () => workspace.run(), seconds: [] },
    { name: 'bare, a row a pass, same lanes', run: () => single.run(), seconds: [] },
    ...packed.map((passes, index) => ({
      name: `bare, packed to ${packedTokens[index]} tokens, 1 × ${cores} threads`,
      run: () => passes.run(),
      seconds: [],
    })),
  ];
  await timeInTurns(contestants, rounds);
  report(contestants, documents.length);
  await Promise.all([
    engine.release(),
    workspace.stop(),
    single.stop(),
    ...packed.map((passes) => passes.stop()),
    model.session.release(),
  ]);
}

/** Each round every contestant once, each time another first; one round before them to warm up. */
async function timeInTurns(contestants: readonly Contestant[], rounds: number): Promise<void> {
  for (const { run } of contestants) await run();
  for (let round = 0; round < rounds; round++)
    for (const place of contestants.keys()) {
      const contestant = contestants[(place + round) % contestants.length];
      const start = performance.now();
      await contestant?.run();
      contestant?.seconds.push((performance.now() - start) / 1000);
    }
}

function report(contestants: readonly Contestant[], documents: number): void {
  const [engine, workspace, ...bare] = contestants;
  for (const { name, seconds } of contestants) {
    const rates = seconds.map((each) => documents / each);
    // Of the same round, so that what slows the machine down slows both.
    const against = (other: Contestant | undefined) =>
      median(seconds.map((each, round) => each / (other?.seconds[round] ?? NaN))).toFixed(2);
    const range = `${Math.min(...rates).toFixed(1)} to ${Math.max(...rates).toFixed(1)}`;
    const isBare = bare.some((other) => other.name === name);
    const ratios = isBare ? `   engine / this ${against(engine)}, workspace run / this ${against(workspace)}` : '';
    console.log(`  ${name.padEnd(46)} ${median(rates).toFixed(1).padStart(7)} documents/s (${range})${ratios}`);
  }
}

/** What the engine would run. */
async function rowsOf(model: LoadedModel, documents: readonly DocumentInput[]): Promise<EncodedRow[]> {
  const scorer = await new SplitEncoder(model, 1).scorer(task, defaultChunkTokens, () => false);
  return documents.flatMap((document) => new DocumentWork(document).plan(scorer).map(({ row }) => row));
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

/** Middle of the values. */
function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}
