// The measuring half of serve.mjs, bundled by it.
import { InferenceClient } from '../../src/inference/client';
import { RemoteClassifier } from '../../src/remote/remoteClassifier';
import { RemoteTexts } from '../../src/remote/remoteTexts';
import type { Classifier, DocumentInput, DocumentOutcome } from '../../src/shared/classifier';
import type { ClassificationTask } from '../../src/shared/classifier';
import { freePort, RayServer } from '../serve/rayServer';
import type { RayServerOptions } from '../serve/rayServer';
import { median } from './contestants';
import { sampleTexts } from './sampleTexts';

const task: ClassificationTask = {
  labels: ['security', 'performance', 'testing', 'planning', 'hiring', 'billing', 'legal', 'customer service'],
  mode: 'multi-label',
  examples: [],
};

export interface ServeBench {
  readonly weights: string;
  readonly model: string;
  readonly workerFile: string;
  readonly samples: string;
  readonly limits: Pick<RayServerOptions, 'maxModelLen' | 'oneTextAPass'>;
  /** A server after the other, with so many each. */
  readonly replicas: readonly number[];
  readonly documents: number;
  readonly rounds: number;
}

export async function measureServe(bench: ServeBench): Promise<void> {
  const documents = documentsOf(bench.samples, bench.documents);
  const child = new InferenceClient({
    workerFile: bench.workerFile,
    load: { folder: bench.model, threads: 0, maxBatchTokens: 8192 },
    idleMs: 600_000,
    memoryCeilingBytes: 2 ** 40,
    log: () => undefined,
  });
  const local = await measure('child process', child, documents, bench.rounds);
  for (const replicas of bench.replicas) {
    const port = await freePort();
    const server = await RayServer.start({ model: bench.weights, replicas, port, ...bench.limits });
    const texts = new RemoteTexts({ folder: bench.model, exact: true });
    const remote = new RemoteClassifier({ url: server.url, proxyEnvironment: null }, texts);
    try {
      const scores = await measure(`server, replicas: ${replicas}`, remote, documents, bench.rounds);
      console.log(`scores differ by ${difference(local, scores).toExponential(1)} at most`);
    } finally {
      await server.kill();
    }
  }
}

/** Each sample again and again, with a number that makes it a text of its own. */
function documentsOf(samples: string, count: number): DocumentInput[] {
  const texts = sampleTexts(samples);
  return Array.from({ length: count }, (_, n) => ({ id: String(n), text: `${texts[n % texts.length] ?? ''} (${n})` }));
}

async function measure(
  name: string,
  classifier: Classifier,
  documents: readonly DocumentInput[],
  rounds: number,
): Promise<DocumentOutcome[]> {
  const seconds: number[] = [];
  // The first round warms up: a model is loaded, and how much a server bears is found out.
  let outcomes = await classifier.classify(documents, task);
  for (let round = 0; round < rounds; round++) {
    const start = performance.now();
    outcomes = await classifier.classify(documents, task);
    seconds.push((performance.now() - start) / 1000);
  }
  await classifier.dispose();
  const failed = outcomes.filter(({ ok }) => !ok).length;
  console.log(`${name}: ${(documents.length / median(seconds)).toFixed(2)} documents a second, ${failed} failed`);
  return outcomes;
}

function difference(left: readonly DocumentOutcome[], right: readonly DocumentOutcome[]): number {
  let most = 0;
  for (const [index, one] of left.entries()) {
    const other = right[index];
    if (!one.ok || !other?.ok) throw new Error('A document was not scored.');
    if (one.chunkCount !== other.chunkCount) throw new Error('A document was cut otherwise.');
    for (const [at, score] of one.scores.entries()) most = Math.max(most, Math.abs(score - (other.scores[at] ?? NaN)));
  }
  return most;
}
