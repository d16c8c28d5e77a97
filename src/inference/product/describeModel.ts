// What a loaded model can do, in the words of the Classifier contract.
import type { ModelDescription } from '../../shared/classifier';
import type { LoadedModel } from '../model/loadedModel';

export function describeModel(model: LoadedModel): ModelDescription {
  const { folder } = model;
  const split = model.graphKind === 'split-bi-encoder';
  // Upstream's bi-encoder drops examples; with vectors at hand they can still move the labels (fewShot.ts).
  const native = folder.config.architectureType !== 'bi-encoder' && model.knowsExamples;
  return {
    name: folder.name,
    hash: model.hash,
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
    },
  };
}
