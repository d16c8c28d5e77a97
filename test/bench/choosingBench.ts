// The measuring half of choosing.mjs: vectors of documents that exist only as numbers, scored by the real model's label vectors.
import path from 'node:path';
import { chooseCandidates } from '../../src/workspace/passages/chooseCandidates';
import { taskIdentity } from '../../src/workspace/store/taskIdentity';
import { TagStore } from '../../src/workspace/store/tagStore';
import { labelSet } from '../unit/workspace/labelSetOf';
import { benchClient } from './benchClient';
import { LoopWatch } from './loopWatch';

const [base = '', workerFile = '', folder = '', count = '0'] = process.argv.slice(2);
const chunks = 2;
const task = taskIdentity(labelSet(['anything']), null);
const model = benchClient(workerFile, folder);
const { store } = await TagStore.open(path.join(base, 'index.sqlite'));
try {
  await fill();
  console.log('| | on the clock | longest stop of the event loop (work) |\n|---|---|---|');
  for (let round = 1; round <= 3; round++) {
    const watch = new LoopWatch();
    const began = performance.now();
    const { candidates, documents } = await chooseCandidates(`Question number ${round}?`, {
      ...{ store, chooser: model, task, wanted: () => true, limit: 40 },
    });
    const ms = Math.round(performance.now() - began);
    watch.end();
    const stop = `${watch.clockMs.toFixed(0)} ms (${watch.workMs.toFixed(0)} ms)`;
    console.log(`| question ${round}: ${candidates.length} of ${documents} documents | ${ms} ms | ${stop} |`);
  }
} finally {
  store.close();
  await model.dispose();
}

async function fill(): Promise<void> {
  const description = await model.describe();
  const size = description.vectorSize ?? 0;
  const writer = store.writer(task, description);
  const source = { reading: '', runs: [], given: [] };
  for (let from = 0; from < Number(count); from += 500)
    store.transaction(() => {
      for (let n = from; n < Math.min(from + 500, Number(count)); n++) {
        const contentId = writer.keepContent(n.toString(16).padStart(64, '0'));
        const values = Float32Array.from({ length: chunks * size }, () => Math.random() - 0.5);
        const vectors = { values, spans: Int32Array.of(0, 100, 100, 200) };
        const [scores, evidence] = [Float32Array.of(0), Int32Array.of(0, 100)];
        writer.keepScores(contentId, { ok: true, id: '', scores, evidence, chunkCount: chunks, vectors });
        const place = { uri: `file:///work/${n}.md`, root: 'work', path: `${n}.md`, size: 1, mtimeMs: 1, source };
        writer.place(place, contentId, true);
      }
    });
  await store.checkpoint();
}
