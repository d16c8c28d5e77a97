// How well a set of the gallery did, in one line.
import { scoreText } from '../scoreText';
import type { GalleryQuality } from './gallerySet';

/** `micro-F1 .81, macro-F1 .79 on 30 texts` */
export function qualityText({ microF1, macroF1, texts }: GalleryQuality): string {
  return `micro-F1 ${scoreText(microF1)}, macro-F1 ${scoreText(macroF1)} on ${texts} texts`;
}
