// Opens a model folder: finds its files and checks that they belong together and to the folder.
import fs from 'node:fs';
import path from 'node:path';
import { AppError } from '../../shared/errors';
import { chooseGraphFile, checkInside, containmentRoot } from './graphFiles';
import { missingFile } from './missingFile';
import { parseModelConfig } from './modelConfig';
import type { ModelConfig } from './modelConfig';
import { readOnnxSummary } from './onnxFile';
import type { OnnxSummary } from './onnxFile';
import { activationsOf } from './rowScales';
import type { Activations } from './rowScales';

/**
 * What the graph takes: `split-bi-encoder` text or label alone, giving vectors; `dynamic` any number of labels;
 * `num-labels` the same with an explicit `num_labels`; `fixed` always the same number of label slots.
 */
export type GraphKind = 'split-bi-encoder' | 'dynamic' | 'num-labels' | 'fixed';

/** Of a model folder what says how texts and labels are read. */
export interface TextFolder {
  readonly folder: string;
  readonly name: string;
  readonly config: ModelConfig;
  /** Absolute paths of all files that decide scores. */
  readonly files: readonly string[];
  /** Folder of the label tokenizer of a bi-encoder with two encoders; the folder itself otherwise. */
  readonly labelTokenizerFolder: string;
}

export interface ModelFolder extends TextFolder {
  /** Absolute path of the ONNX file. */
  readonly graphFile: string;
  /** As declared by the file. Exports can lie about `dynamic`; `loadModel` tries it. */
  readonly graphKind: GraphKind;
  /** Whether, and how, numbers between the weights are quantised: it decides which rows may share a pass. */
  readonly activations: Activations;
  /** Size of the ONNX file and of the weights beside it. */
  readonly weightBytes: number;
}

/** Where a bi-encoder with two encoders keeps the tokenizer of its labels. */
const labelFolderName = 'label_model';

/**
 * Opens a model folder, or a folder by one of its .onnx files, which then is the one used.
 * @throws AppError model-missing, model-config-invalid, model-graph-invalid, model-unsupported, model-outside-folder.
 */
export function openModelFolder(location: string): ModelFolder {
  const { folder, chosen } = locate(location);
  const root = containmentRoot(folder);
  const text = textFolder(folder, root);
  const graphFile = chosen ?? chooseGraphFile(folder);
  checkInside(root, graphFile);
  const summary = readOnnxSummary(graphFile);
  const externalFiles = [...summary.externalLocations].map((name) => externalFile(root, graphFile, name));
  return {
    ...text,
    graphFile,
    graphKind: kindOf(summary, text.config, graphFile),
    activations: activationsOf(summary),
    files: [...text.files, graphFile, ...externalFiles],
    weightBytes: [graphFile, ...externalFiles].reduce((sum, file) => sum + fs.statSync(file).size, 0),
  };
}

/**
 * Opens a model folder for its configuration and tokenizers alone; no graph need be there.
 * @throws AppError model-missing, model-config-invalid, model-unsupported, model-outside-folder.
 */
export function openTextFolder(location: string): TextFolder {
  const { folder } = locate(location);
  return textFolder(folder, containmentRoot(folder));
}

function textFolder(folder: string, root: string): TextFolder {
  const hasLabelTokenizer = fs.existsSync(path.join(folder, labelFolderName, 'tokenizer.json'));
  const files = textFilesOf(folder, hasLabelTokenizer);
  for (const file of files) checkInside(root, file);
  const configFile = path.join(folder, 'config.json');
  const config = parseModelConfig(readText(configFile), configFile);
  const labelTokenizerFolder = hasLabelTokenizer ? path.join(folder, labelFolderName) : folder;
  return { folder, name: path.basename(folder), config, files, labelTokenizerFolder };
}

/**
 * The files of a model as far as their names tell: all but weights beside the graph. Nothing is opened.
 * @throws AppError model-missing.
 */
export function namedFiles(location: string): string[] {
  const { folder, chosen } = locate(location);
  const hasLabelTokenizer = fs.existsSync(path.join(folder, labelFolderName, 'tokenizer.json'));
  return [...textFilesOf(folder, hasLabelTokenizer), chosen ?? chooseGraphFile(folder)];
}

