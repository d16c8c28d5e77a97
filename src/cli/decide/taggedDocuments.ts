// The documents of files and folders with their tags as they are now: what "everything with this tag" and "all above a score" are about.
import type { EffectiveTag } from '../../core/review/decision';
import type { PlaceText } from '../../core/review/steps';
import { namedModel } from '../namedModel';
import { isTaken, rootsOf } from '../tag/inputs';
import { ReportReader } from '../tag/reportReader';
import { withIndex } from '../tag/resultIndex';
import { tagBasis, tagFiles, taggedPlaces } from '../tag/tagFiles';
import { withTagModel, type TagModel } from '../tag/withTagModel';
import { documentKey, readDecided } from './decidedDocuments';
import { knownLabels, type DecidedSet, type DecideOptions } from './decideOptions';

export interface TaggedDocument {
  readonly place: PlaceText;
  /** Rejected ones among them. */
  readonly tags: readonly EffectiveTag[];
}

/** Tags what is not known yet, as `glitag tag` does. Throws AppError. */
export async function taggedDocuments(
  paths: readonly string[],
  decided: DecidedSet,
  options: DecideOptions,
): Promise<TaggedDocument[]> {
  const set = knownLabels(decided);
  const roots = await rootsOf(paths);
  const decisions = await readDecided(options.decisions, decided.name);
  const tag = ({ own, classifier, signal, onIndex }: TagModel) =>
    withIndex(options.index, async (store) => {
      if (!own) namedModel(set, options);
      onIndex(store);
      const basis = await tagBasis(set, classifier, options, signal);
      await tagFiles(store, basis, { roots }, options, () => undefined);
      const reports = new ReportReader({ ...basis, store, modelHash: basis.model.hash, decisions });
      return (await taggedPlaces(store, basis.task, (place) => isTaken(place, { roots }))).map((place) => {
        const { tags, rejected, textHash } = reports.effective(place);
        return { place: { ...documentKey(place.uri), passage: null, textHash }, tags: [...tags, ...rejected] };
      });
    });
  return withTagModel(options, tag, set);
}
