// The measuring half of corpus.mjs: the command as it is, with a classifier that does nothing; tells its memory on stderr.
import { tagCommand } from '../../src/cli/tag/tagCommand';
import type { Classifier, ModelDescription } from '../../src/shared/classifier';
import { fakeDescription } from '../support/fakeClassifier';

const [index] = process.argv.slice(2);
const vectorSize = 384;
const everyMs = 100;

const description: ModelDescription = { ...fakeDescription, name: 'nothing', hash: 'nothing', vectorSize };

/** Scores and vectors of the embedded model's sizes, without a model. */
const classifier: Classifier = {
  describe: () => Promise.resolve(description),
  prepare: () => undefined,
  classify: (documents, { labels }, { vectors = false } = {}) =>
    Promise.resolve(
      documents.map(({ id, text }) => ({
        ok: true as const,
        id,
        scores: new Float32Array(labels.length).fill(0.75),
        evidence: Int32Array.from({ length: 2 * labels.length }, (_, at) => (at % 2 ? text.length : 0)),
        chunkCount: 1,
        ...(vectors ? { vectors: { values: new Float32Array(vectorSize), spans: Int32Array.of(0, text.length) } } : {}),
      })),
    ),
  rescore: () => Promise.reject(new Error('Nothing here is scored from vectors.')),
  dispose: () => Promise.resolve(),
};

const started = performance.now();
function tell(): void {
  const megabytes = Math.round(process.memoryUsage.rss() / 1e6);
  process.stderr.write(`${JSON.stringify({ seconds: (performance.now() - started) / 1000, megabytes })}\n`);
}

const timer = setInterval(tell, everyMs);
process.exitCode = await tagCommand(
  [],
  { input: '-', ignore: true, ...(index === undefined ? {} : { index }) },
  {
    own: null,
    classifier,
    measurer: classifier,
    signal: new AbortController().signal,
    onIndex: () => undefined,
  },
);
clearInterval(timer);
tell();
