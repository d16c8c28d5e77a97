// The commands of this room.
import type { CommandHandlers } from '../host/commands';
import { newLabelSet } from '../labels/create/newLabelSet';
import type { Tryout } from '../labels/create/tryout';
import { pickFromGallery } from './pickFromGallery';
import { suggestLabelSet, type SuggestParts } from './suggestLabelSet';

export interface GalleryParts extends SuggestParts {
  readonly openTryout: () => Promise<Tryout>;
}

export function galleryCommands(
  parts: GalleryParts,
): Pick<CommandHandlers, 'glitag.newLabelSetFromGallery' | 'glitag.suggestLabelSet'> {
  const { labelSets, files, openTryout } = parts;
  return {
    'glitag.newLabelSetFromGallery': () => newLabelSet(labelSets, files, openTryout, pickFromGallery),
    'glitag.suggestLabelSet': () => suggestLabelSet(parts),
  };
}
