// What belongs to a model beside the files that decide scores, and what to do about a model that has no graph.
import { isCheckpointFile } from '../inference/model/checkpointFiles';
import { AppError } from '../shared/errors';

/** Not read by the model, and worth having: what it is and on what terms, and its recorded results. */
export const companionFiles: readonly string[] = ['README.md', 'LICENSE', 'LICENSE.txt', 'LICENSE.md', 'golden.json'];

/** @param names Files at the top of the model. @param checkpoint What the export is told, if it is a checkpoint. */
export function withoutGraph(what: string, names: readonly string[], checkpoint: string): AppError {
  return new AppError(
    'model-unsupported',
    names.some(isCheckpointFile)
      ? `${what} has PyTorch weights, but no ONNX file, and GLiTag runs ONNX. Export it with “python -m glitag_train export ${checkpoint} OUT” (training/README.md), and add the folder OUT.`
      : `${what} has no ONNX file, and GLiTag runs ONNX. Choose another model.`,
  );
}
