// Documents with parts (selections that were tagged by themselves): what they count as where documents are grouped and filtered.
import type { TreeDocument } from './treeTypes';

type Tags = TreeDocument['tags'];

/** Documents never change, they are replaced; sorting asks for the same one again and again. */
const merged = new WeakMap<TreeDocument, Tags>();

/** Tags of the document and of its parts, best first: each label once, with its best score. */
export function allTags(document: TreeDocument): Tags {
  if (document.parts === undefined) return document.tags;
  const known = merged.get(document);
  if (known) return known;
  const best = new Map<number, number>();
  for (const { tags } of [document, ...document.parts])
    for (const { label, score } of tags) best.set(label, Math.max(score, best.get(label) ?? 0));
  const all = [...best].map(([label, score]) => ({ label, score })).sort((a, b) => b.score - a.score);
  merged.set(document, all);
  return all;
}

/** The document, and its parts: all that has scores of its own. */
export function withParts(document: TreeDocument): readonly TreeDocument[] {
  return [...(document.partsOnly === true ? [] : [document]), ...(document.parts ?? [])];
}

/** `13-14`: what the part's title says beyond the document's. */
export function partName(document: TreeDocument, part: TreeDocument): string {
  const begin = `${document.title}:`;
  return part.title.startsWith(begin) ? part.title.slice(begin.length) : part.title;
}

/** Key of a part's row under its document. */
export function partKey(id: string): string {
  return `t${id}`;
}
