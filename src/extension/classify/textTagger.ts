// Tags texts that are no files of the workspace: asks the model, and keeps the results in memory.
import type { CancelSignal } from '../../shared/classifier';
import type { LabelSets } from '../labels/labelSets';
import type { FrontMatterOptions } from '../../workspace/types';
import type { MemoryHome } from '../results/memoryHome';
import { wholeText, type WholeText } from '../results/wholeText';
import type { SourceText } from './editorTexts';
import type { Tagger } from './tagger';

export class TextTagger {
  constructor(
    private readonly tagger: Tagger,
    private readonly labelSets: LabelSets,
    private readonly memory: MemoryHome,
    private readonly frontMatter: () => FrontMatterOptions,
  ) {}

  /** `onProgress` is called with the number of finished texts. Throws AppError. */
  async tag(
    texts: readonly SourceText[],
    options: { readonly signal?: CancelSignal; readonly onProgress?: (done: number) => void },
  ): Promise<void> {
    if (texts.length === 0) return;
    const read = texts.map((text) => this.withoutFrontMatter(text));
    const outcomes = await this.tagger.score(
      read.map(({ id, text, breaks }) => ({ id, text, ...(breaks.length > 0 ? { breaks } : {}) })),
      this.labelSets.active(),
      options,
    );
    this.memory.put(
      read.flatMap((source, index) => {
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

  private withoutFrontMatter(source: SourceText): SourceText & Pick<WholeText, 'given'> {
    if (!source.whole) return { ...source, given: [] };
    const { start, given } = wholeText(source.uri, source.text, this.frontMatter());
    const breaks = source.breaks.filter((at) => at > start).map((at) => at - start);
    return { ...source, given, text: source.text.slice(start), range: { ...source.range, start }, breaks };
  }
}