const ownTextFiles = ['config.json', 'tokenizer.json', 'tokenizer_config.json', 'special_tokens_map.json'];
const labelTextFiles = ['tokenizer.json', 'tokenizer_config.json'].map((name) => `${labelFolderName}/${name}`);

/** Configuration and tokenizers as a model may have them, relative to its folder, with “/”. */
export const textFileNames: readonly string[] = [...ownTextFiles, ...labelTextFiles];

/** Configuration and tokenizer: those of the files that decide scores, besides graph and weights, that are there. */
function textFilesOf(folder: string, hasLabelTokenizer: boolean): string[] {
  return (hasLabelTokenizer ? textFileNames : ownTextFiles)
    .map((name) => path.join(folder, name))
    .filter((file) => fs.existsSync(file));
}

/** A path that names an .onnx file chooses it; its folder is the one above, or above `onnx/`. */
function locate(location: string): { folder: string; chosen: string | null } {
  const full = path.resolve(location);
  const stats = fs.statSync(full, { throwIfNoEntry: false });
  if (stats?.isDirectory()) return { folder: full, chosen: null };
  if (stats?.isFile() && full.endsWith('.onnx')) {
    const above = path.dirname(full);
    return { folder: path.basename(above) === 'onnx' ? path.dirname(above) : above, chosen: full };
  }
  throw new AppError(
    'model-missing',
    `There is no model folder at ${full}. Give a folder with config.json, tokenizer.json, tokenizer_config.json and ` +
      'an .onnx file.',
  );
}

function readText(file: string): string {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch (cause) {
    throw missingFile(file, cause);
  }
}

/** Weights beside the graph: the location is relative to the graph's folder and must stay in the model's folder. */
function externalFile(root: string, graphFile: string, location: string): string {
  const portable = location.replaceAll('\\', '/');
  const outside = portable === '' || path.posix.isAbsolute(portable) || path.win32.isAbsolute(location);
  if (outside || portable.split('/').includes('..'))
    throw new AppError(
      'model-outside-folder',
      `${graphFile} asks for weights at "${location}", outside its own folder. GLiTag does not open such a model.`,
    );
  const file = path.join(path.dirname(graphFile), ...portable.split('/'));
  if (!fs.existsSync(file))
    throw new AppError('model-missing', `${graphFile} keeps its weights in ${file}, which is missing. Put it there.`);
  checkInside(root, file);
  return file;
}

function kindOf(summary: OnnxSummary, config: ModelConfig, file: string): GraphKind {
  const inputs = new Set(summary.inputs.map((input) => input.name));
  const outputs = new Set(summary.outputs.map((output) => output.name));
  const needs = (names: readonly string[], have: Set<string>, what: string): void => {
    const missing = names.filter((name) => !have.has(name));
    if (missing.length > 0)
      throw new AppError(
        'model-graph-invalid',
        `${file} is not a GLiClass graph for "architecture_type": "${config.architectureType}": ` +
          `it has no ${what} ${missing.join(', ')} (it has ${[...have].join(', ')}).`,
      );
  };
  needs(['input_ids', 'attention_mask'], inputs, 'input');
  const split = config.graph === 'split-bi-encoder' || outputs.has('text_embeddings');
  if (split) needs(['text_embeddings', 'class_embeddings'], outputs, 'output');
  else {
    needs(['logits'], outputs, 'output');
    needs(classInputs(config), inputs, 'input');
  }
  const known = ['input_ids', 'attention_mask', 'token_type_ids', 'num_labels', ...(split ? [] : classInputs(config))];
  const unknown = [...inputs].filter((name) => !known.includes(name));
  if (unknown.length > 0)
    throw new AppError(
      'model-graph-invalid',
      `${file} wants the input ${unknown.join(', ')}, which "architecture_type": "${config.architectureType}" ` +
        'does not have.',
    );
  if (split) return 'split-bi-encoder';
  if (inputs.has('num_labels')) return 'num-labels';
  const labels = summary.outputs.find((output) => output.name === 'logits')?.dims[1] ?? null;
  return labels === null ? 'dynamic' : 'fixed';
}

function classInputs(config: ModelConfig): string[] {
  if (config.architectureType.startsWith('bi-encoder'))
    return ['class_input_ids', 'class_attention_mask', 'labels_mask'];
  if (config.architectureType.startsWith('encoder-decoder')) return ['class_input_ids', 'class_attention_mask'];
  return [];
}
