// What a command of deciding is about: each file and part of a file that it names; of a folder, the documents with the label's tag.
import type { EffectiveTag } from '../../core/review/decision';
import { isUndecided } from '../../core/review/reviewOrder';
import type { PlaceText } from '../../core/review/steps';
import { AppError } from '../../shared/errors';
import { isFolder } from '../isFolder';
import { readOptions } from '../tag/tagFiles';
import { decidedFiles } from './decidedFiles';
import type { DecideAction } from './decideCommand';
import type { DecidedSet, DecideOptions } from './decideOptions';
import { taggedDocuments } from './taggedDocuments';

/** Each place once. Throws AppError: `input-invalid` for what is not there, and for folders where the action takes none. */
export async function decidedPlaces(
  action: DecideAction,
  paths: readonly string[],
  set: DecidedSet,
  options: DecideOptions,
): Promise<PlaceText[]> {
  const folders = paths.filter(isFolder);
  const places = await decidedFiles(
    paths.filter((path) => !folders.includes(path)),
    await readOptions(options),
  );
  if (folders.length > 0) {
    if (action.type === 'none' || action.type === 'move')
      throw new AppError('input-invalid', `${folders[0]} is a folder. Name the files to decide on.`);
    const { type, label } = action;
    for (const { place, tags } of await taggedDocuments(folders, set, options))
      if (
        isMeant(
          type,
          tags.find((tag) => tag.label === label),
        )
      )
        places.push(place);
  }
  return [...new Map(places.map((place) => [JSON.stringify([place.root, place.path]), place])).values()];
}

/** As a folder's row in the editor: what somebody has decided is not changed by the way. */
function isMeant(type: 'accept' | 'reject' | 'add' | 'take-back', tag: EffectiveTag | undefined): boolean {
  switch (type) {
    case 'accept':
    case 'reject':
      return tag !== undefined && isUndecided(tag);
    case 'add':
      return tag === undefined || tag.state === 'rejected';
    case 'take-back':
      return tag !== undefined && tag.state !== 'proposed';
  }
}
