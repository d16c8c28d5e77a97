// Brings what people decided to the documents of the index that are in memory. Only decided ones are ever looked at.
import { countsFor } from '../../core/review/decision';
import type { LabelSets } from '../labels/labelSets';
import type { Decisions, DecisionsChange } from '../review/decisions';
import { isPart } from '../../workspace/split/parts';
import type { ResultChange } from './resultHome';
import type { Shown } from './shownDocument';

/** Stands for the hash of a text that is not known, but is none of those that were decided on. */
const otherText = '';

export class Verdicts {
  /** Documents that have some. */
  private readonly uris = new Set<string>();

  /** `scoredHash`: of the text that was scored; null where it is not known. */
  constructor(
    private readonly decisions: Pick<Decisions, 'of' | 'documents' | 'keys'>,
    private readonly labelSets: LabelSets,
    private readonly scoredHash: (shown: Shown) => string | null,
  ) {}

  /** Takes over what was decided of all documents. */
  takeAll(documents: ReadonlyMap<string, Shown>): void {
    const set = this.labelSets.read().active;
    const decided = set ? Array.from(this.decisions.documents(set.name), (key) => this.decisions.keys.uriOf(key)) : [];
    for (const uri of new Set([...this.uris, ...decided])) {
      const shown = uri === null ? undefined : documents.get(uri);
      if (shown) this.take(shown);
      else if (uri !== null) this.uris.delete(uri);
    }
  }

  /** Takes over what was decided; tells of which documents there is something else to show. */
  follow({ reset, uris }: DecisionsChange, documents: ReadonlyMap<string, Shown>): ResultChange {
    if (reset) {
      this.takeAll(documents);
      return { reset, changed: [], removed: [] };
    }
    const changed = uris.filter((uri) => {
      const shown = documents.get(uri);
      if (shown) this.take(shown);
      return shown !== undefined;
    });
    return { reset, changed, removed: [] };
  }

  /** Takes over what was decided of one. */
  take(shown: Shown): Shown {
    const { document } = shown;
    const set = this.labelSets.read().active;
    const all = set ? this.decisions.of(this.decisions.keys.ofPlace(document), set.name) : [];
    const part = isPart(document.uri);
    const texts = part && all.length > 0 ? [this.scoredHash(shown), shown.textHash] : [];
    const verdicts = all.filter((one) => countsFor(one, { isPart: part, texts }));
    if (verdicts.length === 0 && shown.verdicts.length === 0) return shown;
    shown.verdicts = verdicts;
    shown.tags = null;
    if (verdicts.length === 0) this.uris.delete(document.uri);
    else {
      this.uris.add(document.uri);
      shown.textHash ??= this.hashOf(shown);
    }
    return shown;
  }

  /** The text is this one now. True where that says something else of decisions. */
  see(shown: Shown, textHash: string): boolean {
    const isOther = shown.textHash !== textHash && shown.verdicts.length > 0;
    shown.textHash = textHash;
    if (isOther) shown.tags = null;
    return isOther;
  }

  /** Of the text as it is now, as far as that is known without reading it. */
  private hashOf(shown: Shown): string | null {
    const scored = this.scoredHash(shown);
    if (!shown.document.changed) return scored;
    // Whatever the text is now, it is not the one that was scored.
    return shown.verdicts.some(({ textHash }) => textHash === scored) ? otherText : null;
  }
}
