// Which files of a repository make a model: configuration, tokenizer, one graph and its weights; no PyTorch.
import path from 'node:path';
import { isGraphName, preferredGraph } from '../../inference/model/graphFiles';
import { textFileNames } from '../../inference/model/modelFolder';
import { AppError } from '../../shared/errors';
import { companionFiles, withoutGraph } from '../modelFiles';
import { isSafePath } from '../safePath';
import type { HubFile, HubModel } from './hubModel';

export interface ChosenFiles {
  /** Path of the graph in the repository. */
  readonly graph: string;
  /** All that is certain before the graph was read; the graph comes first. */
  readonly files: readonly HubFile[];
}

/** The .onnx files that a model may be run by, smallest first. */
export function graphsOf({ files }: Pick<HubModel, 'files'>): HubFile[] {
  return files.filter(({ path: name }) => isSafePath(name) && isGraphName(name)).sort((a, b) => a.size - b.size);
}

/**
 * @param wanted Path of the graph to take; else the one that GLiTag would take of all.
 * @throws AppError model-unsupported where there is no graph, input-invalid where it must be said which.
 */
export function chooseFiles(model: HubModel, wanted: string | undefined): ChosenFiles {
  const graphs = graphsOf(model);
  const names = graphs.map((file) => file.path);
  const graph = wanted ?? preferredGraph(names);
  const file = graphs.find((one) => one.path === graph);
  if (graphs.length === 0)
    throw withoutGraph(
      model.id,
      model.files.map((one) => one.path),
      'CHECKPOINT',
    );
  if (graph === null || !file)
    throw new AppError(
      'input-invalid',
      `${model.id} has ${wanted === undefined ? 'several ONNX files' : `no ONNX file “${wanted}”`}. Name one of ${names.join(', ')}.`,
    );
  const others = model.files.filter(
    ({ path: name }) => textFileNames.includes(name) || companionFiles.includes(name) || isWeightsOf(graph, name),
  );
  return { graph, files: [file, ...others] };
}

/** Weights that a graph turned out to keep in other files than their names told. @param locations Relative to the graph's folder. */
export function weightFiles(model: HubModel, graph: string, locations: Iterable<string>): HubFile[] {
  const folder = path.posix.dirname(graph);
  const wanted = new Set([...locations].map((name) => path.posix.join(folder, name.replaceAll('\\', '/'))));
  return model.files.filter((file) => wanted.has(file.path) && isSafePath(file.path));
}

/** As exporters name them: `model.onnx_data`, `model.onnx.data`, and so on in several files. */
function isWeightsOf(graph: string, name: string): boolean {
  return isSafePath(name) && name.startsWith(graph) && /^[._]data(?:[._-]\d+)?$/u.test(name.slice(graph.length));
}
