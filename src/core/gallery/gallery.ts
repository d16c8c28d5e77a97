// The gallery: label sets to begin with, each tried on texts that were written for it.
import { everydayTexts } from './everydayTexts';
import type { GallerySet } from './gallerySet';
import { sensitiveTexts } from './sensitiveTexts';
import { softwareTexts } from './softwareTexts';

export const gallery: readonly GallerySet[] = [...everydayTexts, ...softwareTexts, ...sensitiveTexts];
