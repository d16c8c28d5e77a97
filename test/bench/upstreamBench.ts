// The measuring half of upstream.mjs, bundled by it.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { loadTokenizer } from '../../src/inference/model/tokenizer';
import { defaultChunkTokens } from '../../src/inference/engine';
import type { ClassificationTask, DocumentInput } from '../../src/shared/classifier';
import { best, contestant, median, timeInTurns } from './contestants';
import type { Contestant } from './contestants';
import { UpstreamProcess } from './upstreamProcess';
import { WorkspaceContestant } from './workspaceContestant';
import { sampleTexts } from './sampleTexts';

const task: ClassificationTask = {
  labels: ['security', 'performance', 'testing', 'planning', 'hiring', 'billing', 'legal', 'customer service'],
  mode: 'multi-label',
  examples: [],
};
const batchSizes = [1, 8, 16];
/** How upstream's memory is allocated; which is faster differs, so both take part and the best counts. */
const allocations = [
  { what: '', environment: {} },
  { what: ', memory kept', environment: { MALLOC_MMAP_MAX_: '0', MALLOC_TRIM_THRESHOLD_: '17179869184' } },
];

export interface UpstreamBench {
  readonly python: string;
  readonly weights: string;
  readonly script: string;
  readonly workerFile: string;
  readonly model: string;
  readonly samples: string;
  readonly documents: number;
  readonly rounds: number;
}

export async function measureUpstream(bench: UpstreamBench): Promise<void> {
  const documents = repeated(await shortTexts(bench.samples, bench.model), bench.documents);
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'glitag-bench-'));
  const files = { texts: path.join(folder, 'texts.json'), labels: path.join(folder, 'labels.json') };
  fs.writeFileSync(files.texts, JSON.stringify(documents.map(({ text }) => text)));
  fs.writeFileSync(files.labels, JSON.stringify(task.labels));
  const upstream: UpstreamProcess[] = [];
  for (const { environment } of allocations)
    upstream.push(await UpstreamProcess.start(bench.python, bench.script, bench.weights, files, environment));
  const ours = await WorkspaceContestant.start(bench.workerFile, bench.model, 0, task, documents);
  try {
    tellFacts(upstream);
    tellShift(await ours.scores(documents, task), (await upstream[0]?.scores()) ?? []);
    const theirs = upstream.flatMap((process, at) =>
      batchSizes.map((size) =>
        contestant(`upstream, batch ${size}${allocations[at]?.what ?? ''}`, {
          run: () => process.run(size),
          stop: () => process.stop(),
        }),
      ),
    );
    const run = contestant('workspace run: files, host, child, index', {
      run: () => ours.run(),
      stop: () => ours.stop(),
    });
    await timeInTurns([run, ...theirs], bench.rounds);
    report(run, theirs, documents.length);
  } finally {
    await Promise.all([ours.stop(), ...upstream.map((process) => process.stop())]);
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** Texts of the samples that are one chunk for us, so that both read the same tokens. */
async function shortTexts(samples: string, model: string): Promise<string[]> {
  const tokenizer = await loadTokenizer(model);
  // Room for the number that makes each repetition its own text.
  const limit = defaultChunkTokens - 8;
  return sampleTexts(samples).filter((text) => tokenizer.encode(text).length <= limit);
}

function tellFacts(upstream: readonly UpstreamProcess[]): void {
  const [first] = upstream;
  if (!first) throw new Error('Upstream takes no part.');
  const { torch, gliclass, transformers, threads, attention, tokens } = first.facts;
  const mean = tokens.reduce((sum, count) => sum + count, 0) / tokens.length;
  const load = os.loadavg().map((value) => value.toFixed(1));
  console.log(
    `${os.cpus()[0]?.model ?? 'unknown processor'}, ${os.availableParallelism()} cores; load before ${load.join(' ')}\n` +
      `gliclass ${gliclass}, torch ${torch}, transformers ${transformers}, ${threads} threads, attention ${attention}\n` +
      `${tokens.length} texts of ${mean.toFixed(0)} tokens on average, ${task.labels.length} labels`,
  );
}

/** Far more than quantisation moves them would mean that two different things are timed. */
function tellShift(ours: readonly Float32Array[], theirs: readonly (readonly number[])[]): void {
  const shifts = theirs.flatMap((row, text) =>
    row.map((score, label) => Math.abs(score - (ours[text]?.[label] ?? NaN))),
  );
  const mean = shifts.reduce((sum, shift) => sum + shift, 0) / shifts.length;
  console.log(
    `scores differ by ${mean.toFixed(4)} on average, ${Math.max(...shifts).toFixed(4)} at most (ours 8 bits, theirs 32)`,
  );
}

function report(run: Contestant, theirs: readonly Contestant[], documents: number): void {
  const rate = ({ seconds }: Contestant) => documents / median(seconds);
  for (const one of [run, ...theirs]) {
    // Of the same round, so that what slows the machine down slows both.
    const ratio = median(one.seconds.map((each, round) => each / (run.seconds[round] ?? NaN)));
    const against = one === run ? '' : `   workspace run / this ${ratio.toFixed(1)}`;
    console.log(`  ${one.name.padEnd(46)} ${rate(one).toFixed(1).padStart(7)} texts/s${against}`);
  }
  const fastest = best(theirs);
  const ratio = median(fastest.seconds.map((each, round) => each / (run.seconds[round] ?? NaN)));
  console.log(`  workspace run against upstream's best (${fastest.name}): ${ratio.toFixed(1)} times`);
}

/** Documents from texts, as often as it takes; each its own, as equal ones would be classified once. */
function repeated(texts: readonly string[], count: number): DocumentInput[] {
  return Array.from({ length: count }, (_, index) => ({
    id: `${index}`,
    text: `${texts[index % texts.length] ?? ''}\n${index}`,
  }));
}
