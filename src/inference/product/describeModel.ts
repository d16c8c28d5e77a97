// What a loaded model can do, in the words of the Classifier contract.
import type { ModelDescription } from '../../shared/classifier';
import type { LoadedModel } from '../model/loadedModel';
import { sha256 } from '../sha256';

const readsTogether = 'It reads text and labels together, so it has no vectors of texts to keep.';
const knowsNone = 'It was made without few-shot examples.';

/** `provider`: the execution provider that runs it. Others than the processor round otherwise, so that scores of both never mix. */
export function describeModel(model: LoadedModel, provider = 'cpu'): ModelDescription {
  const { folder } = model;
  const split = model.graphKind === 'split-bi-encoder';
  // Upstream's bi-encoder drops examples; with vectors at hand they can still move the labels (fewShot.ts).
  const native = folder.config.architectureType !== 'bi-encoder' && model.knowsExamples;
  return {
    name: folder.name,
    hash: provider === 'cpu' ? model.hash : sha256(`${model.hash}\n${provider}`),
    architecture: folder.config.architectureType,
    graph: model.graphKind,
    maxTokens: folder.config.maxLength,
    maxLabels: model.slots,
    defaultThreshold: folder.config.defaultThreshold,
    vectorSize: model.vectorSize,
    capabilities: {
      examples: split ? 'emulated' : native ? 'native' : 'none',
      prompt: 'native',
      keepsVectors: split,
      ...(split ? {} : { reasons: { vectors: readsTogether, ...(native ? {} : { examples: knowsNone }) } }),
    },
  };
}
