// `glitag labels gallery`: which label sets there are to begin with, and one of them as a file for --labels.
import { gallery } from '../../core/gallery/gallery';
import { qualityText } from '../../core/gallery/qualityText';
import { nearestName } from '../../core/nearestName';
import { AppError } from '../../shared/errors';
import { exitCodes } from '../exitCodes';

/** Returns the exit code. Throws AppError input-invalid where there is no set of that name. */
export function galleryCommand(name: string | undefined, { json = false }: { readonly json?: boolean }): number {
  if (name !== undefined) process.stdout.write(`${JSON.stringify(entryOf(name), null, 2)}\n`);
  else if (json) process.stdout.write(`${JSON.stringify({ sets: gallery })}\n`);
  else
    process.stdout.write(gallery.map((set) => `${set.name}\n  ${set.about}. ${qualityText(set.quality)}\n`).join(''));
  return exitCodes.done;
}

function entryOf(name: string): object {
  const set = gallery.find((one) => one.name === name);
  if (set) return set.entry;
  const names = gallery.map((one) => one.name);
  const nearest = nearestName(name, names);
  const instead = nearest === null ? `Choose one of: ${names.join(', ')}.` : `Did you mean “${nearest}”?`;
  throw new AppError('input-invalid', `The gallery has no label set “${name}”. ${instead}`);
}
