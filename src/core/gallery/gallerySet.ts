// A label set to begin with: what the user gets, and how well it did on texts that were written for it (docs/GALLERY.md).

interface Described {
  readonly description: string;
}

/** One entry of `glitag.labelSets`, of the forms that the gallery uses. */
export interface GalleryEntry {
  readonly mode: 'multi-label' | 'single-label';
  readonly threshold: number;
  /** Label by label, with at most one level of names above. */
  readonly labels: Readonly<Record<string, readonly string[] | Described | Readonly<Record<string, Described>>>>;
  readonly exclusive?: readonly string[];
}

/** With the embedded model, on texts that nothing was tuned on. F1 as `glitag evaluate` counts it, to three digits. */
export interface GalleryQuality {
  readonly texts: number;
  readonly microF1: number;
  readonly macroF1: number;
}

export interface GallerySet {
  /** Name that the set gets in the settings; with hyphens, that of its texts (test/bench/data/gallery). */
  readonly name: string;
  /** What it is for, in a few words. */
  readonly about: string;
  /** A text of the kind that it is for. */
  readonly example: string;
  readonly quality: GalleryQuality;
  readonly entry: GalleryEntry;
}
