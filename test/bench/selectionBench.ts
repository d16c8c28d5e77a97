// How long a selection takes from the host's call to its scores, over the bare pass of its tokens.
import { InferenceClient } from '../../src/inference/client';
import { loadModel } from '../../src/inference/model/loadedModel';
import { batchFeeds } from '../../src/inference/pipeline/batchFeeds';
import { median, timeInTurns } from './contestants';
import { task } from './engineBenchOptions';
import type { EngineBenchOptions } from './engineBenchOptions';
import { RawPasses } from './rawPasses';

/** Calls timed together as one. */
const rounds = 25;

export async function measureSelection(
  { model: folder, workerFile }: Pick<EngineBenchOptions, 'model' | 'workerFile'>,
  threads: number,
  text: string,
): Promise<void> {
  const model = await loadModel(folder, { threads: 1 });
  const ids = model.tokenizer.encode(text);
  const row = { ids, classIds: null, labelIds: null, labelCount: 0, cutTokens: 0, labelsCut: [] };
  const feeds = [batchFeeds([row], { text: 0, label: 0 })];
  const bare = await RawPasses.start(model.folder.graphFile, { lanes: 1, threads: 1 }, feeds, 'text_embeddings');
  const client = new InferenceClient({
    workerFile,
    load: { folder, threads, maxBatchTokens: 8192 },
    idleMs: 600_000,
    memoryCeilingBytes: 2 ** 40,
    log: () => undefined,
  });
  const contestants = [
    {
      name: 'selection',
      run: async () => {
        await client.classify([{ id: 'selection', text }], task, { priority: 'interactive', vectors: true });
      },
      stop: () => client.dispose(),
      seconds: [],
      processorSeconds: [],
    },
    { name: 'bare', run: () => bare.run(), stop: () => bare.stop(), seconds: [], processorSeconds: [] },
  ];
  await timeInTurns(contestants, rounds);
  const [selection = NaN, pass = NaN] = contestants.map(({ seconds }) => 1000 * median(seconds));
  console.log(
    `\nA selection of ${text.length} characters (${ids.length} tokens), ${threads} ${threads === 1 ? 'thread' : 'threads'}: ` +
      `${selection.toFixed(1)} ms, the bare pass ${pass.toFixed(1)} ms, ${(selection - pass).toFixed(1)} ms over it`,
  );
  for (const { stop } of contestants) await stop();
  await model.session.release();
}
