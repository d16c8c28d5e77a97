// `glitag tag`: tags files and folders with the same client, child and index as the extension.
import type { LabelSet } from '../../core/labelSet';
import { skipSentence } from '../../workspace/find/skipReasons';
import { placeName } from '../../workspace/split/parts';
import type { TagStore } from '../../workspace/store/tagStore';
import type { Classifier } from '../../shared/classifier';
import { AppError } from '../../shared/errors';
import type { DocumentPlace, FindRoot, RunStats, TaskIdentity } from '../../workspace/types';
import { readDecided, type DecidedDocuments } from '../decide/decidedDocuments';
import { exitCodes } from '../exitCodes';
import { readLabelSet } from '../labelsFile';
import { namedModel } from '../namedModel';
import type { SkippedReport, TagStats } from './documentReport';
import { displayPath, isTaken, rootsOf } from './inputs';
import { learn, type Learned } from './learn';
import { checkLineOptions } from './lineOptions';
import { createOutput } from './output';
import type { Output } from './output';
import { ReportReader } from './reportReader';
import { withIndex } from './resultIndex';
import { chunkTokensOf, tagBasis, tagFiles, taggedPlaces, type FilesOptions } from './tagFiles';
import { tagLinesCommand } from './tagLinesCommand';
import { Where } from './where';
import type { TagModel, TagModelOptions } from './withTagModel';

export interface TagOptions extends FilesOptions, TagModelOptions {
  /** A file of JSON Lines, or `-`. */
  readonly input?: string;
  readonly labels?: string;
  /** Default: `tree`; lines have one alone. */
  readonly format?: string;
  readonly threshold?: number;
  readonly where?: string;
  readonly decisions?: string;
  readonly set?: string;
  readonly learn?: boolean;
}

export interface TagParts extends TagModel {
  /** The embedded model; not started unless a lesson needs it. */
  readonly measurer: Classifier;
}

/** @returns The exit code. */
export async function tagCommand(
  paths: readonly string[],
  options: TagOptions,
  { own: read, classifier: plain, measurer, signal, onIndex }: TagParts,
): Promise<number> {
  const { input } = options;
  if (input !== undefined) checkLineOptions(input, paths, options);
  else if (paths.length === 0)
    throw new AppError('input-invalid', 'Name files or folders, or a file of JSON Lines with --input.');
  const own = read ?? readLabelSet(options.labels, options.threshold);
  // The model is under way by then: all that is left is to say whether it is the one that the labels ask for.
  if (!read) namedModel(own, options);
  const roots = input === undefined ? await rootsOf(paths) : [];
  const decisions =
    options.decisions === undefined ? null : await readDecided(options.decisions, options.set ?? own.name);
  if (options.learn && decisions === null)
    throw new AppError('input-invalid', 'There is nothing to learn from: name a file with --decisions, too.');
  const taught = (): Promise<Learned> =>
    options.learn && decisions
      ? learn(own, decisions, { classifier: plain, measurer, chunkTokens: chunkTokensOf(options), signal })
      : Promise.resolve({ set: own, classifier: plain });
  const where = (set: LabelSet) => new Where(options.where ?? '', set);
  if (input !== undefined) {
    const tagInto = async (store: TagStore | null) => {
      if (store) onIndex(store);
      const learned = await taught();
      return tagLinesCommand(options, { ...learned, input, store, where: where(learned.set), signal });
    };
    // Without an index nothing is kept: a stream may have no end.
    return options.index === undefined ? tagInto(null) : withIndex(options.index, tagInto);
  }
  return withIndex(options.index, async (store) => {
    onIndex(store);
    const { set, classifier } = await taught();
    return tagPaths(roots, options, { store, set, classifier, decisions, where: where(set), signal });
  });
}

interface PathsParts extends Learned {
  readonly store: TagStore;
  readonly decisions: DecidedDocuments | null;
  readonly where: Where;
  readonly signal: AbortSignal;
}

async function tagPaths(
  roots: readonly FindRoot[],
  options: TagOptions,
  { store, set, classifier, decisions, where, signal }: PathsParts,
): Promise<number> {
  const basis = await tagBasis(set, classifier, options, signal);
  const { task, model } = basis;
  const reports = new ReportReader({ ...basis, store, modelHash: model.hash, decisions });
  const output = createOutput(options.format ?? 'tree', { set, model, write: (text) => process.stdout.write(text) });
  const stats = await tagFiles(store, basis, roots, options, (documents) => {
    if (!output.streams) return;
    for (const report of documents.map((place) => reports.read(place)))
      if (where.document(report)) output.document(report);
  });
  const taken = (place: DocumentPlace) => isTaken(place, roots, options.shard);
  const documents = await printDocuments(store, task, taken, reports, output, where);
  await printEnd(store, task, taken, output, where, stats);
  for (const warning of where.warnings) process.stderr.write(`glitag: ${warning}\n`);
  // A shard may be empty.
  return documents > 0 || (options.shard && stats.skipped === 0) ? exitCodes.done : exitCodes.failed;
}

/**
 * In the order of their paths; those that a streaming format has printed already are left out by it. Returns how many documents
 * there are, printed or not.
 */
async function printDocuments(
  store: TagStore,
  task: TaskIdentity,
  taken: (place: DocumentPlace) => boolean,
  reports: ReportReader,
  output: Output,
  where: Where,
): Promise<number> {
  const places = await taggedPlaces(store, task, taken);
  for (const place of places) {
    const report = reports.read(place);
    if (!where.document(report)) continue;
    output.document(output.showsPassages ? await reports.readWithPassages(place) : report);
  }
  return places.length;
}

async function printEnd(
  store: TagStore,
  task: TaskIdentity,
  taken: (place: DocumentPlace) => boolean,
  output: Output,
  where: Where,
  stats: RunStats,
): Promise<void> {
  const skipped: SkippedReport[] = [];
  for await (const batch of store.skips(task)) {
    for (const skip of batch) {
      const { part } = skip;
      const path = placeName({ path: displayPath(skip), ...(part === undefined ? {} : { part }) });
      const report = { path, reason: skipSentence(skip) };
      if (taken(skip) && where.skipped(report)) skipped.push(report);
    }
  }
  const { classified, reused, relabelled } = stats;
  const counts: TagStats = { classified, reused, relabelled, skipped: stats.skipped };
  output.end(skipped, counts);
}
