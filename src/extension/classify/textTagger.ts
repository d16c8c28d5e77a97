// Tags texts that are no files of the workspace: asks the model, and keeps the results in memory.
import type { CancelSignal } from '../../shared/classifier';
import type { LabelSets } from '../labels/labelSets';
import type { MemoryHome } from '../results/memoryHome';
import type { SourceText } from './editorTexts';
import type { Tagger } from './tagger';

export class TextTagger {
  constructor(
    private readonly tagger: Tagger,
    private readonly labelSets: LabelSets,
    private readonly memory: MemoryHome,
  ) {}

  /** `onProgress` is called with the number of finished texts. Throws AppError. */
  async tag(
    texts: readonly SourceText[],
    options: { readonly signal?: CancelSignal; readonly onProgress?: (done: number) => void },
  ): Promise<void> {
    if (texts.length === 0) return;
    const outcomes = await this.tagger.score(
      texts.map(({ id, text, breaks }) => ({ id, text, ...(breaks.length > 0 ? { breaks } : {}) })),
      this.labelSets.active(),
      options,
    );
    this.memory.put(
      texts.flatMap((source, index) => {
        const outcome = outcomes[index];
        return outcome ? [{ ...source, outcome }] : [];
      }),
    );
  }

  /** Those of the texts that have no tags yet, or tags of other words, labels or models. */
  async tagWhereNeeded(texts: readonly SourceText[], signal: CancelSignal): Promise<void> {
    await this.tag(
      texts.filter(({ id }) => !this.memory.isFresh(id)),
      { signal },
    );
  }
}
