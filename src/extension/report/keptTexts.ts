// What the index keeps of decided documents: the scores of the labels as they are written, or vectors where decisions teach.
import type { LabelSet } from '../../core/labelSet';
import type { DocumentVectors } from '../../shared/classifier';
import { untaughtHash } from '../../shared/taughtHash';
import { taskIdentity } from '../../workspace/store/taskIdentity';
import type { LabelSets } from '../labels/labelSets';
import type { IndexFile } from '../workspace/indexFile';

interface KeptScores {
  readonly scores: Float32Array;
  /** The model read the document with other decided ones. */
  readonly withOthers: boolean;
}

/** A decided document as it is kept. */
export interface KeptText {
  /** sha256, hex. */
  readonly hash: string;
  /** Scores of the labels as they are written, or vectors to be scored by what decisions taught. */
  readonly known: KeptScores | { readonly vectors: DocumentVectors };
}

export class KeptTexts {
  constructor(
    private readonly file: IndexFile,
    private readonly labelSets: Pick<LabelSets, 'read'>,
  ) {}

  /** The set with what its decisions teach where that is something, and shown. */
  taught(set: LabelSet): LabelSet | null {
    const { active } = this.labelSets.read();
    if (active?.name !== set.name || this.file.current?.model == null) return null;
    const learned = active.examples.filter(({ kept }) => kept);
    return learned.length > 0 ? { ...set, examples: [...withoutLearned(set).examples, ...learned] } : null;
  }

  /** Null where none are kept of the document. */
  vectors(uri: string): KeptText | null {
    const key = this.file.current;
    const text = key && key.model !== null ? key.store.keptText(uri, key.task, key.model) : null;
    return text && { hash: text.hash, known: { vectors: text.vectors } };
  }

  /** Reads by URI. Without what decisions taught; null where none are kept of the model in use. */
  scoresUnder(set: LabelSet): (uri: string) => KeptText | null {
    const key = this.file.current;
    if (!key) return () => null;
    const task = taskIdentity(withoutLearned(set), key.chunkTokens);
    return (uri) => {
      const kept = key.store.details(uri, task, key.model);
      // Of a model that reads examples with whichever it was read: a text is never among its own.
      if (!kept || (key.model !== null && untaughtHash(kept.modelHash) !== untaughtHash(key.model))) return null;
      const withOthers = untaughtHash(kept.modelHash) !== kept.modelHash;
      return { hash: kept.contentHash, known: { scores: kept.scores, withOthers } };
    };
  }
}

/** The set as it is written. */
function withoutLearned(set: LabelSet): LabelSet {
  return { ...set, examples: set.examples.filter(({ kept }) => !kept) };
}
