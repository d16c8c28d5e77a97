// From rows of the view to what is decided on: tags with their places, or places as a whole.
import type { EffectiveTag } from '../../core/review/decision';
import type { MoveTarget, PlaceText, TagTarget } from '../../core/review/steps';
import { withParts } from '../../core/tree/parts';
import type { RowTarget } from '../../shared/viewMessages';
import { isWithin } from '../../workspace/find/isWithin';
import { Breather } from '../../workspace/flow/breather';
import type { LabelSets } from '../labels/labelSets';
import type { Results } from '../results/results';

/** A tag, or a label that is none (`tag` null), of a document or part. */
export interface Target {
  readonly id: string;
  readonly place: PlaceText;
  readonly set: string;
  readonly label: string;
  readonly tag: EffectiveTag | null;
}

export interface PlaceTarget {
  readonly id: string;
  readonly place: PlaceText;
}

/** A row of a document as a whole. */
export function documentRow(documentId: string): RowTarget {
  return { webviewSection: 'document', documentId, label: null, folder: null, tagged: true };
}

/** A row of one label of a document or part. */
export function labelRow(documentId: string, label: number): RowTarget {
  return { ...documentRow(documentId), webviewSection: 'score', label };
}

export class Targets {
  constructor(
    private readonly results: Results,
    private readonly labelSets: LabelSets,
  ) {}

  /**
   * A label's row is about that label, whatever it is; a document's or a folder's about the tags that `wants` says, rejected ones
   * among them. Each is there once.
   */
  async tags(rows: readonly RowTarget[], wants: (tag: EffectiveTag) => boolean): Promise<Target[]> {
    const { name: set, labels } = this.labelSets.shown();
    const found = new Map<string, Target>();
    const add = (target: Target) => found.set(JSON.stringify([target.id, target.label]), target);
    const breather = new Breather();
    for (const row of rows) {
      const one = row.label === null ? undefined : labels[row.label]?.name;
      for (const id of await this.ids([row])) {
        const all = this.tagsOf(id);
        const tags = one === undefined ? all.filter(wants) : all.filter(({ label }) => label === one);
        if (tags.length === 0 && one === undefined) continue;
        const place = await this.results.decidedPlace(id);
        if (!place) continue;
        for (const tag of tags) add({ id, place, set, label: tag.label, tag });
        if (tags.length === 0 && one !== undefined) add({ id, place, set, label: one, tag: null });
        if (breather.due) await breather.pause();
      }
    }
    return [...found.values()];
  }

  /** All tags but rejected ones. */
  liveTagsOf(id: string): readonly EffectiveTag[] {
    return this.results.effective(id)?.tags ?? [];
  }

  /** The documents and parts of the rows, each once. */
  async places(rows: readonly RowTarget[]): Promise<PlaceTarget[]> {
    const found: PlaceTarget[] = [];
    const breather = new Breather();
    for (const id of await this.ids(rows)) {
      const place = await this.results.decidedPlace(id);
      if (place) found.push({ id, place });
      if (breather.due) await breather.pause();
    }
    return found;
  }

  /** All tags, also rejected ones. */
  tagsOf(id: string): readonly EffectiveTag[] {
    const effective = this.results.effective(id);
    return effective ? [...effective.tags, ...effective.rejected] : [];
  }

  /** A document of which only parts were tagged stands for these. */
  private async ids(rows: readonly RowTarget[]): Promise<Set<string>> {
    const ids = new Set<string>();
    const breather = new Breather();
    for (const { documentId, folder } of rows) {
      if (documentId !== null) for (const id of this.withParts(documentId)) ids.add(id);
      else if (folder !== null) for (const id of await this.inFolder(folder, breather)) ids.add(id);
      if (breather.due) await breather.pause();
    }
    return ids;
  }

  /** All documents in the view. */
  all(): RowTarget[] {
    return this.results.ids().map(documentRow);
  }

  /** The documents at these URIs and in these folders. */
  rowsWithin(uris: readonly { toString(): string }[]): RowTarget[] {
    const folders = uris.map(String);
    return this.results
      .ids()
      .filter((id) => folders.some((folder) => isWithin(id, folder)))
      .map(documentRow);
  }

  private withParts(id: string): string[] {
    if (this.results.effective(id)) return [id];
    const summary = this.results.summary(id);
    return summary ? Array.from(withParts(summary), (one) => one.id) : [];
  }

  private async inFolder(folder: string, breather: Breather): Promise<string[]> {
    const ids: string[] = [];
    for (const id of this.results.ids()) {
      const path = this.results.summary(id)?.folders.join('/') ?? '';
      if (path === folder || path.startsWith(`${folder}/`)) ids.push(id);
      if (breather.due) await breather.pause();
    }
    return ids;
  }
}

export function tagTarget({ place, set, label }: Target): TagTarget {
  return { ...place, set, label };
}

export function moveTarget(target: Target, otherIsProposed: boolean): MoveTarget {
  return { ...tagTarget(target), otherIsProposed };
}
