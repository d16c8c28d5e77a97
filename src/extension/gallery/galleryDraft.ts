// A set of the gallery as labels that are typed: how it is shown, tried and changed before it is saved. Free of `vscode`.
import type { GalleryEntry } from '../../core/gallery/gallerySet';
import { formatTypedLabels, type TypedLabel } from '../../core/typedLabels';
import type { Draft } from '../labels/create/tryPick';

type Labels = GalleryEntry['labels'];

export function galleryDraft({ labels, mode, threshold, exclusive = [] }: GalleryEntry): Draft {
  const loose: TypedLabel[] = [];
  const groups: Record<string, readonly TypedLabel[]> = {};
  for (const [name, value] of Object.entries(labels)) {
    if (isDescribed(value)) loose.push({ name, description: value.description });
    else groups[name] = listOf(value);
  }
  return { text: formatTypedLabels({ labels: [...loose, groups], exclusive }), mode, threshold };
}

/** Names alone stay names. */
function listOf(group: Exclude<Labels[string], { description: string }>): readonly TypedLabel[] {
  const members: readonly (readonly [string, string | { readonly description: string }])[] = Object.entries(group);
  return members.map(([name, value]) => (typeof value === 'string' ? value : { name, description: value.description }));
}

function isDescribed(value: Labels[string]): value is { readonly description: string } {
  return 'description' in value && typeof value.description === 'string';
}
