// `glitag tag`: tags files and folders with the same client, child and index as the extension.
import type { LabelSet } from '../../core/labelSet';
import { skipSentence } from '../../workspace/find/skipReasons';
import { placeName } from '../../workspace/split/parts';
import type { TagStore } from '../../workspace/store/tagStore';
import type { Classifier } from '../../shared/classifier';
import { AppError } from '../../shared/errors';
import type { DocumentPlace, RunStats, TaskIdentity } from '../../workspace/types';
import { readGivenDecisions, type DecidedDocuments } from '../decide/decidedDocuments';
import { readLabelSet } from '../labelsFile';
import { namedModel } from '../namedModel';
import type { SkippedReport, TagStats } from './documentReport';
import { exitCodeOf } from './exitCodeOf';
import { Findings, type FindingOptions } from './findings';
import { askedFiles, displayPath, isTaken, type AskedFiles } from './inputs';
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

export interface TagOptions extends FilesOptions, TagModelOptions, FindingOptions {
  /** A file of JSON Lines, or `-`. */
  readonly input?: string;
  readonly labels?: string;
  /** Default: `tree`; lines have one alone. */
  readonly format?: string;
  readonly threshold?: number;
  readonly where?: string;
  /** Only files that changed since this revision of Git. */
  readonly changedSince?: string;
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
  const findings = new Findings(own, options);
  if (options.format === 'sarif' && findings.labels.size === 0) throw noFindings(own);
  const asked = await askedFiles(paths, options, signal);
  const decisions =
    options.decisions === undefined ? null : await readGivenDecisions(options.decisions, options.set ?? own.name);
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
      return tagLinesCommand(options, { ...learned, input, store, where: where(learned.set), findings, signal });
    };
    // Without an index nothing is kept: a stream may have no end.
    return options.index === undefined ? tagInto(null) : withIndex(options.index, tagInto);
  }
  return withIndex(options.index, async (store) => {
    onIndex(store);
    const { set, classifier } = await taught();
    return tagPaths(asked, options, { store, set, classifier, decisions, where: where(set), findings, signal });
  });
}

function noFindings({ name }: LabelSet): AppError {
  return new AppError(
    'input-invalid',
    `No label of “${name}” is a finding, so that --format sarif has nothing to report. Mark some with "finding": true, or name them with --fail-on.`,
  );
}

interface PathsParts extends Learned {
  readonly store: TagStore;
  readonly decisions: DecidedDocuments | null;
  readonly where: Where;
  readonly findings: Findings;
  readonly signal: AbortSignal;
}

async function tagPaths(
  asked: AskedFiles,
  options: TagOptions,
  { store, set, classifier, decisions, where, findings, signal }: PathsParts,
): Promise<number> {
  const basis = await tagBasis(set, classifier, options, signal);
  const { task, model } = basis;
  const reports = new ReportReader({ ...basis, store, modelHash: model.hash, decisions });
  const output = createOutput(options.format ?? 'tree', {
    ...{ set, findings, model },
    write: (text) => process.stdout.write(text),
  });
  const stats = await tagFiles(store, basis, asked, options, (documents) => {
    if (!output.streams) return;
    for (const report of documents.map((place) => reports.read(place)))
      if (where.document(report)) output.document(report);
  });
  const taken = (place: DocumentPlace) => isTaken(place, asked, options.shard);
  const places = await taggedPlaces(store, task, taken);
  await printDocuments(places, reports, output, where, findings);
  await printEnd(store, task, taken, output, where, stats);
  for (const warning of where.warnings) process.stderr.write(`glitag: ${warning}\n`);
  return exitCodeOf({ tagged: places.length, ...stats }, options, findings);
}

/** In the order of their paths; those that a streaming format has printed already are left out by it. */
async function printDocuments(
  places: readonly DocumentPlace[],
  reports: ReportReader,
  output: Output,
  where: Where,
  findings: Findings,
): Promise<void> {
  for (const place of places) {
    const report = reports.read(place);
    if (!where.document(report)) continue;
    findings.note(report.tags);
    output.document(output.passagesOf ? await reports.readWithPassages(place, output.passagesOf) : report);
  }
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
      const file = displayPath(skip);
      const path = placeName({ path: file, ...(part === undefined ? {} : { part }) });
      const isFailure = skip.reason === 'failed' || skip.reason === 'unreadable';
      const isLeftOut = skip.reason === 'excluded' || skip.reason === 'ignored';
      const report = { path, file, reason: skipSentence(skip), isFailure, isLeftOut };
      if (taken(skip) && where.skipped(report)) skipped.push(report);
    }
  }
  const { classified, reused, relabelled } = stats;
  const counts: TagStats = { classified, reused, relabelled, skipped: stats.skipped };
  output.end(skipped, counts);
}
