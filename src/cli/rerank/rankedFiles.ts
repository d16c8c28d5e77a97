// Files that can be asked which of their passages are nearest to something: the index knows their vectors, or gets them now.
import type { LabelSet } from '../../core/labelSet';
import type { Classifier, ModelDescription } from '../../shared/classifier';
import { NodeFileTree } from '../../workspace/find/nodeFileTree';
import { findPassages, type FindPassagesOptions, type FoundPassages } from '../../workspace/passages/findPassages';
import { PlaceTexts } from '../../workspace/read/placeTexts';
import { fileOf } from '../../workspace/split/parts';
import type { TagStore } from '../../workspace/store/tagStore';
import type { DocumentPlace, FindRoot } from '../../workspace/types';
import { readGivenDecisions } from '../decide/decidedDocuments';
import { readLabelSet } from '../labelsFile';
import { namedModel } from '../namedModel';
import { openClassifier } from '../openClassifier';
import { ProgressLine } from '../progressLine';
import { isTaken, rootsOf } from '../tag/inputs';
import { ReportReader } from '../tag/reportReader';
import { withIndex } from '../tag/resultIndex';
import { tagBasis, tagFiles, taggedPlaces, type FilesOptions, type TagBasis } from '../tag/tagFiles';
import { Where } from '../tag/where';
import { withTagModel, type TagModelOptions } from '../tag/withTagModel';

export interface RankedFilesOptions extends FilesOptions, TagModelOptions {
  /** Only documents whose tags match. */
  readonly where?: string;
  readonly decisions?: string;
  readonly set?: string;
  /** URI of a file that is not looked at, though it lies in a folder that is. */
  readonly but?: string;
}

export interface RankedFiles {
  /** The model that reads passages. */
  readonly model: ModelDescription;
  readonly classifier: Classifier;
  readonly signal: AbortSignal;
  /** Throws AppError as `findPassages`. */
  readonly find: (query: string, options: Pick<FindPassagesOptions, 'top' | 'perDocument'>) => Promise<FoundPassages>;
}

/** Throws AppError, and what `work` throws. */
export async function withRankedFiles<T>(
  paths: readonly string[],
  options: RankedFilesOptions,
  work: (files: RankedFiles) => Promise<T>,
): Promise<T> {
  const roots = await rootsOf(paths);
  const measurer = openClassifier({ threads: options.jobs });
  try {
    return await withTagModel(options, ({ own, classifier, signal, onIndex }) =>
      withIndex(options.index, async (store) => {
        onIndex(store);
        const set = own ?? readLabelSet(options.labels, options.threshold);
        if (!own) namedModel(set, options);
        const asked = await tagBasis(set, classifier, options, signal);
        const chooser = asked.model.capabilities.keepsVectors ? classifier : measurer;
        const basis = chooser === classifier ? asked : await tagBasis(vectorsOnly(set), chooser, options, signal);
        await tagFiles(store, basis, { roots }, options, () => undefined);
        const wanted = await wantedPlaces(store, basis, asked, roots, options);
        const find: RankedFiles['find'] = (query, bounds) =>
          ranked(query, bounds, { store, basis, classifier, wanted });
        return work({ model: asked.model, classifier, signal, find });
      }),
    );
  } finally {
    await measurer.dispose();
  }
}

/** What another model than the asked one reads texts for: tags of the labels are left to that. */
function vectorsOnly(set: LabelSet): LabelSet {
  return { ...set, name: 'vectors', labels: [{ name: 'text', path: ['text'] }], exclusive: [], examples: [] };
}

/** The documents of this call; with `--where` those whose tags by the model that was asked for match. */
async function wantedPlaces(
  store: TagStore,
  basis: TagBasis,
  asked: TagBasis,
  roots: readonly FindRoot[],
  options: RankedFilesOptions,
): Promise<ReadonlySet<string>> {
  const { where: search, decisions: file, set: name, but } = options;
  const taken = (place: DocumentPlace) => isTaken(place, { roots }) && fileOf(place.uri) !== but;
  if (search === undefined) return new Set((await taggedPlaces(store, basis.task, taken)).map(({ uri }) => uri));
  if (asked !== basis) await tagFiles(store, asked, { roots }, options, () => undefined);
  const decisions = file === undefined ? null : await readGivenDecisions(file, name ?? asked.set.name);
  const reports = new ReportReader({ ...asked, store, modelHash: asked.model.hash, decisions });
  const where = new Where(search, asked.set);
  const places = await taggedPlaces(store, asked.task, taken);
  const matching = places.filter((place) => where.document(reports.read(place)));
  for (const warning of where.warnings) process.stderr.write(`glitag: ${warning}\n`);
  return new Set(matching.map(({ uri }) => uri));
}

interface Asked {
  readonly store: TagStore;
  /** Of the model whose vectors choose. */
  readonly basis: TagBasis;
  readonly classifier: Classifier;
  readonly wanted: ReadonlySet<string>;
}

async function ranked(
  query: string,
  bounds: Pick<FindPassagesOptions, 'top' | 'perDocument'>,
  { store, basis, classifier, wanted }: Asked,
): Promise<FoundPassages> {
  const { reading, task, signal, classifier: chooser } = basis;
  const texts = new PlaceTexts(new NodeFileTree(), reading);
  const progress = new ProgressLine('passages', 0);
  return findPassages(query, {
    ...{ store, classifier, chooser, task, signal, ...bounds },
    wanted: ({ uri }) => wanted.has(uri),
    read: (place) => texts.read(place),
    onProgress: (done) => {
      progress.update(done);
    },
  }).finally(() => {
    progress.end();
  });
}
