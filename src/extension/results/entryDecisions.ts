// What people decided of the texts that are kept in memory: documents outside of the workspace, and passages of any document.
import type { LabelSet } from '../../core/labelSet';
import type { Decision } from '../../core/review/decision';
import { effectiveTags, type EffectiveTags } from '../../core/review/effectiveTags';
import type { PlaceText } from '../../core/review/steps';
import { knownQuoteOf } from '../../core/review/textQuote';
import { sha256 } from '../../workspace/read/sha256';
import type { LabelSets } from '../labels/labelSets';
import type { Decisions } from '../review/decisions';
import { isPassing } from '../review/documentKeys';
import { decisionsOnPassage } from '../review/passageDecisions';
import type { Entry } from './memoryEntry';

/** Stands for the hash of a text that is not the one that was scored. */
const otherText = '';

export const noTags: EffectiveTags = { tags: [], rejected: [], noneFits: false };

export class EntryDecisions {
  constructor(
    private readonly decisions: Pick<Decisions, 'of' | 'load' | 'keys'>,
    private readonly labelSets: LabelSets,
  ) {}

  /** Reads what was decided in earlier windows. Never throws. */
  async load(): Promise<void> {
    const set = this.labelSets.read().active;
    if (set) await this.decisions.load(set.name);
  }

  /** Undefined where there are no scores under the active set. */
  effective(entry: Entry | undefined): EffectiveTags | undefined {
    const set = this.labelSets.read().active;
    if (!entry?.result || !set) return undefined;
    const textHash = entry.stale ? otherText : entry.textHash;
    return effectiveTags(entry.result, this.on(entry, set), set, { textHash });
  }

  /** `text`: of the document as it is now. Null where it could not be found again. */
  place(entry: Entry, text: string): PlaceText | null {
    const set = this.labelSets.read().active;
    if (isPassing(entry.uri) || !set) return null;
    const key = this.decisions.keys.ofUri(entry.uri);
    const { start, end, whole } = entry.anchor;
    const textHash = sha256(text.slice(start, end));
    if (whole) return { ...key, passage: null, textHash };
    // The passage that has these tags is gone.
    if (entry.stale) return null;
    const known = this.on(entry, set).flatMap(({ passage }) => passage ?? []);
    return { ...key, passage: knownQuoteOf(text, { start, end }, known), textHash };
  }

  private on({ uri, anchor, textHash, places }: Entry, set: LabelSet): readonly Decision[] {
    const all = this.decisions.of(this.decisions.keys.ofUri(uri), set.name);
    if (all.length === 0) return all;
    if (anchor.whole) return all.filter(({ passage }) => passage === null);
    return places.length === 0 ? [] : decisionsOnPassage(all, textHash, places);
  }
}
