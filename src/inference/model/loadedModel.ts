// A model ready to run: folder, tokenizers and session, checked against each other by one tiny pass.
import { AppError, asAppError } from '../../shared/errors';
import type { Graph, Int64Input } from './graph';
import { GraphSession } from './graphSession';
import type { SessionOptions } from './graphSession';
import { openModelFolder } from './modelFolder';
import type { GraphKind, ModelFolder } from './modelFolder';
import { hashModel } from './modelHash';
import type { ModelHash } from './modelHash';
import { loadTextSide, markers } from './textSide';
import type { TextSide } from './textSide';
import type { TextTokenizer } from './tokenizer';

export interface LoadedModel extends TextSide, ModelHash {
  readonly folder: ModelFolder;
  readonly session: Graph;
  /** As found by running the graph: a stock export declares its labels dynamic and gives 25 anyway. */
  readonly graphKind: GraphKind;
  /** Label slots of a pass; null where the graph takes any number. */
  readonly slots: number | null;
  /** Length of a text vector of a split bi-encoder; null for all others. */
  readonly vectorSize: number | null;
}

/**
 * Opens and checks everything. The caller must `release()` the session.
 * @param location Model folder, or one of its .onnx files.
 * @throws AppError model-*, native-load-failed, out-of-memory.
 */
export async function loadModel(location: string, options: SessionOptions): Promise<LoadedModel> {
  return loadModelWith(location, (folder) => GraphSession.open(folder.graphFile, options));
}

/** The same with a graph that `open` gives, such as a pool of lanes. */
export async function loadModelWith(
  location: string,
  open: (folder: ModelFolder) => Promise<Graph>,
): Promise<LoadedModel> {
  const folder = openModelFolder(location);
  // The graph takes longest and, in a lane, another thread: what this one has to do is done meanwhile.
  const opening = open(folder);
  const hashing = hashModel(folder);
  // One that fails before it is waited for must not pass for an error that nobody handles.
  const ended = Promise.allSettled([opening, hashing]);
  try {
    const text = await loadTextSide(folder);
    const session = await opening;
    const found = await probe(folder, text.tokenizer, text.labelTokenizer, session).catch((error: unknown) => {
      throw failedProbe(folder, error);
    });
    return { ...text, folder, session, ...found, ...(await hashing) };
  } catch (error) {
    const [opened] = await ended;
    if (opened.status === 'fulfilled') await opened.value.release();
    throw asAppError(error, 'model-graph-invalid');
  }
}

interface ProbeResult {
  readonly graphKind: GraphKind;
  readonly slots: number | null;
  readonly vectorSize: number | null;
}

/** One label, one short text: shows how many labels the graph answers for. */
async function probe(
  folder: ModelFolder,
  tokenizer: TextTokenizer,
  labelTokenizer: TextTokenizer,
  session: Graph,
): Promise<ProbeResult> {
  if (folder.graphKind === 'split-bi-encoder') {
    const { ids, mask } = row(tokenizer.encode('a'));
    const outputs = await session.run({ input_ids: ids, attention_mask: mask });
    const [text, label] = [outputs['text_embeddings'], outputs['class_embeddings']];
    const size = text?.dims[1];
    if (size === undefined || size === 0 || text?.dims.length !== 2 || label?.dims[1] !== size)
      throw badGraph(folder, 'its text and label vectors have different lengths');
    return { graphKind: folder.graphKind, slots: null, vectorSize: size };
  }
  const outputs = await session.run(probeFeeds(folder, tokenizer, labelTokenizer, session), ['logits']);
  const dims = outputs['logits']?.dims ?? [];
  const [rows, labels] = dims;
  if (dims.length !== 2 || rows !== 1 || labels === undefined || labels === 0)
    throw badGraph(folder, `it gives logits of the shape [${dims.join(', ')}] for one text and one label`);
  if (folder.graphKind === 'num-labels' && labels !== 1) throw badGraph(folder, 'it does not heed num_labels');
  const fixed = labels > 1;
  return {
    graphKind: fixed ? 'fixed' : folder.graphKind,
    slots: fixed ? labels : folder.config.maxLabelsAlloc,
    vectorSize: null,
  };
}

function probeFeeds(
  folder: ModelFolder,
  tokenizer: TextTokenizer,
  labelTokenizer: TextTokenizer,
  session: Graph,
): Record<string, Int64Input> {
  const { architectureType } = folder.config;
  const { label, separator } = markers;
  const labelled = architectureType === 'uni-encoder' || architectureType === 'bi-encoder-fused';
  const text =
    architectureType === 'decoder-kv'
      ? tokenizer.encode(`a${separator}a${label}${separator}`, { addSpecialTokens: false })
      : tokenizer.encode(labelled ? `${label}a${separator}a` : 'a');
  const { ids, mask } = row(text);
  const feeds: Record<string, Int64Input> = { input_ids: ids, attention_mask: mask };
  if (session.inputNames.includes('num_labels')) feeds['num_labels'] = { data: BigInt64Array.of(1n), dims: [1] };
  if (!session.inputNames.includes('class_input_ids')) return feeds;
  const bi = architectureType.startsWith('bi-encoder');
  const labels = row(bi ? labelTokenizer.encode('a') : tokenizer.encode(`${label}a${separator}`));
  const shape = (dims: readonly number[]): readonly number[] => (bi ? [1, ...dims] : dims);
  feeds['class_input_ids'] = { data: labels.ids.data, dims: shape(labels.ids.dims) };
  feeds['class_attention_mask'] = { data: labels.mask.data, dims: shape(labels.mask.dims) };
  if (bi) feeds['labels_mask'] = { data: BigInt64Array.of(1n), dims: [1, 1] };
  return feeds;
}

function row(ids: readonly number[]): { ids: Int64Input; mask: Int64Input } {
  const dims = [1, ids.length];
  return {
    ids: { data: BigInt64Array.from(ids, BigInt), dims },
    mask: { data: new BigInt64Array(ids.length).fill(1n), dims },
  };
}

/** A graph that fails on the shortest text would fail on any. */
function failedProbe(folder: ModelFolder, error: unknown): unknown {
  if (!(error instanceof AppError) || error.code !== 'inference-failed') return error;
  const { message } = error;
  return badGraph(folder, `it fails on a short text, as a graph does whose tokenizer is another model's. ${message}`);
}

function badGraph(folder: ModelFolder, what: string): AppError {
  return new AppError(
    'model-graph-invalid',
    `${folder.graphFile} does not behave like a GLiClass "${folder.config.architectureType}": ${what}.`,
  );
}
