// `glitag rerank QUERY PATH…`: the index knows the files' vectors, or gets them now; the best chunks are read again, passage by passage.
import type { LabelSet } from '../../core/labelSet';
import { isMarkdownName } from '../../core/markdownLines';
import { oneLine, readableWithHeadings } from '../../core/readablePassage';
import type { Classifier } from '../../shared/classifier';
import { NodeFileTree } from '../../workspace/find/nodeFileTree';
import { findPassages } from '../../workspace/passages/findPassages';
import type { FoundPassage } from '../../workspace/passages/findPassages';
import { PlaceTexts } from '../../workspace/read/placeTexts';
import type { TagStore } from '../../workspace/store/tagStore';
import type { DocumentPlace, FindRoot } from '../../workspace/types';
import { readDecided } from '../decide/decidedDocuments';
import { exitCodes } from '../exitCodes';
import { readLabelSet } from '../labelsFile';
import { namedModel } from '../namedModel';
import { openClassifier } from '../openClassifier';
import { ProgressLine } from '../progressLine';
import { displayPath, isTaken, rootsOf } from '../tag/inputs';
import { ReportReader } from '../tag/reportReader';
import { withIndex } from '../tag/resultIndex';
import { tagBasis, tagFiles, taggedPlaces, type TagBasis } from '../tag/tagFiles';
import { Where } from '../tag/where';
import { withTagModel } from '../tag/withTagModel';
import { printRanked } from './printRanked';
import type { Ranked } from './printRanked';
import type { RerankOptions } from './rerankCommand';

/** @returns The exit code. */
export async function rerankFiles(query: string, paths: readonly string[], options: RerankOptions): Promise<number> {
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
        return print(await ranked(query, { store, basis, classifier, wanted, options }), asked, options);
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
  options: RerankOptions,
): Promise<ReadonlySet<string>> {
  const taken = (place: DocumentPlace) => isTaken(place, { roots });
  const { where: search, decisions: file, set: name } = options;
  if (search === undefined) return new Set((await taggedPlaces(store, basis.task, taken)).map(({ uri }) => uri));
  if (asked !== basis) await tagFiles(store, asked, { roots }, options, () => undefined);
  const decisions = file === undefined ? null : await readDecided(file, name ?? asked.set.name);
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
  readonly options: RerankOptions;
}

async function ranked(query: string, { store, basis, classifier, wanted, options }: Asked): Promise<FoundPassage[]> {
  const { reading, task, signal, classifier: chooser } = basis;
  const texts = new PlaceTexts(new NodeFileTree(), reading);
  const progress = new ProgressLine('passages', 0);
  const found = await findPassages(query, {
    ...{ store, classifier, chooser, task, signal, top: options.top },
    wanted: ({ uri }) => wanted.has(uri),
    read: (place) => texts.read(place),
    onProgress: (done) => {
      progress.update(done);
    },
  }).finally(() => {
    progress.end();
  });
  if (found.leftOut > 0)
    process.stderr.write(`glitag: ${found.leftOut} of ${found.documents} documents were too much to be read.\n`);
  return [...found.passages];
}

function print(passages: readonly FoundPassage[], { model }: TagBasis, options: RerankOptions): number {
  const results = passages.map(({ place, line, start, end, score, text }): Ranked => {
    const path = displayPath(place);
    const { part } = place;
    return {
      place: `${path}:${line}`,
      score,
      shown: isMarkdownName(path) ? readableWithHeadings(text) : oneLine(text),
      json: (rounded) =>
        JSON.stringify({ path, ...(part === undefined ? {} : { part }), line, start, end, score: rounded, text }),
    };
  });
  printRanked(model.name, results, options);
  return results.length > 0 ? exitCodes.done : exitCodes.failed;
}
