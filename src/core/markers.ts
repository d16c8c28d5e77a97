// Finds the marker texts by which GLiClass models tell labels from text: in user input they would be read as structure.

/** Upstream's markers and those of its retrieval examples, in lower case. */
const markers = ['<<label>>', '<<sep>>', '<<example>>', '<</example>>', '<<true_label>>', '<<false_label>>'];

/**
 * The first marker in `text` as written there, or null. Compared after NFKC and without case, because some tokenizers do the
 * same before they look for markers: full-width `＜＜LABEL＞＞` becomes a marker for DeBERTa.
 */
export function findMarker(text: string): string | null {
  const plain = text.normalize('NFKC');
  // Case is compared, not converted, over the normalised text; these markers keep their length in lower case.
  const lower = plain.toLowerCase();
  for (const marker of markers) if (lower.includes(marker)) return marker.toUpperCase();
  return null;
}
