// `glitag tag`: tags files and folders with the same client, child and index as the extension.
import { skipSentence } from '../../workspace/find/skipReasons';
import { placeName } from '../../workspace/split/parts';
import type { TagStore } from '../../workspace/store/tagStore';
import type { Classifier } from '../../shared/classifier';
import { AppError } from '../../shared/errors';
import type { FindRoot, RunStats, TaskIdentity } from '../../workspace/types';
import { readDecided } from '../decide/decidedDocuments';
import { exitCodes } from '../exitCodes';
import { readLabelSet } from '../labelsFile';
import { namedModel } from '../namedModel';
import type { SkippedReport, TagStats } from './documentReport';
import { displayPath, isUnder, rootsOf } from './inputs';
import { learn } from './learn';
import { createOutput } from './output';
import type { Output } from './output';
import { ReportReader } from './reportReader';
import { withIndex } from './resultIndex';
import { chunkTokensOf, tagBasis, tagFiles, taggedPlaces, type FilesOptions } from './tagFiles';
import { Where } from './where';
import type { TagModel, TagModelOptions } from './withTagModel';

export interface TagOptions extends FilesOptions, TagModelOptions {
  readonly labels?: string;
  readonly format: string;
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
  const own = read ?? readLabelSet(options.labels, options.threshold);
  // The model is under way by then: all that is left is to say whether it is the one that the labels ask for.
  if (!read) namedModel(own, options);
  const roots = await rootsOf(paths);
  const decisions =
    options.decisions === undefined ? null : await readDecided(options.decisions, options.set ?? own.name);
  if (options.learn && decisions === null)
    throw new AppError('input-invalid', 'There is nothing to learn from: name a file with --decisions, too.');
  return withIndex(options.index, async (store) => {
    onIndex(store);
    const chunkTokens = chunkTokensOf(options);
    const { set, classifier } =
      options.learn && decisions
        ? await learn(own, decisions, { classifier: plain, measurer, chunkTokens, signal })
        : { set: own, classifier: plain };
    const basis = await tagBasis(set, classifier, options, signal);
    const { task, model } = basis;
    const reports = new ReportReader({ ...basis, store, modelHash: model.hash, decisions });
    const output = createOutput(options.format, { set, model, write: (text) => process.stdout.write(text) });
    const where = new Where(options.where ?? '', set);
    const stats = await tagFiles(store, basis, roots, options, (documents) => {
      if (!output.streams) return;
      for (const report of documents.map((place) => reports.read(place)))
        if (where.document(report)) output.document(report);
    });
    const documents = await printDocuments(store, task, roots, reports, output, where);
    await printEnd(store, task, roots, output, where, stats);
    for (const warning of where.warnings) process.stderr.write(`glitag: ${warning}\n`);
    return documents === 0 ? exitCodes.failed : exitCodes.done;
  });
}

/**
 * In the order of their paths; those that a streaming format has printed already are left out by it. Returns how many documents
 * there are, printed or not.
 */
async function printDocuments(
  store: TagStore,
  task: TaskIdentity,
  roots: readonly FindRoot[],
  reports: ReportReader,
  output: Output,
  where: Where,
): Promise<number> {
  const places = await taggedPlaces(store, task, roots);
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
  roots: readonly FindRoot[],
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
      if (isUnder(skip.uri, roots) && where.skipped(report)) skipped.push(report);
    }
  }
  const { classified, reused, relabelled } = stats;
  const counts: TagStats = { classified, reused, relabelled, skipped: stats.skipped };
  output.end(skipped, counts);
}
