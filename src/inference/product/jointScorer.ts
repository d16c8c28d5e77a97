// Models that read text and labels together: every pass holds the labels, the prompt, the examples and one chunk.
import type { ClassificationTask } from '../../shared/classifier';
import type { LoadedModel } from '../model/loadedModel';
import type { EncodedRow } from '../pipeline/encodeRow';
import { runBatch } from '../pipeline/runBatch';
import { JointInput } from './jointInput';
import type { RowOutput, TaskScorer } from './taskScorer';

export class JointScorer extends JointInput implements TaskScorer {
  /**
   * @param chunkTokens Most tokens of a chunk's text, special tokens included; labels, prompt and examples come on top.
   * @throws AppError labels-cut, input-invalid.
   */
  constructor(
    private readonly loaded: LoadedModel,
    task: ClassificationTask,
    chunkTokens: number,
  ) {
    super(loaded, task, chunkTokens);
  }

  async run(rows: readonly EncodedRow[]): Promise<RowOutput[]> {
    const { logits } = await runBatch(this.loaded, rows);
    return logits.map((row) => ({ logits: row, vector: null }));
  }
}
