// Bare of startUp.mjs: what nobody gets around. Says `ready` when model and tokenizer are loaded, one after the other.
import { InferenceSession } from 'onnxruntime-node';
import { openModelFolder } from '../../src/inference/model/modelFolder';
import { loadTokenizer } from '../../src/inference/model/tokenizer';

async function main(location: string): Promise<void> {
  const { folder, graphFile } = openModelFolder(location);
  await InferenceSession.create(graphFile, {
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
    graphOptimizationLevel: 'all',
  });
  await loadTokenizer(folder);
  console.log('ready');
}

void main(process.argv[2] ?? '').then(() => process.exit());
