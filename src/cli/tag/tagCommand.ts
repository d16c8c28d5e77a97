// `glitag tag`: tags files and folders with the same client, child and index as the extension.
import type { LabelSet } from '../../core/labelSet';
import { NodeFileTree } from '../../workspace/find/nodeFileTree';
import { skipSentence } from '../../workspace/find/skipReasons';
import { defaultExclude } from '../../workspace/find/globs';
import { modelChangeText } from '../../workspace/run/modelChange';
import { isKnownEncoding } from '../../workspace/read/encodings';
import { defaultFrontMatter } from '../../workspace/read/readableText';
import { WorkspaceRun } from '../../workspace/run/workspaceRun';
import { placeName } from '../../workspace/split/parts';
import { namedRule, splitRules } from '../../workspace/split/splitRule';
import { taskIdentity } from '../../workspace/store/taskIdentity';
import type { TagStore } from '../../workspace/store/tagStore';
import type { Classifier } from '../../shared/classifier';
import { AppError } from '../../shared/errors';
import type { FindRoot, ReadOptions, RunStats, TaskIdentity } from '../../workspace/types';
import { defaultChunkTokens } from '../commonOptions';
import { readDecided } from '../decide/decidedDocuments';
import { exitCodes } from '../exitCodes';
import { readLabelSet } from '../labelsFile';
import { namedModel } from '../namedModel';
import { ProgressLine } from '../progressLine';
import type { SkippedReport, TagStats } from './documentReport';
import { displayPath, isUnder, rootsOf } from './inputs';
import { learn } from './learn';
import { createOutput } from './output';
import type { Output } from './output';
import { ReportReader } from './reportReader';
import { withIndex } from './resultIndex';
import { Where } from './where';

export interface TagOptions {
  readonly labels?: string;
  readonly model?: string;
  readonly models?: string;
  readonly format: string;
  readonly threshold?: number;
  readonly include?: readonly string[];
  readonly exclude?: readonly string[];
  readonly ignore: boolean;
  readonly where?: string;
  readonly index?: string;
  readonly decisions?: string;
  readonly set?: string;
  readonly learn?: boolean;
  readonly frontMatter?: boolean;
  readonly split?: readonly string[];
  readonly encoding?: string;
  readonly chunkTokens?: number;
  readonly jobs?: number;
}

export interface TagParts {
  /** What was read of `options.labels`; null where nobody has yet. */
  readonly own: LabelSet | null;
  readonly classifier: Classifier;
  /** The embedded model; not started unless a lesson needs it. */
  readonly measurer: Classifier;
  readonly signal: AbortSignal;
  /** Called with the index before anything is asked of the classifier. */
  readonly onIndex: (store: TagStore) => void;
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
    const chunkTokens = options.chunkTokens ?? defaultChunkTokens;
    const { set, classifier } =
      options.learn && decisions
        ? await learn(own, decisions, { classifier: plain, measurer, chunkTokens, signal })
        : { set: own, classifier: plain };
    const model = await classifier.describe(signal);
    const task = taskIdentity(set, chunkTokens);
    const reading = await readOptions(options);
    const reports = new ReportReader({
      ...{ store, task, modelHash: model.hash, set, decisions, reading, classifier, signal },
    });
    const output = createOutput(options.format, { set, model, write: (text) => process.stdout.write(text) });
    const where = new Where(options.where ?? '', set);
    const progress = new ProgressLine('files', 0);
    const run = new WorkspaceRun(
      { tree: new NodeFileTree(), store, classifier },
      {
        set,
        chunkTokens,
        find: findOptions(roots, set, options),
        read: reading,
        signal,
        onProgress: ({ done, total }) => {
          progress.update(done, total);
        },
        onDocuments: (documents) => {
          if (!output.streams) return;
          for (const report of documents.map((place) => reports.read(place)))
            if (where.document(report)) output.document(report);
        },
      },
    );
    const stats = await run.start().finally(() => {
      progress.end();
    });
    const { modelChange } = run.progress;
    if (modelChange !== null) process.stderr.write(`glitag: ${modelChangeText(modelChange)}.\n`);
    if (run.progress.state === 'cancelled')
      throw new AppError('cancelled', 'Stopped. With --index the results so far are kept.');
    const documents = await printDocuments(store, task, roots, reports, output, where);
    await printEnd(store, task, roots, output, where, stats);
    for (const warning of where.warnings) process.stderr.write(`glitag: ${warning}\n`);
    return documents === 0 ? exitCodes.failed : exitCodes.done;
  });
}

async function readOptions({ frontMatter = false, split = [], encoding }: TagOptions): Promise<ReadOptions> {
  if (encoding !== undefined && !(await isKnownEncoding(encoding)))
    throw new AppError(
      'input-invalid',
      `The encoding “${encoding}” is not known. Name one such as utf8 or windows1252.`,
    );
  return {
    frontMatter: { ...defaultFrontMatter, read: frontMatter },
    splitOf: splitRules(split.map(namedRule)),
    ...(encoding === undefined ? {} : { encodingOf: () => encoding }),
  };
}

function findOptions(roots: readonly FindRoot[], set: LabelSet, options: TagOptions) {
  return {
    roots,
    include: options.include ?? set.include,
    exclude: [...defaultExclude, ...set.exclude, ...(options.exclude ?? [])],
    gitIgnore: options.ignore,
    parentIgnoreFiles: options.ignore,
  };
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
  const places = [];
  for await (const batch of store.documents(task, null)) {
    for (const { uri, root, path, part } of batch)
      if (isUnder(uri, roots)) places.push({ uri, root, path, ...(part === undefined ? {} : { part }) });
  }
  // The parts of a file in the order of their numbers.
  const byNumber = new Intl.Collator('en', { numeric: true });
  const sorted = places.map((place) => ({ place, shown: displayPath(place) }));
  sorted.sort((a, b) => {
    if (a.shown === b.shown) return byNumber.compare(a.place.uri, b.place.uri);
    return a.shown < b.shown ? -1 : 1;
  });
  for (const { place } of sorted) {
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
