// Models of the hub that are known to have ONNX files. Nothing here was made up: what was not found in a source is null.

export interface CuratedModel {
  readonly id: string;
  /** As on the model's page. */
  readonly license: string;
  /** ISO 639-1. */
  readonly languages: readonly string[];
  /** The .onnx files that its page lists, by path, with their sizes in millions of bytes. */
  readonly graphs: Readonly<Record<string, number>>;
  readonly quality: PublishedQuality | null;
}

/** Not measured by GLiTag. */
export interface PublishedQuality {
  readonly figure: 'mean zero-shot F1';
  readonly value: number;
  /** Page that gives the figure. */
  readonly source: string;
}

/** The comparison of GLiClass models on the pages of the 1.0 models: an average over zero-shot text classification sets. */
function published(value: number): PublishedQuality {
  return {
    figure: 'mean zero-shot F1',
    value,
    source: 'https://huggingface.co/knowledgator/gliclass-large-v1.0-lw/commit/01d1f8f81174260de98a1298dab59e27ed6c4a4d',
  };
}

/** Smallest first. Sizes and licences as the pages of their files give them. */
export const curatedModels: readonly CuratedModel[] = [
  {
    id: 'knowledgator/gliclass-small-v1.0-lw',
    license: 'apache-2.0',
    languages: ['en'],
    graphs: { 'onnx/model-int8-quantized.onnx': 175, 'onnx/model.onnx': 577 },
    quality: published(0.5732),
  },
  {
    id: 'knowledgator/gliclass-base-v1.0',
    license: 'apache-2.0',
    languages: ['en'],
    graphs: { 'onnx/model-int8-quantized.onnx': 246, 'onnx/model.onnx': 746 },
    quality: published(0.5571),
  },
  {
    id: 'knowledgator/gliclass-large-v1.0',
    license: 'apache-2.0',
    languages: ['en'],
    graphs: { 'onnx/model-int8-quantized.onnx': 645, 'onnx/model.onnx': 1750 },
    quality: published(0.6078),
  },
];
