// What the index keeps of texts that stand at no place: their results, which belong to texts anyway.
import type { DocumentOutcome, DocumentVectors } from '../../shared/classifier';
import { lastingFailures } from '../run/committer';
import { WalTrimmer } from '../run/walTrimmer';
import type { RunWriter } from '../store/runWriter';
import type { TagStore } from '../store/tagStore';
import type { TextScores } from '../store/texts';

/** What is known of a text before a model is asked. */
export type KeptText =
  | ({ readonly type: 'scores' } & TextScores)
  | { readonly type: 'vectors'; readonly vectors: DocumentVectors }
  /** The model refused it before, and will again. */
  | { readonly type: 'refused'; readonly message: string };

export class KeptTexts {
  private readonly trimmer: WalTrimmer;

  constructor(
    private readonly store: TagStore,
    private readonly writer: RunWriter,
    /** The model can score kept vectors. */
    private readonly keepsVectors: boolean,
  ) {
    this.trimmer = new WalTrimmer(store, writer, () => undefined);
  }

  /** By the text's sha256 (hex); null where the model has to read it. */
  find(hash: string): KeptText | null {
    const content = this.writer.content(hash);
    if (!content) return null;
    const scores = content.hasResult ? this.store.textScores(this.writer, content.id) : null;
    if (scores) return { type: 'scores', ...scores };
    if (content.failure) return { type: 'refused', message: content.failure.message };
    const vectors = content.hasVectors && this.keepsVectors ? this.writer.vectors(content.id) : null;
    return vectors ? { type: 'vectors', vectors } : null;
  }

  /** Writes outcomes by their texts' hashes, all or none; `met`: hashes of known texts that were met again. */
  keep(outcomes: ReadonlyMap<string, DocumentOutcome>, met: Iterable<string>): void {
    this.store.transaction(() => {
      for (const hash of met) this.store.metText(hash);
      for (const [hash, outcome] of outcomes) {
        if (outcome.ok) this.writer.keepScores(this.writer.keepContent(hash), outcome);
        else if (lastingFailures.has(outcome.code))
          this.writer.keepFailure(this.writer.keepContent(hash), outcome.code, outcome.message);
      }
    });
    this.trimmer.trim();
  }

  /** Nothing is under way in other threads. */
  settled(): Promise<void> {
    return this.trimmer.settled();
  }
}
